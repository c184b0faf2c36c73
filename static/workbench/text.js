/** An article as the workbench reads it: blocks, sentences, tokens, graphemes, in code points. */
import {OffsetMap} from "./offsets.js";

/** @import {Layer, Range} from "./types.js" */

const GIANT = 150;

/** A text with its tokens and sentences; the browser segments it while no parse is stored. */
export class TextModel {
  /**
   * @param {string} text
   * @param {Layer | null} layer
   * @param {string} language a BCP 47 tag
   */
  constructor(text, layer, language) {
    this.map = new OffsetMap(text);
    this.language = language || "en";
    /** @type {Range[]} */
    this.tokens = layer ? layer.tokens.map(asRange) : segment(this.map, this.language, "word");
    /** @type {Range[]} */
    this.sentences = layer ? layer.sentences.map(asRange) : segment(this.map, this.language, "sentence");
    this.entities = layer ? layer.entities : [];
    this.constituents = layer?.constituents;
    this.blocks = blocksOf(this.map, this.tokens, this.sentences);
    /** @type {string | undefined} */
    this.lower = undefined;
    this.graphemes = new Intl.Segmenter(this.language, {granularity: "grapheme"});
  }

  get length() {
    return this.map.length;
  }

  /** @param {number} start @param {number} end */
  slice(start, end) {
    return this.map.slice(start, end);
  }

  /** @param {number} place @returns {number} index of the token at or after the place, or the last */
  tokenIndex(place) {
    return Math.min(firstEndingAfter(this.tokens, place), this.tokens.length - 1);
  }

  /** @param {number} place @returns {number} */
  sentenceIndex(place) {
    return Math.min(firstEndingAfter(this.sentences, place), this.sentences.length - 1);
  }

  /** @param {number} place @returns {number} */
  blockIndex(place) {
    return Math.max(0, Math.min(firstEndingAfter(this.blocks, place), this.blocks.length - 1));
  }

  /** Return the grapheme cluster that holds the place. @param {number} place @returns {Range} */
  graphemeAt(place) {
    const block = this.blocks[this.blockIndex(place)];
    if (!block || place >= block.end || place < block.start) {
      return {start: place, end: Math.min(place + 1, this.length)};
    }
    const base = this.map.toUtf16(block.start);
    const units = this.map.toUtf16(place) - base;
    const hit = this.graphemes.segment(this.slice(block.start, block.end)).containing(units);
    if (!hit) return {start: place, end: place};
    return {
      start: this.map.fromUtf16(base + hit.index),
      end: this.map.fromUtf16(base + hit.index + hit.segment.length),
    };
  }

  /** Return where these words stand, in any case. @param {string} words @param {number} [most] @returns {Range[]} */
  occurrences(words, most = Infinity) {
    const needle = words.toLowerCase();
    if (this.lower === undefined) {
      const {text} = this.map;
      // Lower case changes the length of a few letters; then only exact case is found.
      this.lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
    }
    const found = [];
    for (let i = needle ? this.lower.indexOf(needle) : -1; i >= 0 && found.length < most; i = this.lower.indexOf(needle, i + needle.length)) {
      found.push({start: this.map.fromUtf16(i), end: this.map.fromUtf16(i + needle.length)});
    }
    return found;
  }

  /** Return where else exactly these words stand, as whole tokens. @param {Range} range @returns {Range[]} */
  otherOccurrences(range) {
    return this.occurrences(this.slice(range.start, range.end)).filter(({start, end}) => start !== range.start
      && this.tokens[this.tokenIndex(start)]?.start === start && this.tokens[this.tokenIndex(end - 1)]?.end === end);
  }
}

/** @param {[number, number] | readonly number[]} pair @returns {Range} */
function asRange(pair) {
  return {start: pair[0], end: pair[1]};
}

/** @param {Range[]} ranges sorted @param {number} place @returns {number} */
function firstEndingAfter(ranges, place) {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {OffsetMap} map @param {string} language @param {"word" | "sentence"} granularity */
function segment(map, language, granularity) {
  const found = [];
  for (const line of linesOf(map)) {
    const base = map.toUtf16(line.start);
    const segments = new Intl.Segmenter(language, {granularity}).segment(map.slice(line.start, line.end));
    for (const {segment: piece, index} of segments) {
      const trimmed = piece.trim();
      if (!trimmed) continue;
      const start = base + index + piece.indexOf(trimmed);
      found.push({start: map.fromUtf16(start), end: map.fromUtf16(start + trimmed.length)});
    }
  }
  return found;
}

/** @param {OffsetMap} map @returns {Range[]} the lines that hold more than white space */
function linesOf(map) {
  const lines = [];
  for (const {0: line, index} of map.text.matchAll(/[^\n]+/g)) {
    if (line.trim()) lines.push({start: map.fromUtf16(index), end: map.fromUtf16(index + line.length)});
  }
  return lines;
}

/**
 * Cut the text into what is rendered as one paragraph: a line, and a giant line at sentences.
 * @param {OffsetMap} map @param {Range[]} tokens @param {Range[]} sentences @returns {(Range & {first: boolean})[]}
 */
function blocksOf(map, tokens, sentences) {
  const blocks = [];
  for (const line of linesOf(map)) {
    let start = line.start;
    if (firstEndingAfter(tokens, line.end) - firstEndingAfter(tokens, line.start) > GIANT) {
      for (let i = firstEndingAfter(sentences, line.start); i < sentences.length; i += 1) {
        const next = sentences[i].start;
        if (next >= line.end) break;
        const size = firstEndingAfter(tokens, next) - firstEndingAfter(tokens, start);
        if (size < GIANT || next <= start) continue;
        blocks.push({start, end: next, first: start === line.start});
        start = next;
      }
    }
    blocks.push({start, end: line.end, first: start === line.start});
  }
  return blocks;
}
