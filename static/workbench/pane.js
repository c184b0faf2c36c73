/** One article on the page: its blocks, which of them changed, and where a point lies in the text. */
import {cursorAt} from "./cursor.js";
import {h} from "./dom.js";
import {looksSame} from "./items.js";
import {BlockView, UNITS} from "./paint.js";

/** @import {TextModel} from "./text.js" */
/** @import {Item, Mark} from "./items.js" */
/** @import {Article, Range as Span} from "./types.js" */

/** A reading pane with its own scroll and its own cursor. */
export class Pane {
  /**
   * @param {HTMLElement} element the focusable region
   * @param {Article} article @param {TextModel} model
   */
  constructor(element, article, model) {
    this.element = element;
    this.article = article;
    this.model = model;
    this.cursor = cursorAt(0);
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** Elements that are filled or outlined now. @type {Element[]} */
    this.lit = [];
    /** @type {BlockView[]} */
    this.blocks = [];
    /** @type {Map<number, Map<string, Mark>>} marks by block and key */
    this.index = new Map();
    /** @type {HTMLElement | null} */
    this.head = null;
    /** Where hangs what is about the whole article. @type {HTMLElement | null} */
    this.loose = null;
    this.paper = h("article.paper", {lang: article.language || null});
  }

  /** Build the blocks with their marks; what is outside of the text stands above them. @param {Map<string, Item>} items @param {HTMLElement | null} head stays while the text scrolls @param {HTMLElement[]} above */
  mount(items, head, above) {
    const {model, article} = this;
    const firstLine = model.blocks.length ? model.slice(model.blocks[0].start, model.blocks[0].end).trim() : "";
    const headed = model.blocks.length > 1 && firstLine === article.title.trim();
    this.blocks = model.blocks.map((block, i) => {
      const heading = headed && i === 0;
      const element = document.createElement(heading ? "h1" : "p");
      element.setAttribute("data-block", String(i));
      if (!block.first) element.className = "more";
      else if (!heading) element.setAttribute("data-n", String(model.sentenceIndex(block.start) + 1));
      return new BlockView(model, block, element);
    });
    const title = headed || !article.title.trim() ? [] : [h("h1.title", null, article.title)];
    this.index.clear();
    this.items = items;
    for (const item of items.values()) this.#learn(item, new Set());
    // Everything is built before it joins the page: one layout for the whole article.
    this.#paint(this.blocks.keys());
    this.paper.replaceChildren(...above, ...title, ...this.blocks.map((view) => view.element));
    this.loose = this.paper.querySelector(".loose");
    this.#hang(items);
    this.head = head;
    this.element.replaceChildren(...(head ? [head] : []), this.paper);
  }

  /** Show these items; only blocks whose marks changed are painted again. @param {Map<string, Item>} items @returns {number} blocks painted */
  update(items) {
    if (items === this.items) return 0;
    const changed = new Set();
    const fresh = [];
    let gone = this.items.size;
    for (const [key, item] of items) {
      const old = this.items.get(key);
      if (old) gone -= 1;
      if (looksSame(item, old)) continue;
      if (old) this.#forget(old, changed);
      fresh.push(item);
    }
    // Most often nothing is gone, and then there is nothing to look for.
    if (gone) for (const [key, item] of this.items) if (!items.has(key)) this.#forget(item, changed);
    for (const item of fresh) this.#learn(item, changed);
    this.items = items;
    this.#paint(changed);
    this.#hang(items);
    return changed.size;
  }

