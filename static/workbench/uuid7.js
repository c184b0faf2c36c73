/** Ids that the page makes itself: UUID version 7 (RFC 9562, section 5.7). */

/**
 * Return a maker of ids that grow even when the clock stands still or steps back.
 *
 * @param {() => number} now milliseconds since 1970
 * @param {(bytes: Uint8Array) => void} fill puts random bytes into the array
 * @returns {() => string}
 */
export function uuid7Maker(now, fill) {
  let last = 0;
  let sequence = 0;
  return () => {
    const time = Math.floor(now());
    if (time > last) {
      last = time;
      sequence = 0;
    } else if (++sequence > 0xfff) {
      last += 1;
      sequence = 0;
    }
    const bytes = new Uint8Array(16);
    fill(bytes);
    for (let i = 0, rest = last; i < 6; i += 1) {
      bytes[5 - i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    bytes[6] = 0x70 | (sequence >> 8);
    bytes[7] = sequence & 0xff;
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
}
