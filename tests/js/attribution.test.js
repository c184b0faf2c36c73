import assert from "node:assert/strict";
import test from "node:test";
import {ghosts, joinPart} from "../../static/workbench/attribution.js";
import {TextModel} from "../../static/workbench/text.js";
import {TEXT, part, suggestion} from "./samples.js";
import {SCHEME} from "./scheme.js";

const [source, cue, content] = SCHEME.devices[1].roles;
const model = new TextModel(TEXT, null, "en");

test("parts of several roles join one group", () => {
  let parts = joinPart([], part("Critics", "source"), source);
  parts = joinPart(parts, part("say", "cue"), cue);
  parts = joinPart(parts, part("the firm ignored a mere dozen warnings", "content"), content);
  assert.deepEqual(parts.map((p) => p.role), ["source", "cue", "content"]);
});

test("a second source is added, a second cue replaces the first", () => {
  const two = joinPart([part("Critics", "source")], part("manager Ilse Tor", "source"), source);
  assert.equal(two.length, 2);
  const one = joinPart([part("say", "cue")], part("insisted", "cue"), cue);
  assert.deepEqual(one.map((p) => p.quote), ["insisted"]);
});

test("a range that overlaps a part of its role re-draws it, the same range takes it out", () => {
  const redrawn = joinPart([part("Ilse Tor", "source")], part("manager Ilse Tor", "source"), source);
  assert.deepEqual(redrawn.map((p) => p.quote), ["manager Ilse Tor"]);
  assert.deepEqual(joinPart(redrawn, part("manager Ilse Tor", "source"), source), []);
});

test("from a cue the sentence proposes who stands before it and what follows", () => {
  const found = ghosts(model, part("insisted", "cue"), [], 5);
  assert.deepEqual(found.map((p) => [p.role, p.quote]), [["source", "manager Ilse Tor"], ["content", "the site was safe"]]);
});

test("a quotation before the cue is the content", () => {
  const text = "“We had engineers there,” Tor said.";
  const found = ghosts(new TextModel(text, null, "en"), {start: text.indexOf("said"), end: text.indexOf("said") + 4}, [], 5);
  assert.deepEqual(found.map((p) => [p.role, p.quote]), [["content", "“We had engineers there,”"], ["source", "Tor"]]);
});

test("where nothing follows the cue, what stands before its source was said", () => {
  const text = "It would stand for a century, they added.";
  const found = ghosts(new TextModel(text, null, "en"), {start: text.indexOf("added"), end: text.indexOf("added") + 5}, [], 5);
  assert.deepEqual(found.map((p) => [p.role, p.quote]), [["source", "they"], ["content", "It would stand for a century"]]);
});

test("a suggestion that has this cue proposes its own parts", () => {
  const parts = [part("Critics", "source"), part("say", "cue"), part("the firm ignored", "content")];
  const found = ghosts(model, part("say", "cue"), [suggestion(7, {device: "attribution", parts})], 5);
  assert.deepEqual(found, [parts[0], parts[2]]);
});

test("the quote of every ghost stands in the text where it says", () => {
  for (const {start, end} of model.tokens) {
    for (const ghost of ghosts(model, {start, end}, [], 5)) {
      assert.equal(model.slice(ghost.start, ghost.end), ghost.quote);
      assert.ok(ghost.end <= start || ghost.start >= end);
    }
  }
});

test("the content ends where the next attribution begins", () => {
  const next = {parts: [part("manager Ilse Tor", "source"), part("insisted", "cue")]};
  const found = ghosts(model, part("say", "cue"), [next], 5);
  assert.deepEqual(found.map((p) => p.quote), ["Critics", "the firm ignored a mere dozen warnings"]);
});

test("what the parse proposes for the cue wins, as far as it keeps off the mark", () => {
  const at = (/** @type {string} */ quote) => { const {start, end} = part(quote, "cue"); return /** @type {[number, number]} */ ([start, end]); };
  const parsed = [
    {cue: at("say"), parts: [["source", ...at("Critics")], ["content", ...at("the firm")]]},
    {cue: at("insisted"), parts: [["source", ...at("Tor insisted")], ["content", ...at("the site")]]},
  ];
  const first = ghosts(model, part("say", "cue"), [suggestion(7, {device: "attribution", parts: [part("say", "cue"), part("ignored", "content")]})], 5, parsed);
  assert.deepEqual(first.map((p) => [p.role, p.quote, p.article]), [["source", "Critics", 5], ["content", "the firm", 5]]);
  assert.deepEqual(ghosts(model, part("insisted", "cue"), [], 5, parsed).map((p) => p.quote), ["the site"]);
});

test("without a parsed cue under the mark the sentence proposes", () => {
  const found = ghosts(model, part("insisted", "cue"), [], 5, []);
  assert.deepEqual(found, ghosts(model, part("insisted", "cue"), [], 5, null));
  assert.deepEqual(found.map((p) => p.quote), ["manager Ilse Tor", "the site was safe"]);
});
