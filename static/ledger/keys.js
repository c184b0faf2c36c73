/** Keys act while the claims or the article have the focus and nobody is writing. */
import {byId} from "../workbench/dom.js";
import {chooseAnchor} from "./anchoring.js";
import {startAdding, stop} from "./adding.js";
import {ANSWERS} from "./desk.js";

/** @import {Desk} from "./desk.js" */

const FIELDS = "input, textarea, select";
/** In the article these scroll. */
const SCROLLING = ["ArrowDown", "ArrowUp", "Enter"];

/** @param {Desk} desk @param {() => void} help */
export function listenToKeys(desk, help) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.currentTarget === desk.reading.pane && (desk.reading.pick || SCROLLING.includes(event.key))) return;
    const writing = event.target instanceof Element && event.target.matches(FIELDS);
    if (writing && event.key === "Escape") {
      event.preventDefault();
      if (desk.adding) return stop(desk);
      return desk.hand();
    }
    if (writing || event.altKey) return;
    const run = event.ctrlKey || event.metaKey ? undoing(desk, event) : plain(desk, event, help);
    if (!run) return;
    event.preventDefault();
    run();
  };
  for (const region of [byId("claims"), desk.reading.pane]) region.addEventListener("keydown", press);
}

/** @param {Desk} desk @param {KeyboardEvent} event @returns {(() => void) | null} */
function undoing(desk, event) {
  if (event.key.toLowerCase() !== "z") return null;
  return () => desk.step(event.shiftKey ? "redo" : "undo");
}

/** @param {Desk} desk @param {KeyboardEvent} event @param {() => void} help @returns {(() => void) | null | undefined} */
function plain(desk, event, help) {
  const {key} = event;
  if (key === "?") return help;
  if (key === "Escape") return desk.adding ? () => stop(desk) : () => desk.go(desk.current);
  if (desk.adding || !desk.claim) return key === "m" && !desk.adding && desk.data.siblings.length ? () => startAdding(desk) : null;
  const omitted = desk.cell(desk.current)?.answer === "omitted";
  const answer = ANSWERS.find(([own]) => own === key);
  if (answer) return () => desk.answer(answer[1]);
  if (omitted) {
    const found = detail(desk, key);
    if (found) return found;
  }
  // Enter on a button presses the button.
  const header = event.target instanceof Element && event.target.matches(".claim");
  return {
    j: () => desk.move(1), ArrowDown: () => desk.move(1), k: () => desk.move(-1), ArrowUp: () => desk.move(-1),
    Enter: header ? () => desk.next() : undefined, x: () => desk.clear(), Backspace: () => desk.clear(), Delete: () => desk.clear(),
    m: () => startAdding(desk), t: () => field("note"),
  }[key];
}

/** @param {Desk} desk @param {string} key @returns {(() => void) | null} */
function detail(desk, key) {
  const {kinds, salience, favours} = desk.data.codebook;
  if (desk.asking || !desk.cell(desk.current)?.kind) {
    const kind = kinds.find((one, index) => (one.key || String(index + 1)) === key);
    return kind ? () => desk.name(kind.id) : null;
  }
  const value = salience?.values.find(({id}) => id === key);
  if (value) return () => { desk.detail({salience: Number(value.id)}); desk.say(`Salience ${value.name}.`); };
  if (key === "a") return () => chooseAnchor(desk);
  return key === "f" && favours ? () => field("favours") : null;
}

/** @param {string} id */
function field(id) {
  const element = document.getElementById(id);
  element?.closest("details")?.setAttribute("open", "");
  element?.focus();
}
