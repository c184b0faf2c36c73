/** Which key does what: the scheme's keys, the workbench's own, and a person's changes to both. */

/** @import {Codebook} from "./codebook.js" */

/**
 * @typedef {{id: string, name: string, key: string, group: string,
 *   command: string, device?: string, target?: string, value?: string}} Binding
 */

/** What the workbench itself listens to: command, key, what it does, where the sheet lists it. */
const OWN = /** @type {const} */ ([
  ["left", "ArrowLeft", "previous word", "Moving"],
  ["right", "ArrowRight", "next word", "Moving"],
  ["up", "ArrowUp", "previous sentence", "Moving"],
  ["down", "ArrowDown", "next sentence", "Moving"],
  ["extend-left", "Shift+ArrowLeft", "extend by a word to the left", "Moving"],
  ["extend-right", "Shift+ArrowRight", "extend by a word to the right", "Moving"],
  ["extend-up", "Shift+ArrowUp", "extend to the previous sentence", "Moving"],
  ["extend-down", "Shift+ArrowDown", "extend to the next sentence", "Moving"],
  ["grow", "e", "grow: phrase, clause, sentence, paragraph", "Moving"],
  ["shrink", "Shift+E", "shrink again", "Moving"],
  ["hint", "f", "jump to a word by its two letters", "Moving"],
  ["find", "/", "find in the article", "Moving"],
  ["next-annotation", "]", "next annotation", "Moving"],
  ["previous-annotation", "[", "previous annotation", "Moving"],
  ["accept", "a", "accept the suggestion", "Suggestions"],
  ["reject", "x", "reject the suggestion", "Suggestions"],
  ["enter", "Enter", "edit the suggestion, take ghosts, close a group, select what is here", "Suggestions"],
  ["reopen", "Backspace", "re-open the last decision", "Suggestions"],
  ["next-suggestion", ".", "next suggestion", "Suggestions"],
  ["previous-suggestion", ",", "previous suggestion", "Suggestions"],
  ["delete", "Delete", "delete the selected annotation", "Annotations"],
  ["undo", "Ctrl+z", "undo", "Annotations"],
  ["redo", "Ctrl+Shift+Z", "redo", "Annotations"],
  ["join", "j", "open the selected group again: parts join it", "Annotations"],
  ["others", "m", "mark the other occurrences, confirm each", "Annotations"],
  ["discuss", "n", "flag for discussion", "Annotations"],
  ["anchor", "g", "anchor the omission at the words selected, or after this sentence", "Annotations"],
  ["sibling", "w", "open or close a sibling article", "Page"],
  ["codebook", "h", "what the label means", "Page"],
  ["chooser", "y", "find the label by questions", "Page"],
  ["submit", "Ctrl+Enter", "submit", "Page"],
  ["help", "?", "keys", "Page"],
  ["escape", "Escape", "leave: group, selection, annotation mode", "Page"],
]);

/** Return a key's name as the scheme writes it. @param {{key: string, code: string, shiftKey: boolean, altKey: boolean, ctrlKey: boolean, metaKey: boolean}} event */
export function keyName(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const letter = /^\p{L}$/u.test(event.key);
  const held = [];
  if (event.ctrlKey || event.metaKey) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  let name = event.key;
  if (digit && (event.altKey || event.shiftKey)) name = digit[1];
  else if (event.altKey && /^Key[A-Z]$/.test(event.code)) name = event.code.slice(3);
  const shifted = event.shiftKey && (letter || digit || event.key.length > 1);
  if (shifted) held.push("Shift");
  if (letter) name = shifted || event.altKey ? name.toUpperCase() : name.toLowerCase();
  return [...held, name].join("+");
}

/** Write a key as it is printed on a button. @param {string} key */
export function keyLabel(key) {
  const names = /** @type {Record<string, string>} */ ({
    ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Backspace: "⌫",
    Delete: "Del", Escape: "Esc", Shift: "⇧",
  });
  return key.split(/\+(?=.)/).map((piece) => names[piece] ?? piece).join(" ").replace("..", "–");
}

