import assert from "node:assert/strict";
import test from "node:test";
import {Codebook} from "../../static/workbench/codebook.js";
import {Keymap, keyLabel, keyName} from "../../static/workbench/keymap.js";
import {SCHEME} from "./scheme.js";

const event = (key, code, held = {}) => ({key, code, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held});
const codebook = new Codebook(SCHEME, "core");

const NAMES = [
  [event("a", "KeyA"), "a"],
  [event("A", "KeyA"), "a", "caps lock is not shift"],
  [event("L", "KeyL", {shiftKey: true}), "Shift+L"],
  [event("1", "Digit1"), "1"],
  [event("!", "Digit1", {shiftKey: true}), "Shift+1"],
  [event("¡", "Digit1", {altKey: true}), "Alt+1", "a Mac writes another sign with Alt"],
  [event("?", "Slash", {shiftKey: true}), "?"],
  [event("?", "Minus", {shiftKey: true}), "?", "a German keyboard has it elsewhere"],
  [event("ArrowLeft", "ArrowLeft", {shiftKey: true}), "Shift+ArrowLeft"],
  [event("z", "KeyZ", {ctrlKey: true}), "Ctrl+z"],
  [event("z", "KeyZ", {metaKey: true}), "Ctrl+z"],
  [event("Z", "KeyZ", {ctrlKey: true, shiftKey: true}), "Ctrl+Shift+Z"],
  [event("Enter", "Enter", {ctrlKey: true}), "Ctrl+Enter"],
];

for (const [given, expected, why] of NAMES) {
  test(`the key ${given.code} reads ${expected}${why ? `: ${why}` : ""}`, () => assert.equal(keyName(given), expected));
}

test("keys come from the scheme, and a label that is off has none", () => {
  const keymap = new Keymap(codebook);
  assert.deepEqual([keymap.lookup("2", null).command, keymap.lookup("2", null).target], ["label", "lt.epithet"]);
  assert.equal(keymap.lookup("s", null).target, "source");
  assert.equal(keymap.lookup("Shift+A", null).device, "attribution");
  assert.equal(keymap.lookup("o", null).command, "omission");
  assert.equal(keymap.lookup("d", null), undefined);
});

test("an attribute's key acts only while its device is selected, and then before all others", () => {
  const keymap = new Keymap(codebook);
  assert.equal(keymap.lookup("v", null), undefined);
  assert.equal(keymap.lookup("v", "loaded_terms").target, "voice");
  assert.equal(keymap.lookup("Alt+2", "loaded_terms").value, "pos");
  assert.equal(keymap.lookup("m", "omission").target, "missing");
  assert.equal(keymap.lookup("m", "loaded_terms").command, "others");
});

test("the kinds of an omission share digits with loaded terms and win while one is selected", () => {
  const keymap = new Keymap(codebook);
  assert.equal(keymap.lookup("2", "omission").target, "om.source");
  assert.equal(keymap.lookup("2", "attribution").target, "lt.epithet");
});

test("shift and a label's digit adds a second label", () => {
  const keymap = new Keymap(codebook);
  assert.equal(keymap.lookup("Shift+2", null).command, "add-label");
});

test("a person's own key replaces the scheme's, and an empty one switches it off", () => {
  const keymap = new Keymap(codebook, {"label:lt.epithet": "b", accept: ""});
  assert.equal(keymap.lookup("b", null).target, "lt.epithet");
  assert.equal(keymap.lookup("2", null), undefined);
  assert.equal(keymap.lookup("a", null), undefined);
  const changed = keymap.bindings.find((binding) => binding.id === "label:lt.epithet");
  assert.deepEqual(keymap.clashes({...changed, key: "x"}).map((b) => b.id), ["reject"]);
});

test("keys are printed short", () => {
  assert.equal(keyLabel("Shift+L"), "⇧ L");
  assert.equal(keyLabel("Ctrl+Enter"), "Ctrl ↵");
  assert.equal(keyLabel("Alt+1..5"), "Alt 1–5");
  assert.equal(keyLabel("+"), "+");
});
