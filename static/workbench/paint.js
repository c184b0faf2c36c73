/** Paint one block of text: text nodes that know their place, inside nested marks. */
import {LANES, lanesOf, treeOf} from "./segments.js";

/** @import {TextModel} from "./text.js" */
/** @import {Mark} from "./items.js" */
/** @import {Range as Span} from "./types.js" */

/** @typedef {{node: Text, unit: number}} Piece `unit` is the UTF-16 place of its first character */

/** Where each text node of any pane starts, in UTF-16 units of its article. @type {WeakMap<globalThis.Node, number>} */
export const UNITS = new WeakMap();

/** One block on the page. */
export class BlockView {
  /** @param {TextModel} model @param {Span} block @param {HTMLElement} element */
  constructor(model, block, element) {
    this.model = model;
    this.block = block;
    this.element = element;
    /** @type {Piece[]} */
    this.pieces = [];
  }

  /** @param {readonly Mark[]} marks @param {readonly Gap[]} gaps */
  paint(marks, gaps) {
    this.pieces = [];
    const lanes = lanesOf(marks);
    const fragment = document.createDocumentFragment();
    this.#children(fragment, treeOf(this.block.start, this.block.end, marks), lanes, gaps);
    this.element.replaceChildren(fragment);
  }

  /**
   * @param {globalThis.Node} parent @param {readonly any[]} nodes @param {Map<any, number>} lanes
   * @param {readonly Gap[]} gaps
   */
  #children(parent, nodes, lanes, gaps, last = {end: -1, row: 0}) {
    for (const node of nodes) {
      if (!node.span) {
        this.#text(parent, node.start, node.end, gaps);
        continue;
      }
      const mark = markElement(node.span, lanes.get(node.span) ?? 0, node.first);
      if (node.first) {
        // Badges of spans that start together, or within the width of a badge, stand side by side.
        last.row = node.start <= last.end ? last.row + 1 : 0;
        last.end = Math.max(last.end, node.start + node.span.badge.length);
        if (last.row) mark.classList.add(`x${Math.min(last.row, 3)}`);
      }
      parent.appendChild(mark);
      this.#children(mark, node.children, lanes, gaps, last);
    }
  }

  /** @param {globalThis.Node} parent @param {number} start @param {number} end @param {readonly Gap[]} gaps */
  #text(parent, start, end, gaps) {
    let from = start;
    for (const gap of gaps) {
      const opens = gap.place === start && start === this.block.start;
      if (!opens && (gap.place <= start || gap.place > end)) continue;
      this.#piece(parent, from, gap.place);
      parent.appendChild(gap.element());
      from = gap.place;
    }
    this.#piece(parent, from, end);
  }

  /** @param {globalThis.Node} parent @param {number} start @param {number} end */
  #piece(parent, start, end) {
    if (start >= end) return;
    const unit = this.model.map.toUtf16(start);
    const node = document.createTextNode(this.model.map.text.slice(unit, this.model.map.toUtf16(end)));
    UNITS.set(node, unit);
    this.pieces.push({node, unit});
    parent.appendChild(node);
  }

  /** Return the DOM point of a place. @param {number} place @returns {{node: globalThis.Node, offset: number} | null} */
  pointOf(place) {
    const unit = this.model.map.toUtf16(place);
    for (let i = this.pieces.length - 1; i >= 0; i -= 1) {
      const piece = this.pieces[i];
      if (piece.unit <= unit) return {node: piece.node, offset: Math.min(unit - piece.unit, piece.node.length)};
    }
    return this.pieces.length ? {node: this.pieces[0].node, offset: 0} : null;
  }
}

/** @typedef {{place: number, element: () => HTMLElement}} Gap a place between sentences that something hangs on */

/** @param {any} span @param {number} lane @param {boolean} first @returns {HTMLElement} */
function markElement(span, lane, first) {
  const mark = /** @type {Mark} */ (span);
  const deep = lane >= LANES;
  const element = patternOf(mark.classes + (lane ? ` l${Math.min(lane, LANES)}` : ""), mark.role);
  element.setAttribute(mark.item[0] === "a" ? "data-annotation" : "data-suggestion", mark.item.slice(2));
  if (first) {
    element.setAttribute("data-b", deep ? `+${lane - LANES + 1}` : mark.badge);
    element.setAttribute("aria-description", mark.words);
  }
  return element;
}

/** Marks look alike by the dozen, and a copy costs half of a new element. @type {Map<string, HTMLElement>} */
const PATTERNS = new Map();

/** @param {string} classes @param {string} role @returns {HTMLElement} */
function patternOf(classes, role) {
  const key = `${classes} ${role}`;
  let pattern = PATTERNS.get(key);
  if (!pattern) {
    pattern = document.createElement("mark");
    pattern.className = classes;
    pattern.setAttribute("data-role", role);
    PATTERNS.set(key, pattern);
  }
  return /** @type {HTMLElement} */ (pattern.cloneNode(false));
}
