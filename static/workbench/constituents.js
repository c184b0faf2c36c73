/** The phrases of the parse, for the key that grows what was chosen. */

/** @import {TextModel} from "./text.js" */
/** @import {Range} from "./types.js" */

/** Return the phrases that hold these tokens, null where the parse has none stored. @param {TextModel} model @param {number} first @param {number} last @returns {Range[] | null} */
export function phrasesAround({tokens, constituents}, first, last) {
  if (!constituents) return null;
  const found = [];
  // Pairs: tokens from start to start, and how many tokens the phrase has.
  for (let i = 0, start = constituents[0]; start <= first; start += constituents[i]) {
    const end = start + constituents[i + 1] - 1;
    if (end >= last) found.push({start: tokens[start].start, end: tokens[end].end});
    i += 2;
  }
  return found;
}
