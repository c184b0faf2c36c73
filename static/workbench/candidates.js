/** Which sentences of a sibling article this one seems to lack: recognising beats recalling. */

/** @import {TextModel} from "./text.js" */
/** @import {Range} from "./types.js" */

const SHORTEST = 5;

/**
 * Rank a sibling's sentences by the share of their long words that this article does not have.
 *
 * Words are compared by their first five letters, so that "guard" meets "guards". It is a reading
 * aid: nothing is stored from it.
 *
 * @param {TextModel} here @param {TextModel} sibling @returns {(Range & {score: number})[]} best first
 */
export function missingSentences(here, sibling) {
  const known = new Set(stems(here.map.text));
  const ranked = [];
  for (const {start, end} of sibling.sentences) {
    const words = stems(sibling.slice(start, end));
    if (words.length < 3) continue;
    const lacking = words.filter((word) => !known.has(word)).length;
    ranked.push({start, end, score: lacking / words.length});
  }
  return ranked.sort((a, b) => b.score - a.score || a.start - b.start);
}

/** @param {string} text @returns {string[]} */
function stems(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length >= SHORTEST || /\d/.test(word)).map((word) => word.slice(0, SHORTEST));
}
