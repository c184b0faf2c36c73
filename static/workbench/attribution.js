/** Relations of several parts: how a part joins, and which parts the text proposes around a cue. */
import {snap} from "./snap.js";

/** @import {TextModel} from "./text.js" */
/** @import {Layer, Part, Range} from "./types.js" */
/** @import {Role} from "./codebook.js" */

/**
 * Return the parts after one more was drawn.
 *
 * The same range again takes the part out; a range that overlaps a part of its role re-draws it;
 * a role that allows one part replaces it; otherwise the part is added (several sources,
 * discontinuous content).
 *
 * @param {readonly Part[]} parts @param {Part} part @param {Role} role @returns {Part[]}
 */
export function joinPart(parts, part, role) {
  const peers = parts.filter((other) => other.role === part.role);
  const twin = peers.find((other) => samePlace(other, part));
  if (twin) return parts.filter((other) => other !== twin);
  const single = role.maximum === 1;
  const redrawn = (/** @type {Part} */ other) => other.role === part.role && (single || overlaps(other, part));
  return inOrder([...parts.filter((other) => !redrawn(other)), part]);
}

/** @param {readonly Part[]} parts @returns {Part[]} by role as first drawn, then by place */
export function inOrder(parts) {
  const roles = Array.from(new Set(parts.map((part) => part.role)));
  return parts.slice().sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role)
    || a.article - b.article || a.start - b.start);
}

/**
 * Propose source and content around a cue: what the parse proposes for it, or a suggestion that has
 * this cue, otherwise the sentence alone (who stands before the cue; what follows it, up to the next
 * claim's source).
 *
 * @param {TextModel} model @param {Range} cue @param {readonly {parts: readonly Part[], decision?: any}[]} others
 *   annotations and suggestions of the same device
 * @param {number} article
 * @param {Layer["ghosts"]} [parsed]
 * @returns {Part[]}
 */
export function ghosts(model, cue, others, article, parsed) {
  const placed = (/** @type {(Range & {role: string})[]} */ parts) => parts.map(({role, start, end}) => ({
    role, start, end, quote: model.slice(start, end), article,
  }));
  const known = fromParse(cue, parsed ?? []);
  if (known.length) return placed(known);
  for (const other of others) {
    const hit = "decision" in other && other.parts.some((part) => part.role === "cue" && overlaps(part, {...cue, article}));
    if (hit) return other.parts.filter((part) => part.role !== "cue");
  }
  const starts = others.flatMap(({parts}) => parts.filter((part) => part.article === article && part.start >= cue.end).map((part) => part.start));
  return placed(fromSentence(model, cue, Math.min(model.length, ...starts)));
}

/** The parts of the cue that shares most with the mark, as far as they keep off it. @param {Range} cue @param {NonNullable<Layer["ghosts"]>} parsed @returns {(Range & {role: string})[]} */
function fromParse(cue, parsed) {
  const shared = (/** @type {{cue: [number, number]}} */ {cue: [start, end]}) => Math.min(end, cue.end) - Math.max(start, cue.start);
  const best = parsed.reduce((/** @type {typeof parsed[0] | null} */ found, one) => (shared(one) > (found ? shared(found) : 0) ? one : found), null);
  return (best?.parts ?? []).filter(([, start, end]) => end <= cue.start || cue.end <= start).map(([role, start, end]) => ({role, start, end}));
}

/** @param {TextModel} model @param {Range} cue @param {number} stop @returns {(Range & {role: string})[]} */
function fromSentence(model, cue, stop) {
  const whole = model.sentences[model.sentenceIndex(cue.start)];
  if (!whole) return [];
  const sentence = {start: whole.start, end: stop < whole.end ? beforeJoin(model, cue.end, stop) : whole.end};
  const found = [];
  const before = snap(model, {start: clauseStart(model, sentence, cue.start), end: cue.start});
  const after = snap(model, {start: contentStart(model, cue.end, sentence.end), end: sentence.end});
  const lead = sentence.start < cue.start ? model.slice(sentence.start, cue.start) : "";
  const quote = /^\s*[“"«„].+[”"»]/su.exec(lead);
  if (quote) {
    const content = {start: sentence.start + codePoints(quote[0].slice(0, quote[0].search(/\S/))), end: sentence.start + codePoints(quote[0])};
    found.push({role: "content", ...content});
    const source = before && before.start >= content.end ? before : after;
    if (source) found.push({role: "source", ...source});
    return found;
  }
  if (before) found.push({role: "source", ...before});
  // Where nothing follows the cue, what stands before its source was said.
  const follows = after && /[\p{L}\p{N}]/u.test(model.slice(after.start, after.end));
  const content = follows ? after : snap(model, {start: sentence.start, end: before?.start ?? cue.start});
  if (content) found.push({role: "content", ...content});
  return found;
}

/** @param {TextModel} model @param {Range} sentence @param {number} end */
function clauseStart(model, sentence, end) {
  const text = model.slice(sentence.start, end);
  const cut = Array.from(text.matchAll(/[,;:”"»]\s+(?:and|but|while)?\s*/gu)).pop();
  return cut ? sentence.start + codePoints(text.slice(0, cut.index + cut[0].length)) : sentence.start;
}

/** Leave out the "and" or "but" that joins the next clause. @param {TextModel} model @param {number} start @param {number} end */
function beforeJoin(model, start, end) {
  const join = /[\s,;]+(?:and|but|while|or)?\s*$/iu.exec(model.slice(start, end));
  return join ? end - codePoints(join[0]) : end;
}

/** @param {TextModel} model @param {number} start @param {number} end */
function contentStart(model, start, end) {
  if (start >= end) return end;
  const skipped = /^\s*(?:[,:]\s*)?(?:that\s+)?/u.exec(model.slice(start, end));
  return start + codePoints(skipped?.[0] ?? "");
}

/** @param {Range & {article: number}} a @param {Range & {article: number}} b */
function samePlace(a, b) {
  return a.article === b.article && a.start === b.start && a.end === b.end;
}

/** @param {string} text */
function codePoints(text) {
  return Array.from(text).length;
}

/** @param {Range & {article: number}} a @param {Range & {article: number}} b */
function overlaps(a, b) {
  return a.article === b.article && a.start < b.end && b.start < a.end;
}
