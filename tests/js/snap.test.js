import assert from "node:assert/strict";
import test from "node:test";
import {nudged, snap} from "../../static/workbench/snap.js";
import {TextModel} from "../../static/workbench/text.js";
import {randomFrom} from "./random.js";

/** Select the words between bars and return what is marked. */
function snapped(marked, options) {
  const [before, inside, after] = marked.split("|");
  const model = new TextModel(before + inside + after, null, "en");
  const start = Array.from(before).length;
  const range = snap(model, {start, end: start + Array.from(inside).length}, options);
  return range && model.slice(range.start, range.end);
}

const WORDS = [
  ["half a word becomes the word", "The re|gi|me fell", "regime"],
  ["white space at both ends goes", "The| regime |fell", "regime"],
  ["trailing punctuation goes", "the |regime.|", "regime"],
  ["several trailing marks go", "the |regime?!|", "regime"],
  ["a comma inside stays", "|one, two|, three", "one, two"],
  ["a closing quote stays with its partner", "restores |“order”|.", "“order”"],
  ["a closing quote without its partner goes", "restores “|order”|.", "order"],
  ["a straight quote stays with its partner", "restores |\"order\"|.", "\"order\""],
  ["a closing bracket stays with its partner", "|the firm (Halt)| said", "the firm (Halt)"],
  ["an emoji family is never cut", "a |👩‍👩‍👧| b", "👩‍👩‍👧"],
  ["a combining accent stays with its letter", "the |cafe\u0301| closed", "cafe\u0301"],
  ["the order of the ends does not matter", "The |regime| fell", "regime"],
  ["punctuation alone can be meant", "wait |…| what", "…"],
];

for (const [name, marked, expected] of WORDS) {
  test(name, () => assert.equal(snapped(marked), expected));
}

test("white space alone is no selection", () => assert.equal(snapped("a|  |b"), null));

test("character mode keeps half words but never half graphemes", () => {
  assert.equal(snapped("The re|gi|me fell", {characters: true}), "gi");
  assert.equal(snapped("caf|e|\u0301 closed", {characters: true}), "e\u0301");
  assert.equal(snapped("a |👩|\u200d👩\u200d👧 b", {characters: true}), "👩\u200d👩\u200d👧");
});

test("snapping twice changes nothing, and no end lies inside a grapheme", () => {
  const random = randomFrom(5);
  const pieces = ["Guards", " ", "fired", ", ", "“order”", "👩‍👩‍👧", " e\u0301t", "🇨🇭", "\n", ".", "שלום ", "(x)"];
  for (let round = 0; round < 200; round += 1) {
    const text = Array.from({length: 1 + random.below(15)}, () => random.pick(pieces)).join("");
    const model = new TextModel(text, null, "en");
    const raw = {start: random.below(model.length + 1), end: random.below(model.length + 1)};
    const range = snap(model, raw);
    if (!range) continue;
    assert.ok(range.start < range.end && range.end <= model.length);
    assert.deepEqual(snap(model, range), range, JSON.stringify([text, raw]));
    assert.equal(model.graphemeAt(range.start).start, range.start);
    assert.equal(model.graphemeAt(range.end - 1).end, range.end);
  }
});

const TEXT = "anti-wall cafe\u0301 👩‍👩‍👧 end";
// From "café": which edge, which way, how often, and the words then.
const NUDGES = [
  ["end", -1, 1, "caf"],
  ["end", 1, 1, "cafe\u0301 👩‍👩‍👧"],
  ["end", 1, 99, "cafe\u0301 👩‍👩‍👧 end"],
  ["start", 1, 3, "e\u0301"],
  ["start", 1, 99, "e\u0301"],
  ["start", -1, 1, "l cafe\u0301"],
  ["start", -1, 99, "anti-wall cafe\u0301"],
];

for (const [edge, step, times, words] of NUDGES) {
  test(`the ${edge} moves ${times} times by ${step} grapheme and leaves “${words}”`, () => {
    const model = new TextModel(TEXT, null, "en");
    let range = {start: 10, end: 15};
    for (let i = 0; i < times; i += 1) range = nudged(model, range, edge, step);
    assert.equal(model.slice(range.start, range.end), words);
  });
}
