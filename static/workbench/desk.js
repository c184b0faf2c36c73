/** What the annotator has before them: places, selection, open groups. Views listen to it. */
import {Codebook} from "./codebook.js";
import {cursorAt, isWord, rangeOf} from "./cursor.js";
import {itemsOf} from "./items.js";
import {Keymap} from "./keymap.js";
import {undecided} from "./triage.js";

/** @import {Annotation, Assignment, Part, Problem, Range, State, Suggestion} from "./types.js" */
/** @import {Item} from "./items.js" */
/** @import {Pane} from "./pane.js" */
/** @import {Store} from "./store.js" */
/** @import {Draft} from "./undo.js" */

/**
 * @typedef {{anchor: Part | null, candidates: Candidate[], index: number}} OmissionDraft
 * @typedef {{part: Part, suggestion: number | null, where: string}} Candidate
 * @typedef {{like: Annotation, ranges: Range[], index: number}} Others
 */

/** The state of the screen. Changes go through `set`, which tells the listeners. */
export class Desk {
  /** @param {Assignment} data @param {Store} store */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.codebook = new Codebook(data.scheme, data.project.preset);
    this.keymap = new Keymap(data.bindings, data.annotator.keys);
    /** @type {Pane} */
    this.main = /** @type {any} */ (null);
    /** @type {Pane | null} */
    this.sibling = null;
    /** @type {Pane} the pane whose cursor the keys move */
    this.pane = /** @type {any} */ (null);
    /** Whether single keys act. */
    this.mode = true;
    /** @type {string | null} key of the selected item */
    this.selected = null;
    /** @type {object | null} the cursor of this article at that moment */
    this.selectedAt = null;
    /** @type {Annotation | null} a suggestion that is being changed before it is accepted */
    this.draft = null;
    /** @type {number | null} the suggestion that is asked about */
    this.current = null;
    /** Whether the hand is on the suggestion, or waits for the first one (true), or is in the text (false). */
    this.triaging = true;
    /** @type {string | null} the relation that parts join */
    this.group = null;
    /** @type {Part[]} */
    this.ghosts = [];
    /** @type {{device: string, label: string} | null} */
    this.armed = null;
    /** @type {OmissionDraft | null} */
    this.omission = null;
    /** Keys of what lies at the place that was chosen last, innermost first. @type {string[]} */
    this.stack = [];
    /** @type {Others | null} */
    this.others = null;
    /** @type {"selected" | "all" | "open"} */
    this.tab = "selected";
    /** @type {Problem[] | null} what the server still wants before submission */
    this.unfinished = null;
    this.touch = false;
    /** Whether a change waits to be told. */
    this.told = false;
    /** Whether the slower views wait for the next frame. */
    this.late = false;
    /** @type {Map<string, Item>} */
    this.items = itemsOf(store.state, this.codebook);
    /** What shows a change at once: text, marks, question. @type {Set<() => void>} */
    this.listeners = new Set();
    /** What follows when the text is on the screen: rail and panel. @type {Set<() => void>} */
    this.followers = new Set();
    /** @type {(text: string) => void} */
    this.say = () => {};
    this.current = this.undecided[0]?.id ?? null;
    store.onState.add(() => this.#stateChanged());
  }

  /** @returns {State} */
  get state() {
    return this.store.state;
  }

  get articleId() {
    return this.data.article.id;
  }

  /** Change what is before the annotator and tell the views. @param {Partial<Desk>} changes */
  set(changes) {
    Object.assign(this, changes);
    this.tell();
  }