/** Every binding of this codebook with a person's own keys applied. */
export class Keymap {
  /** @param {Codebook} codebook @param {Record<string, string>} [changes] command id -> key, "" for none */
  constructor(codebook, changes = {}) {
    this.codebook = codebook;
    /** @type {Binding[]} */
    this.bindings = [...schemeBindings(codebook), ...ownBindings()];
    for (const binding of this.bindings) {
      if (binding.id in changes) binding.key = changes[binding.id];
    }
    /** @type {Map<string, Binding>} */
    this.anywhere = new Map();
    /** @type {Map<string, Map<string, Binding>>} */
    this.selected = new Map();
    for (const binding of this.bindings) this.#bind(binding, codebook);
  }

  /** @param {Binding} binding @param {Codebook} codebook */
  #bind(binding, codebook) {
    if (!binding.key) return;
    const only = scopeOf(binding, codebook);
    const map = only ? this.selected.get(only) ?? new Map() : this.anywhere;
    if (only) this.selected.set(only, map);
    // The scheme comes first in the list: its keys win over the workbench's own.
    if (!map.has(binding.key)) map.set(binding.key, binding);
    if (binding.command === "label" && /^\d$/.test(binding.key) && !only) {
      map.set(`Shift+${binding.key}`, {...binding, command: "add-label"});
    }
  }

  /** Return what a key does while an annotation of this device is selected. @param {string} name @param {string | null} device @returns {Binding | undefined} */
  lookup(name, device) {
    const special = device ? this.selected.get(device)?.get(name) : undefined;
    return special ?? this.anywhere.get(name) ?? (name === "Ctrl+y" ? this.anywhere.get("Ctrl+Shift+Z") : undefined);
  }

  /** @param {string} id @returns {string} the key of a binding, "" where it has none */
  keyOf(id) {
    return this.bindings.find((binding) => binding.id === id)?.key ?? "";
  }

  /** Return the other bindings of the same key that act at the same time. @param {Binding} changed @returns {Binding[]} */
  clashes(changed) {
    if (!changed.key) return [];
    return this.bindings.filter((other) => other.id !== changed.id && other.key === changed.key
      && scopeOf(other, this.codebook) === scopeOf(changed, this.codebook));
  }
}

/** Where a key acts: everywhere, or only while one device is selected. @param {Binding} binding @param {Codebook} codebook */
function scopeOf({command, device}, codebook) {
  const kind = command === "label" && device && codebook.device(device).unit === "document";
  return command === "attribute" || kind ? device ?? "" : "";
}

/** @param {Codebook} codebook @returns {Binding[]} */
function schemeBindings(codebook) {
  const bindings = [];
  for (const device of codebook.devices) {
    const group = device.name;
    for (const {id, name, key} of device.unit === "relation" ? [] : device.labels) {
      bindings.push({id: `label:${id}`, name, key, group, command: "label", device: device.id, target: id});
    }
    for (const {id, name, key, sibling} of device.unit === "span" ? [] : device.roles) {
      if (sibling) continue;
      const adds = device.unit === "document";
      bindings.push({
        id: `part:${device.id}:${id}`, name: adds ? `add an ${device.name.toLowerCase()}` : name, key, group,
        command: adds ? "omission" : "part", device: device.id, target: id,
      });
    }
    for (const attribute of device.attributes) bindings.push(...attributeBindings(device.id, group, attribute));
    bindings.push({
      id: `complete:${device.id}`, name: "read, no more here", key: device.complete_key, group,
      command: "complete", device: device.id,
    });
  }
  return bindings;
}

/** @param {string} device @param {string} group @param {import("./codebook.js").Attribute} attribute @returns {Binding[]} */
function attributeBindings(device, group, attribute) {
  const base = {group, command: "attribute", device, target: attribute.id};
  const range = /^Alt\+(\d)\.\.(\d)$/.exec(attribute.key);
  if (!range) return [{...base, id: `attribute:${device}:${attribute.id}`, name: attribute.name, key: attribute.key}];
  return attribute.values.slice(0, Number(range[2]) - Number(range[1]) + 1).map((value, index) => ({
    ...base, id: `attribute:${device}:${attribute.id}:${value.id}`, name: `${attribute.name}: ${value.name}`,
    key: `Alt+${Number(range[1]) + index}`, value: value.id,
  }));
}

/** @returns {Binding[]} */
function ownBindings() {
  return OWN.map(([command, key, name, group]) => ({id: command, name, key, group, command}));
}
