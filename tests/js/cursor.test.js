import assert from "node:assert/strict";
import test from "node:test";
import {cursorAt, grow, moveSentence, moveToken, rangeOf, runsLeft, shrink} from "../../static/workbench/cursor.js";
import {TextModel} from "../../static/workbench/text.js";
import {randomFrom} from "./random.js";

const TEXT = "The firm’s land grab, critics said, was “theft” of old fields. Nobody paid.";
const model = new TextModel(TEXT, null, "en");
const at = (word) => cursorAt(model.tokenIndex(TEXT.indexOf(word)));
const words = (cursor) => { const range = rangeOf(model, cursor); return range && model.slice(range.start, range.end); };

test("right and left go from word to word over punctuation", () => {
  assert.equal(words(moveToken(model, at("grab"), 1, false)), "critics");
  assert.equal(words(moveToken(model, at("critics"), -1, false)), "grab");
});

test("a paragraph runs the way of its first letter", () => {
  const mixed = new TextModel("12 جسر the wall\n\n“The” جسر\n\nשלום\n\n400 🌊", null, "ar");
  const runs = mixed.blocks.map((block) => runsLeft(mixed, mixed.tokenIndex(block.start)));
  assert.deepEqual(runs, [true, false, true, false]);
});

test("the cursor stays at the ends of the text", () => {
  assert.deepEqual(moveToken(model, at("The"), -1, false), at("The"));
  assert.deepEqual(moveToken(model, at("paid"), 1, false), at("paid"));
});

test("shift extends and leaves trailing punctuation out", () => {
  assert.equal(words(moveToken(model, at("land"), 1, true)), "land grab");
  const two = moveToken(model, moveToken(model, at("old"), 1, true), 1, true);
  assert.equal(words(two), "old fields. Nobody");
});

test("down goes to the next sentence, up to the start of this one and then to the one before", () => {
  assert.equal(words(moveSentence(model, at("critics"), 1, false)), "Nobody");
  assert.equal(words(moveSentence(model, at("paid"), -1, false)), "Nobody");
  assert.equal(words(moveSentence(model, at("Nobody"), -1, false)), "The");
});

test("one grow takes a word to its phrase, then to the clause and the sentence, shrink goes back", () => {
  const phrase = grow(model, at("grab"));
  assert.equal(words(phrase), "firm’s land grab");
  const clause = grow(model, phrase);
  assert.equal(words(clause), "The firm’s land grab");
  assert.match(words(grow(model, clause)), /^The firm.*fields/);
  assert.equal(words(shrink(grow(model, phrase))), words(phrase));
});

test("a word between quotation marks grows to the quotation", () => {
  assert.equal(words(grow(model, at("theft"))), "“theft”");
});

test("wherever the cursor wanders, its range is inside the text and not empty", () => {
  const random = randomFrom(11);
  let cursor = cursorAt(0);
  const moves = [
    (c) => moveToken(model, c, random.pick([1, -1]), random.next() < 0.5),
    (c) => moveSentence(model, c, random.pick([1, -1]), random.next() < 0.5),
    (c) => grow(model, c), (c) => shrink(c),
  ];
  for (let i = 0; i < 500; i += 1) {
    cursor = random.pick(moves)(cursor);
    const range = rangeOf(model, cursor);
    assert.ok(range && range.start >= 0 && range.start < range.end && range.end <= model.length);
  }
});
