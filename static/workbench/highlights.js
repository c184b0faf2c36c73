/** Transient marks (cursor, choice, ghosts, finds) as named CSS highlights of our own. */

/** @import {Range as Span} from "./types.js" */
/** @import {Pane} from "./pane.js" */

/** @typedef {"cursor" | "range" | "ghost" | "candidate" | "find"} Name */

const supported = typeof Highlight !== "undefined" && typeof CSS !== "undefined" && "highlights" in CSS;

/** Show these stretches under a name; earlier ones of that name go. @param {Name} name @param {{pane: Pane, span: Span}[]} places */
export function show(name, places) {
  const ranges = places.map(({pane, span}) => pane.domRange(span)).filter((range) => range !== null);
  if (supported) {
    if (ranges.length) CSS.highlights.set(`wb-${name}`, new Highlight(...ranges));
    else CSS.highlights.delete(`wb-${name}`);
    return;
  }
  // Browsers without highlights show the choice as an ordinary selection.
  if (name !== "range" && name !== "cursor") return;
  const selection = getSelection();
  if (!ranges.length || !selection) return;
  selection.removeAllRanges();
  selection.addRange(ranges[0]);
}
