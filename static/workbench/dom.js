/** Make elements in one line. */

/** @typedef {Node | string | number | null | undefined | false | readonly any[]} Child */

/**
 * Make an element: `h("button.btn.pri#go", {onclick, "aria-label": "Go"}, "Go")`.
 *
 * A property that is a function becomes a listener, `true` an empty attribute; `false`, null and
 * undefined leave it out. A button submits nothing.
 *
 * @param {string} selector tag, classes and id
 * @param {Record<string, any> | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement & Record<string, any>}
 */
export function h(selector, attributes, ...children) {
  const [, tag, id, classes] = /^([\w-]+)(?:#([\w-]+))?((?:\.[\w-]+)*)$/.exec(selector) ?? [];
  const element = document.createElement(tag);
  if (tag === "button") element.setAttribute("type", "button");
  if (id) element.id = id;
  if (classes) element.className = classes.slice(1).replaceAll(".", " ");
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** Replace all children. @param {Element} element @param {...Child} children */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/**
 * Paint again without taking the place of the hand: it stays on what has the same `data-focus`, or
 * the one of the same kind that took its place, and goes to the article otherwise.
 *
 * @param {HTMLElement} root @param {() => void} paint
 */
export function keepingFocus(root, paint) {
  const active = /** @type {HTMLInputElement} */ (document.activeElement);
  const held = root.contains(active);
  const {value, selectionStart: start, selectionEnd: end} = active;
  const name = active.dataset.focus ?? "";
  const alike = () => /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll(`[data-focus^="${name.split(":")[0]}:"]`)));
  const at = held ? alike().indexOf(active) : 0;
  const opened = Array.from(root.querySelectorAll("details[open][id]"), (details) => details.id);
  paint();
  for (const id of opened) root.querySelector(`#${id}`)?.setAttribute("open", "");
  if (!held || root.contains(document.activeElement)) return;
  const same = root.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (same && typeof start === "number") {
    Object.assign(same, {value});
    /** @type {HTMLInputElement} */ (same).setSelectionRange(start, end);
  }
  const near = alike();
  const hand = /** @type {HTMLElement} */ (same ?? near[Math.min(at, near.length - 1)] ?? byId("article"));
  hand.focus({preventScroll: true});
}

/** Give the hand back to the text. */
export function toArticle() {
  document.body.dataset.tab = "read";
  byId("article").focus({preventScroll: true});
}

/** Return a copy of a template of the page. @param {string} id @returns {DocumentFragment} */
export function copyOf(id) {
  return /** @type {any} */ (byId(id)).content.cloneNode(true);
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/** @param {Element} element @param {Child[]} children */
function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
