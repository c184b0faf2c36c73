/** The article beside the claims, or one of its siblings; sentences can be picked in it. */
import {byId, fill, h} from "../workbench/dom.js";
import {OffsetMap} from "../workbench/offsets.js";

/** @import {Cell, Head, Ledger, Quote} from "./types.js" */

/**
 * @typedef {{id: number, name: string, text: string, sentences: [number, number][]}} Shown
 * @typedef {{hint: string, actions: {key: string, name: string, run: (sentence: Quote) => void}[],
 *   cancel: () => void}} Pick what a picked sentence is for
 */

export class Reading {
  /** @param {Ledger} data @param {(id: number) => Promise<Shown | null>} load a sibling */
  constructor(data, load) {
    this.data = data;
    this.load = load;
    /** @type {Shown} */
    this.article = data.article;
    this.map = new OffsetMap(data.article.text);
    this.cursor = 0;
    this.wanted = data.article.id;
    /** @type {Pick | null} */
    this.pick = null;
    /** @type {(Quote | null)[]} */
    this.marked = [];
    /** @type {(text: string) => void} */
    this.say = () => {};
    this.pane = byId("article");
    this.pane.addEventListener("click", (event) => this.#click(event));
    this.pane.addEventListener("keydown", (event) => this.#key(event));
    this.#draw();
  }

  /** Show the article that is judged. */
  own() {
    this.pick = null;
    this.wanted = this.data.article.id;
    this.#show(this.data.article, []);
  }

  /** Show another article with a passage of it marked, unless a person has gone elsewhere meanwhile. @param {number} id @param {Quote[]} marked @param {() => void} then */
  async sibling(id, marked, then) {
    this.wanted = id;
    const article = id === this.article.id ? this.article : await this.load(id);
    if (this.wanted !== id) return;
    if (!article) return this.say("The article cannot be read just now.");
    this.#show(article, marked);
    then();
  }

  /** Mark the anchor of an omission, in the judged article only. @param {Cell | undefined} cell */
  anchor(cell) {
    if (this.article.id !== this.data.article.id) return;
    this.#mark(cell?.anchor ? [cell.anchor] : []);
  }

  /** Ask for a sentence of what is shown. @param {Pick} pick */
  ask(pick) {
    this.pick = pick;
    const place = this.marked[0]?.start;
    this.cursor = place === undefined ? 0 : Math.max(0, this.article.sentences.findIndex(([, end]) => end >= place));
    document.body.dataset.tab = "article";
    this.#draw();
    this.pane.focus({preventScroll: true});
    this.#point();
    this.say(`${pick.hint} ${this.sentence.quote}`);
  }

  /** @returns {Quote} */
  get sentence() {
    const [start, end] = this.article.sentences[this.cursor] ?? [0, 0];
    return {start, end, quote: this.map.slice(start, end)};
  }

  /** @param {Shown} article @param {Quote[]} marked */
  #show(article, marked) {
    const other = article.id !== this.article.id;
    this.article = article;
    this.cursor = 0;
    if (other) this.map = new OffsetMap(article.text);
    this.marked = marked;
    this.#draw();
    if (other) this.pane.scrollTop = 0;
    this.pane.querySelector(".marked")?.scrollIntoView({block: "center"});
  }

  /** @param {Quote[]} marked */
  #mark(marked) {
    if (JSON.stringify(marked) === JSON.stringify(this.marked)) return;
    this.marked = marked;
    this.#draw();
    this.pane.querySelector(".marked")?.scrollIntoView({block: "nearest"});
  }

  #draw() {
    const own = this.article.id === this.data.article.id;
    const lines = this.article.text.split("\n");
    let start = 0;
    const blocks = lines.map((line, number) => {
      const from = start;
      start += Array.from(line).length + 1;
      if (!line.trim()) return null;
      const heading = number === 0 && lines.length > 1;
      return h(heading ? "h2" : "p", null, this.#sentences(from, start - 1));
    });
    const head = /** @type {Head | undefined} */ (own ? this.data.article : this.data.siblings.find(({id}) => id === this.article.id));
    const date = head?.published && new Date(head.published).toLocaleDateString([], {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
    fill(byId("which"), own ? h("b", null, "This article") : [h("b", null, "Another article"), h("button.btn", {onclick: () => { this.pick?.cancel(); this.own(); }}, "Back to this article")],
      h("span.dim.small", null, [head?.outlet, date, head && `${head.words} words`].filter(Boolean).join(" · ")));
    fill(byId("pick"), this.pick && [h("p", null, this.pick.hint), this.pick.actions.map(({key, name, run}) => h("button.btn", {onclick: () => run(this.sentence)}, h("kbd", null, key), name)),
      h("button.btn.quiet", {onclick: this.pick.cancel}, h("kbd", null, "Esc"), "Cancel")]);
    byId("pick").hidden = !this.pick;
    this.pane.classList.toggle("picking", !!this.pick);
    fill(this.pane, h("article.paper", {lang: head?.language || null}, blocks));
    this.#point();
  }

  /** Return a line as text and sentences; a gap stands behind the sentence that it follows. @param {number} from @param {number} to */
  #sentences(from, to) {
    /** @type {any[]} */
    const parts = [];
    let place = from;
    this.article.sentences.forEach(([start, end], index) => {
      const [a, b] = [Math.max(start, place), Math.min(end, to)];
      if (a >= b) return;
      parts.push(this.map.slice(place, a));
      const on = this.marked.some((mark) => mark && mark.start < b && mark.end > a);
      const gap = this.marked.find((mark) => mark && mark.start === mark.end && mark.start > a && mark.start <= b && b === end);
      parts.push(h(`span.s${on ? ".marked" : ""}`, {"data-s": index}, this.map.slice(a, b)), gap && h("span.gap.marked", {role: "img", "aria-label": "the missing fact would stand here"}, "▾"));
      place = b;
    });
    return [...parts, this.map.slice(place, to)];
  }

  #point() {
    for (const span of this.pane.querySelectorAll(".s")) span.classList.toggle("cur", !!this.pick && Number(/** @type {HTMLElement} */ (span).dataset.s) === this.cursor);
    if (this.pick) this.pane.querySelector(".cur")?.scrollIntoView({block: "nearest"});
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const span = /** @type {HTMLElement} */ (event.target).closest?.("[data-s]");
    if (!this.pick || !(span instanceof HTMLElement)) return;
    this.cursor = Number(span.dataset.s);
    this.#point();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.pick || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = /** @type {Record<string, number>} */ ({ArrowDown: 1, j: 1, ArrowUp: -1, k: -1})[event.key];
    const action = this.pick.actions.find(({key}) => key === event.key || (key === "↵" && event.key === "Enter"));
    if (by) {
      this.cursor = Math.max(0, Math.min(this.article.sentences.length - 1, this.cursor + by));
      this.#point();
      this.say(this.sentence.quote);
    } else if (action) action.run(this.sentence);
    else if (event.key === "Escape") this.pick.cancel();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
