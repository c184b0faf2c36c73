/** Which key does what: the bindings that the server sends, with a person's own keys applied. */

/** @import {Binding} from "./types.js" */

/**
 * Return a key's name as the scheme writes it, whatever the layout: digits and letters by their place
 * where it writes others there.
 * @param {{key: string, code: string, shiftKey: boolean, altKey: boolean, ctrlKey: boolean, metaKey: boolean, getModifierState?: (name: string) => boolean}} event
 */
export function keyName(event) {
  if (event.getModifierState?.("AltGraph")) return event.key;
  // Find and help are signs, and some layouts have them on a digit.
  const digit = /^[/?]$/.test(event.key) ? null : /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const letter = /^\p{L}$/u.test(event.key);
  const held = [];
  if (event.ctrlKey || event.metaKey) held.push("Ctrl");
  if (event.altKey) held.push("Alt");
  let name = event.key;
  if (digit && (event.altKey || event.shiftKey || event.code[0] === "D")) name = digit[1];
  else if ((event.altKey || letter && !/[a-z]/i.test(name)) && /^Key[A-Z]$/.test(event.code)) name = event.code.slice(3);
  const shifted = event.shiftKey && (letter || digit || event.key.length > 1);
  if (shifted) held.push("Shift");
  if (letter && !digit) name = shifted || event.altKey ? name.toUpperCase() : name.toLowerCase();
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
  /** @param {readonly Binding[]} bindings @param {Record<string, string>} [changes] command id -> key, "" for none */
  constructor(bindings, changes = {}) {
    this.bindings = bindings.map((binding) => ({...binding, key: changes[binding.id] ?? binding.key}));
    /** What keys do, by the device that must be selected for it, "" for none. @type {Record<string, Map<string, Binding>>} */
    this.scopes = {"": new Map()};
    /** Bindings whose key does something else already. @type {Set<Binding>} */
    this.shadowed = new Set();
    for (const binding of this.bindings) if (binding.key) this.#bind(binding);
  }

  /** @param {Binding} binding */
  #bind(binding) {
    const {key, command, scope = ""} = binding;
    const keys = this.scopes[scope] ??= new Map();
    // The codebook comes first in the list: its keys win over the workbench's own.
    if (keys.has(key)) this.shadowed.add(binding);
    else keys.set(key, binding);
    if (command === "label" && /^\d$/.test(key) && !scope) keys.set(`Shift+${key}`, {...binding, command: "add-label"});
  }

  /** Return what a key does while an annotation of this device is selected. @param {string} name @param {string | null} device @returns {Binding | undefined} */
  lookup(name, device) {
    const anywhere = this.scopes[""];
    return this.scopes[device ?? ""]?.get(name) ?? anywhere.get(name) ?? (name === "Ctrl+y" ? anywhere.get("Ctrl+Shift+Z") : undefined);
  }

  /** @param {string} id @returns {string} the key of a binding, "" where it has none */
  keyOf(id) {
    return this.bindings.find((binding) => binding.id === id)?.key ?? "";
  }

  /** @param {string} id @returns {string} the key of a binding as it is printed */
  label(id) {
    return keyLabel(this.keyOf(id));
  }
}
