/** The keyboard's place in the text: a token cursor inside a sentence cursor. */
import {phrasesAround} from "./constituents.js";
import {snap} from "./snap.js";

/** @import {TextModel} from "./text.js" */
/** @import {Range} from "./types.js" */

/**
 * @typedef {{focus: number, anchor: number, grown: readonly Range[]}} Cursor
 *   Token indices; `grown` is the stack that shrink takes from.
 */

const WORD = /[\p{L}\p{N}\p{S}]/u;
const LEFTWARD = /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
const CLAUSE = /^[,;:()\[\]\u2013\u2014]$/u;
const QUOTES = /^["'“”‘’«»„]$/u;
// Closed-class words end a phrase where there is no parse; the list decides no label.
const FUNCTION = new Set(("a an the this that these those my your his her its our their and or but nor so yet as if than"
  + " of in on at by for with from to into onto over under about after before between during through against"
  + " is are was were be been being am has have had do does did will would shall should can could may might must"
  + " not no he she it they we you i who which what whom whose there here when where while because").split(" "));

/** @param {number} token @returns {Cursor} */
export function cursorAt(token) {
  return {focus: token, anchor: token, grown: []};
}

/** Return what the cursor covers, without trailing punctuation. @param {TextModel} model @param {Cursor} cursor @returns {Range | null} */
export function rangeOf(model, cursor) {
  if (cursor.grown.length) return cursor.grown[cursor.grown.length - 1];
  const first = model.tokens[Math.min(cursor.focus, cursor.anchor)];
  const last = model.tokens[Math.max(cursor.focus, cursor.anchor)];
  return first && last ? snap(model, {start: first.start, end: last.end}) : null;
}

/** @param {TextModel} model @param {Cursor} cursor @param {1 | -1} step @param {boolean} extend @returns {Cursor} */
export function moveToken(model, cursor, step, extend) {
  let next = cursor.focus + step;
  while (model.tokens[next] && !isWord(model, next)) next += step;
  if (!model.tokens[next]) return cursor;
  return {focus: next, anchor: extend ? cursor.anchor : next, grown: []};
}

/** @param {TextModel} model @param {Cursor} cursor @param {1 | -1} step @param {boolean} extend @returns {Cursor} */
export function moveSentence(model, cursor, step, extend) {
  const token = model.tokens[cursor.focus];
  if (!token) return cursor;
  const here = model.sentenceIndex(token.start);
  const inside = step < 0 && firstWord(model, here) < cursor.focus;
  const sentence = model.sentences[inside ? here : here + step];
  if (!sentence) return cursor;
  const target = firstWord(model, model.sentences.indexOf(sentence));
  if (!extend) return cursorAt(target);
  return {focus: step > 0 ? lastWord(model, here + step, here, cursor) : target, anchor: cursor.anchor, grown: []};
}

/** Grow to the next larger unit: quoted word, name, phrase, sentence, paragraph. @param {TextModel} model @param {Cursor} cursor @returns {Cursor} */
export function grow(model, cursor) {
  const now = rangeOf(model, cursor);
  if (!now) return cursor;
  const larger = unitsAround(model, now).find((unit) => unit.start <= now.start && unit.end >= now.end
    && unit.end - unit.start > now.end - now.start);
  return larger ? {...cursor, grown: [...cursor.grown, larger]} : cursor;
}

/** @param {Cursor} cursor @returns {Cursor} */
export function shrink(cursor) {
  return {...cursor, grown: cursor.grown.slice(0, -1)};
}

/** Say whether the paragraph of a token runs from right to left: its first letter decides. @param {TextModel} model @param {number} token */
export function runsLeft(model, token) {
  const block = model.blocks[model.blockIndex(model.tokens[token]?.start ?? 0)];
  return block !== undefined && LEFTWARD.test(model.slice(block.start, block.end));
}

/** @param {TextModel} model @param {number} index */
export function isWord(model, index) {
  const token = model.tokens[index];
  return Boolean(token) && WORD.test(model.slice(token.start, token.end));
}

/** @param {TextModel} model @param {number} sentence @returns {number} */
function firstWord(model, sentence) {
  let index = model.tokenIndex(model.sentences[sentence].start);
  while (index + 1 < model.tokens.length && !isWord(model, index)) index += 1;
  return index;
}

/** Extend to the end of this sentence first, then of the next. @param {TextModel} model @param {number} next @param {number} here @param {Cursor} cursor */
function lastWord(model, next, here, cursor) {
  const end = (/** @type {number} */ index) => model.tokenIndex(model.sentences[index].end - 1);
  return cursor.focus < end(here) ? end(here) : end(next);
}

/** @param {TextModel} model @param {Range} range @returns {Range[]} smallest first */
function unitsAround(model, range) {
  const first = model.tokenIndex(range.start);
  const last = model.tokenIndex(range.end - 1);
  const sentence = model.sentences[model.sentenceIndex(range.start)];
  const block = model.blocks[model.blockIndex(range.start)];
  const units = [quoted(model, first, last), ...entitiesAround(model, range), ...phrasesAround(model, first, last) ?? [
    run(model, first, last, (text) => WORD.test(text) && !FUNCTION.has(text.toLowerCase())),
    run(model, first, last, (text) => !CLAUSE.test(text) && !/^[.!?]$/.test(text))]];
  if (sentence) units.push({start: sentence.start, end: sentence.end});
  if (block) units.push({start: block.start, end: block.end});
  return units.filter((unit) => unit !== null).sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** @param {TextModel} model @param {Range} range @returns {Range[]} */
function entitiesAround(model, {start, end}) {
  return model.entities.filter((e) => e[0] <= start && e[1] >= end).map((e) => ({start: e[0], end: e[1]}));
}

/** @param {TextModel} model @param {number} first @param {number} last @returns {Range | null} */
function quoted(model, first, last) {
  const before = model.tokens[first - 1];
  const after = model.tokens[last + 1];
  if (!before || !after) return null;
  const marks = [before, after].every((token) => QUOTES.test(model.slice(token.start, token.end)));
  return marks ? {start: before.start, end: after.end} : null;
}

/** Widen over tokens that pass, inside one sentence. @param {TextModel} model @param {number} first @param {number} last @param {(text: string) => boolean} passes @returns {Range | null} */
function run(model, first, last, passes) {
  const sentence = model.sentences[model.sentenceIndex(model.tokens[first].start)];
  const inside = (/** @type {number} */ index) => {
    const token = model.tokens[index];
    return token && token.start >= sentence.start && token.end <= sentence.end
      && passes(model.slice(token.start, token.end));
  };
  let from = first;
  let to = last;
  while (inside(from - 1)) from -= 1;
  while (inside(to + 1)) to += 1;
  return snap(model, {start: model.tokens[from].start, end: model.tokens[to].end});
}
