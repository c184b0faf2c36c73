import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {OffsetMap} from "../../static/workbench/offsets.js";
import {randomFrom} from "./random.js";

const {places, spans, inside} = JSON.parse(readFileSync(new URL("../offsets.json", import.meta.url), "utf8"));

test("every place of the table that Python shares converts both ways", () => {
  assert.ok(places.length > 20);
  for (const {name, text, codepoint, utf16} of places) {
    const map = new OffsetMap(text);
    assert.equal(map.toUtf16(codepoint), utf16, name);
    assert.equal(map.fromUtf16(utf16), codepoint, name);
  }
});

test("a place inside a surrogate pair or outside the text is refused", () => {
  const map = new OffsetMap("a🙂b");
  assert.throws(() => map.fromUtf16(2), /inside a character/);
  assert.throws(() => map.fromUtf16(5), /outside a text/);
  assert.throws(() => map.toUtf16(4), /outside a text/);
  assert.throws(() => map.toUtf16(-1), /outside a text/);
});

test("conversion agrees with counting on random texts", () => {
  const random = randomFrom(1);
  const alphabet = ["a", " ", "\n", "é", "e\u0301", "🙂", "👩‍👩‍👧", "🇨🇭", "שלום", "漢", "\u{1F3FD}"];
  for (let round = 0; round < 200; round += 1) {
    const text = Array.from({length: random.below(30)}, () => random.pick(alphabet)).join("");
    const chars = Array.from(text);
    const map = new OffsetMap(text);
    assert.equal(map.length, chars.length);
    for (let place = 0; place <= chars.length; place += 1) {
      const units = chars.slice(0, place).join("").length;
      assert.equal(map.toUtf16(place), units);
      assert.equal(map.fromUtf16(units), place);
    }
  }
});

test("every span of the table cuts out its quote by either count", () => {
  for (const {name, text, codepoint, utf16, quote} of spans) {
    const map = new OffsetMap(text);
    assert.equal(map.slice(codepoint[0], codepoint[1]), quote, name);
    assert.equal(text.slice(utf16[0], utf16[1]), quote, name);
  }
});

test("every impossible UTF-16 place of the table is refused", () => {
  const units = inside.filter(({unit}) => unit === "utf16");
  assert.ok(units.length > 0);
  for (const {name, text, place} of units) {
    assert.throws(() => new OffsetMap(text).fromUtf16(place), RangeError, name);
  }
});
