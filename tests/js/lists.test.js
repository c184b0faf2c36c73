import assert from "node:assert/strict";
import test from "node:test";
import {missingSentences} from "../../static/workbench/candidates.js";
import {missingIn, openItems, sentence} from "../../static/workbench/check.js";
import {Codebook} from "../../static/workbench/codebook.js";
import {apply, stateOf} from "../../static/workbench/state.js";
import {TextModel} from "../../static/workbench/text.js";
import {inReadingOrder, neighbour} from "../../static/workbench/triage.js";
import {uuid7Maker} from "../../static/workbench/uuid7.js";
import {TEXT, annotation, assignment, part, suggestion} from "./samples.js";
import {SCHEME} from "./scheme.js";

const codebook = new Codebook(SCHEME, "core");
const reject = (id) => ({id: `r${id}`, at: "t", kind: "reject", suggestion: id});

test("suggestions come in reading order and those on the whole article come last", () => {
  const suggestions = [suggestion(1, {parts: []}), suggestion(2, {parts: [part("flood")]}), suggestion(3, {parts: [part("storm")]})];
  const state = stateOf(assignment({suggestions}));
  assert.deepEqual(inReadingOrder(state, 5).map((s) => s.id), [3, 2, 1]);
});

test("after a decision the next open one follows and at the end it goes round", () => {
  let state = stateOf(assignment({suggestions: ["Agitators", "storm", "mere"].map((word, i) => suggestion(i + 1, {parts: [part(word)]}))}));
  assert.equal(neighbour(state, 5, 1).id, 2);
  assert.equal(neighbour(state, 5, 3).id, 1);
  assert.equal(neighbour(state, 5, null).id, 1);
  assert.equal(neighbour(state, 5, null, -1).id, 3);
  state = apply(state, reject(2));
  assert.equal(neighbour(state, 5, 1).id, 3);
  assert.equal(neighbour(state, 5, 3, -1).id, 1);
  state = apply(apply(state, reject(1)), reject(3));
  assert.equal(neighbour(state, 5, 3), null);
});

test("what is open: undecided suggestions, required answers and parts, devices not read", () => {
  const bare = annotation("a", {device: "attribution", label: "at.attribution", parts: [part("say", "cue")]});
  const state = stateOf(assignment({annotations: [bare], suggestions: [suggestion(1)], completion: {loaded_terms: "done", attribution: "open"}}));
  const items = openItems(codebook, state, 5);
  assert.deepEqual(items.map((item) => item.suggestion ?? item.role ?? item.attribute ?? item.device), [1, "content", "source_type", "attribution"]);
});

test("a suggestion that points at a gap is named by its first words", () => {
  const gap = {...part("storm"), role: "anchor", quote: ""};
  const state = stateOf(assignment({suggestions: [suggestion(1, {parts: [gap, part("Agitators")]})]}));
  assert.match(openItems(codebook, state, 5)[0].text, /“Agitators”/);
});

test("only what the project's preset requires is asked", () => {
  const term = annotation("a", {attributes: {voice: "author"}});
  assert.deepEqual(missingIn(codebook, term), []);
  assert.deepEqual(missingIn(new Codebook(SCHEME, "full"), term).map((item) => item.attribute), ["polarity"]);
});

test("sentences of a sibling that this article lacks come first", () => {
  const here = new TextModel(TEXT, null, "en");
  const sibling = new TextModel("Three people were shot at the gate on Tuesday. The district will close the only clinic in the valley.", null, "en");
  const [first] = missingSentences(here, sibling);
  assert.match(sibling.slice(first.start, first.end), /clinic/);
});

test("ids are valid, unique and grow even when the clock steps back", () => {
  let time = 1_700_000_000_000;
  const make = uuid7Maker(() => (time -= 3), (bytes) => bytes.fill(7));
  const ids = Array.from({length: 9000}, make);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.slice().sort(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a problem reads as one sentence whether its message goes on from the place or not", () => {
  assert.equal(sentence({place: "Omission", message: "is not marked as read.", remedy: "Press Shift+O."}), "Omission is not marked as read. Press Shift+O.");
  assert.equal(sentence({place: "parts[0]", message: "The quote differs.", remedy: ""}), "parts[0]: The quote differs.");
  assert.equal(sentence({message: "Too large."}), "Too large.");
});