  /** Tell the views once, after everything that one key press changes. */
  tell() {
    if (this.told) return;
    this.told = true;
    queueMicrotask(() => this.#show());
  }

  /** Tell all views now: what follows needs the page as it will be. */
  flush() {
    this.#show();
    this.#follow();
  }

  #show() {
    if (!this.told) return;
    this.told = false;
    for (const listener of this.listeners) listener();
    if (this.late) return;
    this.late = true;
    const soon = () => { setTimeout(() => this.#follow()); };
    // A tab in the background gets no frames.
    if (document.hidden) soon();
    else requestAnimationFrame(soon);
  }

  #follow() {
    if (!this.late) return;
    this.late = false;
    for (const follower of this.followers) follower();
  }

  /** The selected annotation, or the draft of a suggestion. @returns {Annotation | null} */
  get annotation() {
    if (this.draft) return this.draft;
    return this.selected?.startsWith("a:") ? this.state.annotations.get(this.selected.slice(2)) ?? null : null;
  }

  /** @returns {Annotation[]} */
  get annotations() {
    return Array.from(this.state.annotations.values());
  }

  /** The relation that parts join. @returns {Annotation | undefined} */
  get joining() {
    return this.state.annotations.get(this.group ?? "");
  }

  /** @returns {Suggestion | null} */
  get suggestion() {
    return this.current === null ? null : this.state.suggestions.get(this.current) ?? null;
  }

  /** @returns {Suggestion[]} in the order they are asked */
  get undecided() {
    return undecided(this.state, this.articleId);
  }

  /** What the keys would mark now. @returns {Range | null} */
  get range() {
    return this.pane ? rangeOf(this.pane.model, this.pane.cursor) : null;
  }

  /** Whether more than the word at the cursor was chosen on purpose. */
  get chosen() {
    const {cursor} = this.pane;
    return cursor.grown.length > 0 || cursor.focus !== cursor.anchor;
  }

  /** @param {string} role @param {Range} range @param {Pane} [pane] @returns {Part} */
  part(role, range, pane = this.pane) {
    return {role, start: range.start, end: range.end, quote: pane.model.slice(range.start, range.end), article: pane.article.id};
  }

  /** Make an annotation with nothing in it yet. @param {string} device @param {string} label @param {Part[]} parts @returns {Annotation} */
  blank(device, label, parts) {
    return {
      id: this.store.makeId(), device, label, parts, attributes: this.codebook.defaults(device), note: "",
      confidence: "", flag: "", suggestion: null, edited: false, revision: 0,
    };
  }

  /** Do operations; what cannot be done is said. @param {Draft[]} drafts @returns {boolean} */
  perform(drafts) {
    const problem = this.store.do(drafts);
    if (problem) this.say(problem);
    return !problem;
  }

  /** The words that the keys would mark now. */
  get words() {
    return this.range ? this.pane.model.slice(this.range.start, this.range.end) : "";
  }

  /** Go back to the bare word after something was marked; a sentence ends with a mark, not a word. */
  collapse() {
    const {model, cursor} = this.pane;
    let word = cursor.focus;
    while (word > 0 && !isWord(model, word)) word -= 1;
    this.pane.cursor = cursorAt(word);
    this.tell();
  }

  /** Whether the cursor went on to other words since something was selected. */
  get movedOn() {
    return !this.omission && this.main.cursor !== this.selectedAt;
  }

  /** Put the cursor on what lies in this article of something and bring it into view. @param {{parts: readonly (Range & {article: number})[]}} source */
  visit({parts}) {
    const part = parts.find(({article}) => article === this.articleId);
    if (!part) return;
    this.main.cursor = cursorAt(this.main.model.tokenIndex(part.start));
    this.main.reveal(part);
  }

  /** Select an item and show its card. @param {string | null} key @param {Partial<Desk>} [more] */
  select(key, more = {}) {
    const same = key === this.selected;
    this.set({selected: key, selectedAt: this.main.cursor, draft: null, tab: key ? "selected" : this.tab, ...(same ? {} : {group: null, ghosts: []}), ...more});
  }

  #stateChanged() {
    this.items = itemsOf(this.state, this.codebook);
    if (this.selected && !this.items.has(this.selected)) Object.assign(this, {selected: null, group: null, ghosts: []});
    if (this.draft && this.state.suggestions.get(this.draft.suggestion ?? 0)?.decision) this.draft = null;
    if (this.group && !this.state.annotations.has(this.group)) Object.assign(this, {group: null, ghosts: []});
    if (this.suggestion?.decision || (this.current !== null && !this.suggestion)) this.current = null;
    if (this.current === null) this.current = this.undecided[0]?.id ?? null;
    this.unfinished = null;
    this.tell();
  }
}
