/** Mouse and touch: drag, double click, click on marks (again: the next one), tap and tap. */
import {giveLabel} from "./commands.js";
import {cursorAt} from "./cursor.js";
import {snap} from "./snap.js";

/** @import {Desk} from "./desk.js" */
/** @import {Range} from "./types.js" */
/** @import {Pane} from "./pane.js" */

/** @typedef {{token: number, made: unknown}} Tap a tapped word, and what was marked by then */

/** Let a region take the pointer. @param {Desk} desk @param {HTMLElement} region @param {() => Pane | null} paneOf which article it shows now */
export function listen(desk, region, paneOf) {
  /** @type {Tap | null} */
  let firstTap = null;
  /** @type {{key: string | undefined, marks: Element[]}} */
  let under = {key: "", marks: []};
  // A click takes the innermost: light up that one, with all its parts.
  const light = (/** @type {PointerEvent} */ event) => {
    const pane = paneOf();
    if (!pane || event.pointerType !== "mouse") return;
    const mark = /** @type {Element} */ (event.target).closest("mark");
    // The words right inside of a mark lie in the same marks all: no need to ask where the pointer is.
    const words = mark && Array.from(mark.childNodes).find((node) => node.nodeType === Node.TEXT_NODE);
    const place = mark && pane.placeOf(words ?? mark, 0);
    const key = place === null ? "" : pane.itemsAt(place)[0];
    if (under.key === key && under.marks[0]?.isConnected !== false) return;
    for (const old of under.marks) old.classList.remove("under");
    under = {key, marks: pane.elementsOf(key)};
    for (const fresh of under.marks) fresh.classList.add("under");
  };
  region.addEventListener("pointermove", light);
  region.addEventListener("pointerleave", light);
  // A screen reader presses a button without a pointer.
  region.addEventListener("click", (event) => {
    const gap = /** @type {Element} */ (event.target).closest("button.gap");
    if (event.detail === 0 && gap instanceof HTMLElement) pick(desk, keyOf(gap));
  });
  region.addEventListener("pointerup", (event) => {
    if (event.button !== 0) return;
    desk.touch = event.pointerType === "touch";
    const pane = paneOf();
    if (!pane) return;
    const raw = nativeSelection(pane);
    if (raw) {
      firstTap = null;
      choose(desk, pane, raw, event.altKey);
    } else if (pane.paper.contains(/** @type {Element} */ (event.target))) {
      firstTap = click(desk, pane, event, firstTap);
    }
  });
}

/** @param {Pane} pane @returns {Range | null} */
function nativeSelection(pane) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = pane.placeOf(range.startContainer, range.startOffset);
  const end = pane.placeOf(range.endContainer, range.endOffset);
  return start === null || end === null ? null : {start, end};
}

/** Make a range the choice of the desk. @param {Desk} desk @param {Pane} pane @param {Range} raw @param {boolean} characters */
export function choose(desk, pane, raw, characters) {
  const range = snap(pane.model, raw, {characters});
  getSelection()?.removeAllRanges();
  if (!range) return;
  const {model} = pane;
  const [anchor, focus] = [model.tokenIndex(range.start), model.tokenIndex(range.end - 1)];
  pane.cursor = {anchor, focus, grown: [range]};
  desk.set({pane, triaging: false, mode: true});
  desk.say(desk.words);
  if (desk.armed && pane === desk.main) giveLabel(desk, desk.armed.device, desk.armed.label, {add: true});
}

/** @param {Desk} desk @param {Pane} pane @param {PointerEvent} event @param {Tap | null} firstTap @returns {Tap | null} */
function click(desk, pane, event, firstTap) {
  const target = /** @type {Element} */ (event.target);
  const gap = target.closest("button.gap");
  if (gap instanceof HTMLElement) {
    pick(desk, keyOf(gap));
    return null;
  }
  const mark = target.closest("mark");
  const place = placeUnder(pane, event, mark);
  if (place === null) return null;
  const token = pane.model.tokenIndex(place);
  const made = desk.state.annotations;
  // A word that was marked since is done with: the next tap begins anew.
  if (desk.touch && firstTap?.made === made && firstTap.token !== token) {
    const [a, b] = [pane.model.tokens[firstTap.token], pane.model.tokens[token]];
    choose(desk, pane, {start: Math.min(a.start, b.start), end: Math.max(a.end, b.end)}, false);
    return null;
  }
  const stack = mark ? pane.itemsAt(place) : [];
  const again = pane === desk.pane && pane.cursor.focus === token;
  pane.cursor = cursorAt(token);
  desk.set({pane, triaging: false, mode: true});
  if (stack.length) cycle(desk, stack, again);
  else if (desk.selected && !desk.group && pane === desk.main && !placing(desk)) desk.select(null);
  return stack.length ? null : {token, made};
}

/** Whether a click chooses the place of the selected omission. @param {Desk} desk */
function placing(desk) {
  return desk.annotation !== null && desk.annotation.device === desk.codebook.ofUnit("document")?.id;
}

/** @param {HTMLElement} element a mark or a gap */
function keyOf({dataset}) {
  return dataset.annotation ? `a:${dataset.annotation}` : `s:${dataset.suggestion}`;
}

/** Return the place under the pointer; on a badge, the start of its mark. @param {Pane} pane @param {PointerEvent} event @param {Element | null} mark */
function placeUnder(pane, event, mark) {
  const place = pane.placeAt(event.clientX, event.clientY);
  if (!(mark instanceof HTMLElement)) return place;
  const key = keyOf(mark);
  return place !== null && pane.itemsAt(place).includes(key) ? place : pane.placeOf(mark, 0);
}

/** Select the innermost of what lies here; the same place again, the next one outward. @param {Desk} desk @param {string[]} stack @param {boolean} again */
export function cycle(desk, stack, again) {
  const key = desk.selected ?? (desk.triaging && desk.current !== null ? `s:${desk.current}` : null);
  const at = again && key ? stack.indexOf(key) : -1;
  desk.stack = stack;
  pick(desk, stack[(at + 1) % stack.length]);
}

/** Select an item; a suggestion becomes the one that is asked about. @param {Desk} desk @param {string} key */
export function pick(desk, key) {
  const words = desk.items.get(key)?.words ?? "";
  if (key.startsWith("s:")) desk.select(key, {current: Number(key.slice(2)), triaging: true});
  else desk.select(key);
  desk.say(`${words}, selected.`);
}
