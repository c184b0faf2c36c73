import assert from "node:assert/strict";
import test from "node:test";
import {TextModel} from "../../static/workbench/text.js";

test("blocks are the lines that hold more than white space", () => {
  const model = new TextModel("Title\n\n  \nFirst line.\nSecond 🙂 line.", null, "en");
  assert.deepEqual(model.blocks.map(({start, end}) => model.slice(start, end)), ["Title", "First line.", "Second 🙂 line."]);
});

test("a carriage return is text like any other and moves no offset", () => {
  const model = new TextModel("One.\r\nTwo.", null, "en");
  assert.equal(model.slice(6, 10), "Two.");
  assert.equal(model.blocks.length, 2);
});

test("a giant line is cut at sentences and nothing is lost", () => {
  const text = Array.from({length: 60}, (_, i) => `Sentence number ${i} has a few words in it.`).join(" ");
  const model = new TextModel(text, null, "en");
  assert.ok(model.blocks.length > 2);
  assert.equal(model.blocks[0].start, 0);
  for (let i = 1; i < model.blocks.length; i += 1) {
    assert.equal(model.blocks[i].start, model.blocks[i - 1].end);
    assert.equal(model.blocks[i].first, false);
  }
  assert.equal(model.blocks.at(-1).end, model.length);
});

test("tokens of the stored parse are used as they are", () => {
  const layer = {model: "m", tokens: [[0, 3], [3, 6]], sentences: [[0, 6]], entities: []};
  const model = new TextModel("cannot", layer, "en");
  assert.deepEqual(model.tokens, [{start: 0, end: 3}, {start: 3, end: 6}]);
});

test("other occurrences are whole words in any case", () => {
  const model = new TextModel("The mob came. A Mob of mobs saw the mob.", null, "en");
  const found = model.otherOccurrences({start: 4, end: 7});
  assert.deepEqual(found.map(({start, end}) => model.slice(start, end)), ["Mob", "mob"]);
});

test("short words inside of others keep no other occurrence away", () => {
  const model = new TextModel(`In ${"within ".repeat(1200)}and in the end.`, null, "en");
  assert.equal(model.occurrences("in", 1000).length, 1000);
  assert.equal(model.otherOccurrences({start: 0, end: 2}).length, 1);
});

test("an empty text has no blocks and no tokens", () => {
  const model = new TextModel("", null, "en");
  assert.equal(model.blocks.length + model.tokens.length, 0);
});
