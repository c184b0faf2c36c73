/** The questions about one annotation, as form fields. */
import {setAttribute} from "./commands.js";
import {h, toArticle} from "./dom.js";
import {keyLabel} from "./keymap.js";

/** @import {Desk} from "./desk.js" */
/** @import {Attribute, Value} from "./codebook.js" */
/** @import {Annotation} from "./types.js" */

/** @param {Desk} desk @param {Annotation} annotation @param {Attribute} attribute @returns {HTMLElement} */
export function field(desk, annotation, attribute) {
  const value = annotation.attributes[attribute.id] ?? "";
  const id = `attribute-${attribute.id}`;
  // A range of keys names the answers; each of them can be changed by itself.
  const printed = attribute.key.includes("..") ? keyLabel(attribute.key) : desk.keymap.label(`attribute:${annotation.device}:${attribute.id}`);
  const optional = desk.codebook.required(attribute) ? null : h("span.dim", null, "optional");
  if (attribute.kind === "choice" || attribute.kind === "scale") {
    return options(id, [attribute.question, " ", optional, printed && h("kbd", null, printed)], attribute.values, value,
      (next) => setAttribute(desk, attribute.id, next), {attribute: attribute.id, missing: !value && !optional});
  }
  const control = attribute.id === "parent" ? parentChoice(desk, annotation, id, value) : textField(desk, attribute, id, value);
  return h(`div.att${!value && !optional ? ".missing" : ""}`, {"data-attribute": attribute.id},
    h("label.lab", {for: id}, attribute.question, " ", optional, printed && h("kbd", null, printed)), control);
}

/**
 * A row of choices; the chosen one again takes the answer back.
 * @param {string} name @param {import("./dom.js").Child[]} legend @param {readonly Value[]} values @param {string} value
 * @param {(value: string) => void} set @param {{attribute?: string, missing?: boolean, keys?: Map<string, string>}} [more]
 */
export function options(name, legend, values, value, set, {attribute, missing, keys} = {}) {
  const box = h(`fieldset.att${missing ? ".missing" : ""}`, {"data-attribute": attribute ?? null}, h("legend", null, legend),
    h("div.opts", null, values.map((choice, i) => {
      const input = h("input", {
        type: "radio", name, value: choice.id, checked: choice.id === value, "data-focus": `${name}:${choice.id}`,
        onchange: () => set(choice.id), onclick: () => { if (choice.id === value) set(""); },
      });
      const printed = keys ? keys.get(choice.id) : String(i + 1);
      return h("label", {title: choice.definition}, input, printed && h(keys ? "kbd" : "kbd.pick", {"aria-hidden": "true"}, printed), choice.name);
    })));
  box.addEventListener("keydown", (event) => pickByDigit(box, /** @type {KeyboardEvent} */ (event)));
  return box;
}

/** While a question has the focus a digit answers it. @param {HTMLElement} box @param {KeyboardEvent} event */
function pickByDigit(box, event) {
  if (!/^[1-9]$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  const input = box.querySelectorAll("input")[Number(event.key) - 1];
  if (!input) return;
  event.preventDefault();
  event.stopPropagation();
  if (input.checked) input.click();
  else Object.assign(input, {checked: true}).dispatchEvent(new Event("change"));
  toArticle();
}

/** @param {Desk} desk @param {Attribute} attribute @param {string} id @param {string} value */
function textField(desk, attribute, id, value) {
  const long = attribute.kind === "text";
  const input = /** @type {HTMLInputElement} */ (/** @type {unknown} */ (h(long ? "textarea" : "input", {
    id, rows: long ? 2 : null, type: long ? null : "text", list: long ? null : "entities", placeholder: attribute.hint, "data-focus": id,
    autocomplete: "off",
  })));
  input.value = value;
  keepTyped(input, (words) => setAttribute(desk, attribute.id, words));
  return input;
}

/** @param {Desk} desk @param {Annotation} annotation @param {string} id @param {string} value */
function parentChoice(desk, annotation, id, value) {
  const [at] = annotation.parts;
  const holds = (/** @type {Annotation} */ other) => other.parts.some((part) => part.article === at.article && part.start <= at.start && at.end <= part.end);
  const around = desk.annotations.filter((other) => other.id !== annotation.id && other.device === annotation.device);
  // What it stands in comes first: one key chooses it.
  around.sort((a, b) => Number(holds(b)) - Number(holds(a)));
  const select = h("select", {id, "data-focus": id, onchange: () => setAttribute(desk, "parent", select.value)},
    h("option", {value: ""}, "none"),
    around.map((other) => h("option", {value: other.id, selected: other.id === value},
      `${desk.items.get("a:" + other.id)?.name ?? ""} ${other.parts.map((part) => part.quote).join(" · ").slice(0, 50)}`)));
  return select;
}

const PAUSE = 1000;

/** Keep typed words when the hand pauses, not only when it leaves: a tab can die. @param {HTMLInputElement | HTMLTextAreaElement} input @param {(value: string) => void} save */
export function keepTyped(input, save) {
  /** @type {number | undefined} */
  let timer;
  const keep = () => { clearTimeout(timer); save(input.value.trim()); };
  input.addEventListener("change", keep);
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!(/** @type {InputEvent} */ (event).isComposing)) timer = setTimeout(keep, PAUSE);
  });
  onEnter(input);
}

/** Enter keeps the words and goes back to the article. @param {HTMLElement} input */
function onEnter(input) {
  input.addEventListener("keydown", (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    if (key.key !== "Enter" || key.shiftKey || key.ctrlKey || key.metaKey || key.isComposing) return;
    event.preventDefault();
    toArticle();
  });
}

/** @param {Desk} desk the entities of the article, each once, as a list to complete from */
export function entityList(desk) {
  const names = new Set((desk.main.model.entities ?? []).map(([start, end]) => desk.main.model.slice(start, end)));
  return h("datalist#entities", null, Array.from(names, (name) => h("option", {value: name})));
}
