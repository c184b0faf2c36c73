/** In which order suggestions are decided: by place in the text, omissions last. */

/** @import {State, Suggestion} from "./types.js" */

/** Orders that were asked for already; the views ask many times for one change. @type {WeakMap<object, Suggestion[]>} */
const SORTED = new WeakMap();

/** @param {State} state @param {number} article the same for one page @returns {readonly Suggestion[]} */
export function inReadingOrder({suggestions}, article) {
  const known = SORTED.get(suggestions);
  if (known) return known;
  const places = new Map(Array.from(suggestions.values(), (suggestion) => [suggestion, place(suggestion, article)]));
  const at = (/** @type {Suggestion} */ suggestion) => places.get(suggestion) ?? 0;
  const sorted = Array.from(suggestions.values()).sort((a, b) => at(a) - at(b) || a.id - b.id);
  SORTED.set(suggestions, sorted);
  return sorted;
}

/** @param {State} state @param {number} article @returns {Suggestion[]} */
export function undecided(state, article) {
  return inReadingOrder(state, article).filter((suggestion) => !suggestion.decision);
}

/**
 * Return the next undecided suggestion after (or before) one, going round at the end.
 * @param {State} state @param {number} article @param {number | null} id @param {1 | -1} [step] @returns {Suggestion | null}
 */
export function neighbour(state, article, id, step = 1) {
  const order = inReadingOrder(state, article);
  const at = order.findIndex((suggestion) => suggestion.id === id);
  for (let i = 1; i <= order.length; i += 1) {
    const from = at < 0 && step < 0 ? order.length : at;
    const candidate = order[(from + step * i + order.length * 2) % order.length];
    if (candidate && !candidate.decision && candidate.id !== id) return candidate;
  }
  return null;
}

/** @param {Suggestion} suggestion @param {number} article */
function place(suggestion, article) {
  const here = suggestion.parts.filter((part) => part.article === article).map((part) => part.start);
  return here.length ? Math.min(...here) : Number.MAX_SAFE_INTEGER;
}