  /** @param {Item} item @param {Set<number>} changed */
  #forget(item, changed) {
    for (const mark of item.marks) {
      if (mark.article !== this.article.id) continue;
      for (const block of this.#blocksOf(mark)) {
        if (this.index.get(block)?.delete(mark.key)) changed.add(block);
      }
    }
  }

  /** @param {Item} item @param {Set<number>} changed */
  #learn(item, changed) {
    for (const mark of item.marks) {
      if (mark.article !== this.article.id) continue;
      for (const block of this.#blocksOf(mark)) {
        const known = this.index.get(block);
        if (known) known.set(mark.key, mark);
        else this.index.set(block, new Map([[mark.key, mark]]));
        changed.add(block);
      }
    }
  }

  /** Return the blocks a mark touches; a gap belongs to the sentence before it. @param {Mark} mark @returns {number[]} */
  #blocksOf({start, end}) {
    if (start === end) return [this.model.blockIndex(Math.max(0, start - 1))];
    const first = this.model.blockIndex(start);
    const last = this.model.blockIndex(end - 1);
    return first === last ? [first] : Array.from({length: last - first + 1}, (_, i) => first + i);
  }

  /** @param {Iterable<number>} blocks */
  #paint(blocks) {
    for (const index of blocks) {
      const marks = Array.from(this.index.get(index)?.values() ?? []);
      const gaps = marks.filter((mark) => mark.start === mark.end).sort((a, b) => a.start - b.start);
      this.blocks[index]?.paint(marks.filter((mark) => mark.start < mark.end), gaps.map((mark) => ({
        place: Math.min(Math.max(mark.start, this.blocks[index].block.start), this.blocks[index].block.end),
        element: () => gapButton(mark),
      })));
    }
  }

  /** Hang what is about the whole article beside its date: nothing that was marked is out of sight. @param {Map<string, Item>} items */
  #hang(items) {
    const place = this.loose;
    const whole = Array.from(items.values()).filter((item) => item.marks.every((mark) => mark.article !== this.article.id));
    const names = whole.map((item) => item.key).join(" ");
    if (!place || place.dataset.shown === names) return;
    place.dataset.shown = names;
    place.replaceChildren(...whole.map((item) => gapButton({
      key: item.key, item: item.key, start: 0, end: 0, article: this.article.id, role: "", badge: item.name + (item.kind === "suggestion" ? "?" : ""),
      classes: item.family, words: `${item.words}, about the whole article`,
    })));
  }

  /** Return a DOM range of code points. @param {Span} span @returns {globalThis.Range | null} */
  domRange({start, end}) {
    const first = this.blocks[this.model.blockIndex(start)]?.pointOf(start);
    const last = this.blocks[this.model.blockIndex(Math.max(start, end - 1))]?.pointOf(end);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset);
    return range;
  }

  /** Return the code point of a DOM point, null outside of the text. @param {globalThis.Node} node @param {number} offset @returns {number | null} */
  placeOf(node, offset) {
    const at = textPoint(node, offset);
    const unit = at ? UNITS.get(at.node) : undefined;
    if (!at || unit === undefined || !this.paper.contains(at.node)) return null;
    const place = unit + at.offset;
    try {
      return this.model.map.fromUtf16(place);
    } catch {
      return this.model.map.fromUtf16(place - 1);
    }
  }

  /** Return the place under a point of the screen. @param {number} x @param {number} y */
  placeAt(x, y) {
    const doc = /** @type {any} */ (document);
    const caret = doc.caretPositionFromPoint?.(x, y);
    if (caret) return this.placeOf(caret.offsetNode, caret.offset);
    const range = doc.caretRangeFromPoint?.(x, y);
    return range ? this.placeOf(range.startContainer, range.startOffset) : null;
  }

  /** Return the items whose marks cover a place, innermost first. @param {number} place @returns {string[]} */
  itemsAt(place) {
    const marks = Array.from(this.index.get(this.model.blockIndex(place))?.values() ?? []);
    const covering = marks.filter((mark) => mark.start <= place && place < mark.end);
    covering.sort((a, b) => a.end - a.start - (b.end - b.start) || (a.key < b.key ? -1 : 1));
    return Array.from(new Set(covering.map((mark) => mark.item)));
  }

  /** Return the items with a mark that covers exactly this. @param {Span} span @returns {string[]} */
  itemsOn({start, end}) {
    const found = [];
    for (const mark of this.index.get(this.model.blockIndex(start))?.values() ?? []) if (mark.start === start && mark.end === end) found.push(mark.item);
    return found;
  }

  /** Fill the marks of the selected item, outline those of the current suggestion. @param {string | null} selected @param {string | null} current */
  highlight(selected, current) {
    for (const element of this.lit) {
      element.classList.remove("on", "cur");
      element.removeAttribute("aria-details");
    }
    this.lit = this.elementsOf(selected);
    for (const element of this.lit) {
      element.classList.add("on");
      element.setAttribute("aria-details", "panel");
    }
    const asked = this.elementsOf(current);
    for (const element of asked) element.classList.add("cur");
    this.lit.push(...asked);
  }

  /** @param {string | null | undefined} key @returns {Element[]} the marks of an item on the page */
  elementsOf(key) {
    const item = key ? this.items.get(key) : undefined;
    if (!key || !item) return [];
    const name = key.startsWith("a:") ? "annotation" : "suggestion";
    const selector = `[data-${name}="${CSS.escape(key.slice(2))}"]`;
    const found = (/** @type {HTMLElement | null | undefined} */ element) => Array.from(element?.querySelectorAll(selector) ?? []);
    const blocks = new Set(item.marks.filter((mark) => mark.article === this.article.id).flatMap((mark) => this.#blocksOf(mark)));
    return found(this.loose).concat(...Array.from(blocks, (block) => found(this.blocks[block]?.element)));
  }

  /** Bring a stretch into view without moving what is in view already. @param {Span} span */
  reveal(span) {
    const block = this.blocks[this.model.blockIndex(span.start)]?.element;
    const box = this.domRange(span)?.getBoundingClientRect();
    const view = this.element.getBoundingClientRect();
    const top = view.top + 24 + (this.head?.offsetHeight ?? 0);
    if (!block || !box) return;
    if (box.top >= top && box.bottom <= view.bottom - 24 && box.height > 0) return;
    // Blocks out of view have an estimated height: let the browser lay this one out first.
    block.scrollIntoView({block: "nearest"});
    const now = this.domRange(span)?.getBoundingClientRect();
    if (now && (now.top < top || now.bottom > view.bottom - 24)) this.element.scrollTop += now.top - view.top - view.height / 2;
  }
}

/** @param {Mark} mark @returns {HTMLElement} */
function gapButton(mark) {
  const kind = mark.item.startsWith("a:") ? "annotation" : "suggestion";
  return h(`button.gap.${mark.classes.split(" ")[0] || "om"}`, {
    tabindex: "-1", [`data-${kind}`]: mark.item.slice(2), "data-role": mark.role,
    "aria-label": mark.words, "data-b": mark.badge,
  });
}

/** @param {globalThis.Node} node @param {number} offset @returns {{node: globalThis.Node, offset: number} | null} */
function textPoint(node, offset) {
  if (UNITS.has(node)) return {node, offset};
  if (node.nodeType === Node.TEXT_NODE) return null;
  const child = node.childNodes[offset];
  const walker = document.createTreeWalker(child ?? node, NodeFilter.SHOW_TEXT);
  const found = child ? walker.nextNode() ?? (UNITS.has(child) ? child : null) : lastText(walker);
  if (!found || !UNITS.has(found)) return null;
  return {node: found, offset: child ? 0 : /** @type {Text} */ (found).length};
}

/** @param {TreeWalker} walker */
function lastText(walker) {
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) last = node;
  return last;
}
