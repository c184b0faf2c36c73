/** Where a place in a text is in code points (ours) and in UTF-16 units (the browser's). */

/** Text with both counts. The table holds astral characters only: most articles have none. */
export class OffsetMap {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {number[]} code point index of each astral character */
    this.astral = [];
    if (/[\uD800-\uDFFF]/.test(text)) {
      let place = 0;
      for (const char of text) {
        if (char.length === 2) this.astral.push(place);
        place += 1;
      }
    }
    this.length = text.length - this.astral.length;
  }

  /** @param {number} place code points @returns {number} UTF-16 units */
  toUtf16(place) {
    if (!Number.isInteger(place) || place < 0 || place > this.length) {
      throw new RangeError(`code point ${place} is outside a text of ${this.length} code points`);
    }
    return place + countBelow(this.astral, place);
  }

  /** @param {number} unit UTF-16 units @returns {number} code points */
  fromUtf16(unit) {
    if (!Number.isInteger(unit) || unit < 0 || unit > this.text.length) {
      throw new RangeError(`UTF-16 unit ${unit} is outside a text of ${this.text.length} units`);
    }
    // The k-th astral character starts at unit astral[k] + k.
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle] + middle < unit) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && this.astral[low - 1] + low === unit) {
      throw new RangeError(`UTF-16 unit ${unit} lies inside a character`);
    }
    return unit - low;
  }

  /** @param {number} start code points @param {number} end @returns {string} */
  slice(start, end) {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }
}

/** @param {number[]} sorted @param {number} limit @returns {number} how many lie below the limit */
function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
