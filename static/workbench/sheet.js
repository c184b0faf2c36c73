/** The sheet of keys: what each does, and a person's own changes to them. */
import {byId, fill, h} from "./dom.js";
import {Keymap, keyLabel, keyName} from "./keymap.js";
import {recall, remember} from "./storage.js";

/** @import {Desk} from "./desk.js" */
/** @import {Binding} from "./keymap.js" */

/** @param {number} annotator @returns {Record<string, string>} a person's own keys */
export function ownKeys(annotator) {
  try {
    return JSON.parse(recall(`keys-${annotator}`) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Desk} desk */
export function mountSheet(desk) {
  const sheet = /** @type {HTMLDialogElement} */ (byId("sheet"));
  const annotator = desk.data.annotator.id;
  /** @type {string | null} binding that waits for its new key */
  let waiting = null;

  const render = () => {
    const groups = new Map();
    for (const binding of desk.keymap.bindings) groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
    fill(sheet, h("div.top", null, h("h2", {id: "sheet-title"}, "Keys"),
      h("p.small.mid", null, "Single keys act only while an article has the focus. Press a key's button, then its new key; Backspace switches it off."),
      h("button.btn", {onclick: () => change({})}, "Back to the codebook's keys"),
      h("button.btn", {onclick: close, "data-role": "close-sheet"}, "Close", h("kbd", null, "Esc"))),
    h("div.groups", null, Array.from(groups, ([name, bindings]) => h("section", null, h("h3.cap", null, name), h("dl", null, bindings.map(rowOf))))));
  };

  /** @param {Binding} binding */
  function rowOf(binding) {
    const clash = desk.keymap.clashes(binding).length ? h("span.problem.small", null, " also used elsewhere") : null;
    return h("div", null, h("dt", null, h("button.key", {"data-binding": binding.id, onclick: () => { waiting = binding.id; render(); focusOn(binding.id); }},
      h("kbd", null, waiting === binding.id ? "press a key" : keyLabel(binding.key) || "off"), h("span.vh", null, ` changes the key of ${binding.name}`))), h("dd", null, binding.name, clash));
  }

  /** @param {string} id */
  function focusOn(id) {
    const button = sheet.querySelector(`[data-binding="${CSS.escape(id)}"]`);
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {Record<string, string>} keys */
  function change(keys) {
    if (!remember(`keys-${annotator}`, JSON.stringify(keys))) desk.say("This browser forgets keys when the page closes.");
    desk.set({keymap: new Keymap(desk.codebook, keys)});
    render();
  }

  sheet.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (waiting === null) {
      if (event.key === "Escape" || event.key === "?") { event.preventDefault(); close(); }
      return;
    }
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    const id = waiting;
    waiting = null;
    if (event.key !== "Escape") change({...ownKeys(annotator), [id]: event.key === "Backspace" ? "" : keyName(event)});
    else render();
    focusOn(id);
  });

  function close() {
    waiting = null;
    sheet.close();
    byId("article").focus({preventScroll: true});
  }

  return () => {
    if (sheet.open) return close();
    render();
    sheet.show();
    sheet.querySelector("button")?.focus();
  };
}
