/** The sheet of keys: what each does, and a person's own changes to them. */
import {byId, fill, h, toArticle} from "./dom.js";
import {Keymap, keyLabel, keyName} from "./keymap.js";

/** @import {Desk} from "./desk.js" */
/** @import {Binding} from "./types.js" */

/** @param {Desk} desk @param {() => void} around begins the walk through the workbench */
export function mountSheet(desk, around) {
  const sheet = /** @type {HTMLDialogElement} */ (byId("sheet"));
  const {annotator, bindings} = desk.data;
  /** @type {string | null} binding that waits for its new key */
  let waiting = null;

  const render = (problem = "") => {
    const groups = new Map();
    for (const binding of desk.keymap.bindings) groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
    fill(sheet, h("div.top", null, h("h2", {id: "sheet-title"}, "Keys"),
      h("p.small.mid", null, "Single keys act only while an article has the focus. Press a key's button, then its new key; Backspace switches it off. Your keys go with you to every machine."),
      Object.keys(annotator.keys).length > 0 && h("button.btn", {onclick: () => change(Object.fromEntries(Object.keys(annotator.keys).map((id) => [id, null])))}, "Back to the codebook's keys"),
      h("button.btn", {onclick: () => { close(); around(); }}, "Show me around"),
      h("button.btn", {onclick: close, "data-role": "close-sheet"}, "Close", h("kbd", null, "Esc")),
      h("p.problem", {role: "alert"}, problem)),
    h("div.groups", null, Array.from(groups, ([name, rows]) => h("section", null, h("h3.cap", null, name), h("dl", null, rows.map(rowOf))))));
  };

  /** @param {Binding} binding */
  function rowOf(binding) {
    const {id, name, key} = binding;
    const wait = () => { waiting = id; render(); focusOn(id); };
    return h("div", null, h("dt", null, h("button.key", {"data-binding": id, onclick: wait},
      h("kbd", null, waiting === id ? "press a key" : keyLabel(key) || "off"), h("span.vh", null, ` changes the key of ${name}`))),
    h("dd", null, name, desk.keymap.shadowed.has(binding) && h("span.problem.small", null, " its key does something else here")));
  }

  /** @param {string} id */
  function focusOn(id) {
    const button = sheet.querySelector(`[data-binding="${CSS.escape(id)}"]`);
    if (button instanceof HTMLElement) button.focus();
  }

  /** The server knows which keys can be; nothing changes before it says so. @param {Record<string, string | null>} keys */
  async function change(keys) {
    const {status, body} = await desk.store.api.post("keys/", {keys});
    if (status === 200) {
      annotator.keys = body.keys;
      desk.set({keymap: new Keymap(bindings, body.keys)});
    }
    render(status === 200 ? "" : `Nothing was changed. ${body?.detail ?? "The server does not answer: try again later."}`);
    focusOn(Object.keys(keys)[0] ?? "");
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
    if (event.key !== "Escape") return void change({[id]: event.key === "Backspace" ? "" : keyName(event)});
    render();
    focusOn(id);
  });

  function close() {
    waiting = null;
    sheet.close();
    toArticle();
  }

  return () => {
    if (sheet.open) return close();
    render();
    sheet.show();
    /** @type {HTMLElement | null} */ (sheet.querySelector("[data-role]"))?.focus();
  };
}
