import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {Keymap, keyLabel, keyName} from "../../static/workbench/keymap.js";

const event = (key, code, held = {}) => ({key, code, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held});
// What the server makes of the shipped codebook; a test in Python keeps the file true.
const {bindings} = JSON.parse(readFileSync(new URL("../bindings.json", import.meta.url), "utf8"));

const NAMES = [
  [event("a", "KeyA"), "a"],
  [event("A", "KeyA"), "a", "caps lock is not shift"],
  [event("L", "KeyL", {shiftKey: true}), "Shift+L"],
  [event("1", "Digit1"), "1"],
  [event("!", "Digit1", {shiftKey: true}), "Shift+1"],
  [event("¡", "Digit1", {altKey: true}), "Alt+1", "a Mac writes another sign with Alt"],
  [event("?", "Slash", {shiftKey: true}), "?"],
  [event("?", "Minus", {shiftKey: true}), "?", "a German keyboard has it elsewhere"],
  [event("/", "Digit7", {shiftKey: true}), "/", "a Spanish keyboard has it on a digit"],
  [event("&", "Digit1"), "1", "a French keyboard writes digits with shift"],
  [event("1", "Digit1", {shiftKey: true}), "Shift+1"],
  [event("ě", "Digit2"), "2", "a Czech keyboard writes letters there"],
  [event("End", "Numpad1"), "End", "the number pad without its lock"],
  [event("ф", "KeyA"), "a", "a Russian keyboard writes no Latin letters"],
  [event("Д", "KeyL", {shiftKey: true}), "Shift+L"],
  [event("ä", "Quote"), "ä"],
  [event("[", "Digit8", {ctrlKey: true, altKey: true, getModifierState: (name) => name === "AltGraph"}), "["],
  [event("ArrowLeft", "ArrowLeft", {shiftKey: true}), "Shift+ArrowLeft"],
  [event("z", "KeyZ", {ctrlKey: true}), "Ctrl+z"],
  [event("z", "KeyZ", {metaKey: true}), "Ctrl+z"],
  [event("Z", "KeyZ", {ctrlKey: true, shiftKey: true}), "Ctrl+Shift+Z"],
  [event("Enter", "Enter", {ctrlKey: true}), "Ctrl+Enter"],
];

for (const [given, expected, why] of NAMES) {
  test(`the key ${given.code} reads ${expected}${why ? `: ${why}` : ""}`, () => assert.equal(keyName(given), expected));
}

test("keys come from the codebook", () => {
  const keymap = new Keymap(bindings);
  assert.deepEqual([keymap.lookup("2", null).command, keymap.lookup("2", null).target], ["label", "lt.epithet"]);
  assert.equal(keymap.lookup("s", null).target, "source");
  assert.equal(keymap.lookup("Shift+A", null).device, "attribution");
  assert.equal(keymap.lookup("o", null).command, "omission");
  assert.equal(keymap.lookup("b", null), undefined);
});

test("an attribute's key acts only while its device is selected, and then before all others", () => {
  const keymap = new Keymap(bindings);
  assert.equal(keymap.lookup("v", null), undefined);
  assert.equal(keymap.lookup("v", "loaded_terms").target, "voice");
  assert.equal(keymap.lookup("Alt+2", "loaded_terms").value, "pos");
  assert.equal(keymap.lookup("l", "omission").target, "missing");
  assert.equal(keymap.lookup("l", "loaded_terms"), undefined);
});

test("the kinds of an omission share digits with loaded terms and win while one is selected", () => {
  const keymap = new Keymap(bindings);
  assert.equal(keymap.lookup("2", "omission").target, "om.source");
  assert.equal(keymap.lookup("2", "attribution").target, "lt.epithet");
});

test("shift and a label's digit adds a second label", () => {
  const keymap = new Keymap(bindings);
  assert.equal(keymap.lookup("Shift+2", null).command, "add-label");
});

test("a person's own key replaces the scheme's, and an empty one switches it off", () => {
  const keymap = new Keymap(bindings, {"label:lt.epithet": "b", accept: ""});
  assert.equal(keymap.lookup("b", null).target, "lt.epithet");
  assert.equal(keymap.lookup("2", null), undefined);
  assert.equal(keymap.lookup("a", null), undefined);
  assert.equal(keymap.keyOf("label:lt.epithet"), "b");
  assert.equal(bindings.find(({id}) => id === "accept").key, "a", "what the server sent stays");
});

test("where an own key means two things in this codebook, the codebook's command has it", () => {
  const keymap = new Keymap(bindings, {accept: "s"});
  assert.equal(keymap.lookup("s", null).target, "source");
  assert.deepEqual(Array.from(keymap.shadowed, ({id}) => id), ["accept"]);
  assert.equal(new Keymap(bindings).shadowed.size, 0);
});

test("keys are printed short", () => {
  assert.equal(keyLabel("Shift+L"), "⇧ L");
  assert.equal(keyLabel("Ctrl+Enter"), "Ctrl ↵");
  assert.equal(keyLabel("Alt+1..5"), "Alt 1–5");
  assert.equal(keyLabel("+"), "+");
});
