/** Jump to a word: by two letters shown on every visible word, or by typing what to find. */
import {cursorAt, isWord} from "./cursor.js";
import {byId, h} from "./dom.js";
import {show} from "./highlights.js";
import {keyName} from "./keymap.js";

/** @import {Desk} from "./desk.js" */
/** @import {Range} from "./types.js" */

/** More hits than anybody looks at. */
const MOST = 1000;
const LETTERS = "asdfjklghewioruptnvcmbxqyz";

/** Show two letters on each visible word; the next two keys choose. @param {Desk} desk */
export function hintJump(desk) {
  const layer = h("div#hints", {"aria-hidden": "true"});
  const targets = visibleWords(desk);
  let typed = "";
  for (const [code, {box}] of targets) {
    const tag = h("span.hint", {"data-code": code}, code);
    tag.style.left = `${box.left}px`;
    tag.style.top = `${box.top}px`;
    layer.append(tag);
  }
  document.body.append(layer);
  desk.say("Type the two letters of a word.");
  const stop = () => {
    layer.remove();
    removeEventListener("keydown", listener, true);
    removeEventListener("scroll", stop, true);
  };
  /** @param {KeyboardEvent} event */
  function listener(event) {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    typed += keyName(event).replace("Shift+", "").toLowerCase();
    const target = targets.get(typed);
    if (target) {
      desk.pane.cursor = cursorAt(target.token);
      desk.set({triaging: false});
      desk.say(desk.pane.model.slice(desk.pane.model.tokens[target.token].start, desk.pane.model.tokens[target.token].end));
    }
    const more = !target && Array.from(targets.keys()).some((code) => code.startsWith(typed));
    if (!more) return stop();
    for (const tag of /** @type {NodeListOf<HTMLElement>} */ (layer.querySelectorAll(".hint"))) tag.hidden = !tag.dataset.code?.startsWith(typed);
  }
  addEventListener("keydown", listener, true);
  addEventListener("scroll", stop, true);
}

/** @param {Desk} desk @returns {Map<string, {token: number, box: DOMRect}>} */
function visibleWords(desk) {
  const {pane} = desk;
  const view = pane.element.getBoundingClientRect();
  const found = new Map();
  for (const view_ of pane.blocks) {
    const box = view_.element.getBoundingClientRect();
    if (box.bottom < view.top || box.top > view.bottom) continue;
    const first = pane.model.tokenIndex(view_.block.start);
    for (let i = first; i < pane.model.tokens.length && pane.model.tokens[i].start < view_.block.end; i += 1) {
      if (!isWord(pane.model, i)) continue;
      const word = pane.domRange(pane.model.tokens[i])?.getBoundingClientRect();
      if (!word || word.top < view.top || word.bottom > view.bottom || found.size >= LETTERS.length ** 2) continue;
      found.set(LETTERS[Math.floor(found.size / LETTERS.length)] + LETTERS[found.size % LETTERS.length], {token: i, box: word});
    }
  }
  return found;
}

/** @param {Desk} desk @returns {() => void} what opens the search line */
export function mountFind(desk) {
  const bar = byId("find");
  const input = /** @type {HTMLInputElement} */ (byId("find-words"));
  const count = byId("found");
  bar.querySelector("button")?.addEventListener("click", () => close());
  /** @type {Range[]} */
  let found = [];
  let at = 0;
  /** @param {number} index */
  const look = (index) => {
    at = (index + found.length) % (found.length || 1);
    count.textContent = found.length ? `${at + 1} of ${found.length}` : input.value && "not found";
    const place = {pane: desk.pane, span: found[at]};
    show("range", found.length ? [place] : []);
    if (found.length) desk.pane.reveal(found[at]);
  };
  const search = () => {
    found = desk.pane.model.occurrences(input.value.trim(), MOST);
    show("find", found.map((span) => ({pane: desk.pane, span})));
    look(Math.max(0, found.findIndex((range) => range.start >= (desk.range?.start ?? 0))));
  };
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (step) look(at + step);
    else close(found[at]);
  });
  /** @param {Range} [range] */
  function close(range) {
    bar.hidden = true;
    show("find", []);
    if (range) {
      const {model} = desk.pane;
      desk.pane.cursor = {anchor: model.tokenIndex(range.start), focus: model.tokenIndex(range.end - 1), grown: []};
      desk.say(desk.words);
    }
    desk.set({triaging: false});
    desk.pane.element.focus({preventScroll: true});
  }
  return () => {
    bar.hidden = false;
    input.select();
    input.focus();
    search();
  };
}
