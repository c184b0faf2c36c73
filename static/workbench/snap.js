/** Turn what a hand selected into what is meant: whole tokens, no trailing punctuation. */

/** @import {TextModel} from "./text.js" */
/** @import {Range} from "./types.js" */

const TRAILING = /^[\p{P}\p{Z}\s]$/u;
const OPENING = /^[\p{Ps}\p{Pi}"'`]$/u;
const CLOSING = /^[\p{Pe}\p{Pf}"'`]$/u;

/**
 * Return the range to mark, or null when nothing but white space was selected.
 *
 * Trailing punctuation goes, a closing quote or bracket stays when its partner is inside.
 *
 * @param {TextModel} model
 * @param {Range} raw code points, either order
 * @param {{characters?: boolean}} [options] characters: keep to graphemes, not tokens
 * @returns {Range | null}
 */
export function snap(model, raw, {characters = false} = {}) {
  const trimmed = trim(model, clamp(model, raw));
  if (!trimmed) return null;
  if (characters) return withinGraphemes(model, trimmed);
  return withoutTrailing(model, toTokens(model, trimmed));
}

/** Return the range with one edge moved by a grapheme, over blanks; the same range where it cannot move. @param {TextModel} model @param {Range} range @param {"start" | "end"} edge @param {1 | -1} step @returns {Range} */
export function nudged(model, range, edge, step) {
  const moved = {...range};
  do {
    const {start, end} = model.graphemeAt(step > 0 ? moved[edge] : moved[edge] - 1);
    moved[edge] = step > 0 ? end : start;
    if (moved.start < 0 || moved.end > model.length || moved.start >= moved.end || start === end) return range;
  } while (!(edge === "start" ? model.slice(moved.start, moved.start + 1) : model.slice(moved.end - 1, moved.end)).trim());
  return moved;
}

/** @param {TextModel} model @param {Range} raw @returns {Range} */
function clamp(model, raw) {
  const start = Math.max(0, Math.min(raw.start, raw.end));
  return {start, end: Math.min(model.length, Math.max(raw.start, raw.end))};
}

/** @param {TextModel} model @param {Range} range @returns {Range | null} */
function trim(model, {start, end}) {
  const chars = Array.from(model.slice(start, end));
  let from = 0;
  let to = chars.length;
  while (from < to && !chars[from].trim()) from += 1;
  while (to > from && !chars[to - 1].trim()) to -= 1;
  return from < to ? {start: start + from, end: start + to} : null;
}

/** @param {TextModel} model @param {Range} range @returns {Range} */
function withinGraphemes(model, range) {
  return {start: model.graphemeAt(range.start).start, end: model.graphemeAt(range.end - 1).end};
}

/** @param {TextModel} model @param {Range} range @returns {Range} */
function toTokens(model, range) {
  const first = model.tokens[model.tokenIndex(range.start)];
  const last = model.tokens[model.tokenIndex(range.end - 1)];
  if (!first || !last) return withinGraphemes(model, range);
  return withinGraphemes(model, {
    start: first.start < range.end ? Math.min(range.start, first.start) : range.start,
    end: last.start < range.end ? Math.max(range.end, last.end) : range.end,
  });
}

/** @param {TextModel} model @param {Range} range @returns {Range} */
function withoutTrailing(model, {start, end}) {
  const chars = Array.from(model.slice(start, end));
  let to = chars.length;
  while (to > 1 && TRAILING.test(chars[to - 1]) && !closesInside(chars, to - 1)) to -= 1;
  // A selection of punctuation alone is kept as it is: somebody meant it.
  const kept = chars.slice(0, to).some((char) => !TRAILING.test(char)) ? to : chars.length;
  return {start, end: start + kept};
}

/** @param {string[]} chars @param {number} index whether a closing mark has its partner inside */
function closesInside(chars, index) {
  if (!CLOSING.test(chars[index])) return false;
  const depth = {open: 0};
  for (let i = 0; i < index; i += 1) if (OPENING.test(chars[i])) depth.open += 1;
  // Straight quotes open and close alike, so one before this one is the partner.
  return depth.open > 0;
}
