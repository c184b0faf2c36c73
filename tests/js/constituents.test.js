import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {phrasesAround} from "../../static/workbench/constituents.js";
import {cursorAt, grow, rangeOf, shrink} from "../../static/workbench/cursor.js";
import {TextModel} from "../../static/workbench/text.js";
import {randomFrom} from "./random.js";

// A test in Python keeps the table what the parser gives.
const {articles} = JSON.parse(readFileSync(new URL("../constituents.json", import.meta.url), "utf8"));
const modelOf = ({text, ...layer}) => new TextModel(text, {entities: [], ...layer}, "en");
const words = (model, cursor) => { const {start, end} = rangeOf(model, cursor); return model.slice(start, end); };
const at = (model, word) => cursorAt(model.tokens.findIndex(({start, end}) => model.slice(start, end) === word));

for (const article of articles) {
  for (const {from, to} of article.grow) {
    test(`“${from}” grows to ${to.join(" | ")}, and shrinks back`, () => {
      const model = modelOf(article);
      let cursor = at(model, from);
      const seen = to.map(() => { cursor = grow(model, cursor); return words(model, cursor); });
      assert.deepEqual(seen, to);
      for (const before of [...to.slice(0, -1).reverse(), from]) {
        cursor = shrink(cursor);
        assert.equal(words(model, cursor), before);
      }
    });
  }
}

test("growing ends with the sentence and the paragraph", () => {
  const model = modelOf(articles[3]);
  let cursor = at(model, "asked");
  for (let i = 0; i < 9; i += 1) cursor = grow(model, cursor);
  assert.equal(words(model, cursor), articles[3].text);
  assert.equal(cursor.grown.length, new Set(cursor.grown.map(({start, end}) => `${start}-${end}`)).size);
});

test("what a key chooses holds what was chosen before, whatever that was", () => {
  const random = randomFrom(4);
  for (const article of articles) {
    const model = modelOf(article);
    for (let i = 0; i < 100; i += 1) {
      const cursor = {anchor: random.below(model.tokens.length), focus: random.below(model.tokens.length), grown: []};
      const [before, after] = [rangeOf(model, cursor), rangeOf(model, grow(model, cursor))];
      assert.ok(before === null || (after.start <= before.start && after.end >= before.end));
    }
  }
});

test("a layer without phrases has none to offer, and one with an empty list neither", () => {
  const {constituents, ...old} = articles[0];
  assert.equal(phrasesAround(modelOf(old), 0, 0), null);
  assert.deepEqual(phrasesAround(modelOf({...old, constituents: []}), 0, 0), []);
  assert.equal(words(modelOf(old), grow(modelOf(old), at(modelOf(old), "reckless"))), "reckless scheme");
});
