/** What is on the page now, and everything a key or a button can do to it. */
import {answered} from "./cells.js";

/** @import {Api} from "../workbench/api.js" */
/** @import {Reading} from "./reading.js" */
/** @import {Store} from "./store.js" */
/** @import {Answer, Cell, Claim, Ledger} from "./types.js" */

export const ANSWERS = /** @type {const} */ ([
  ["r", "reported", "reported"], ["p", "partly", "partly"], ["o", "omitted", "omitted"], ["n", "not_applicable", "not applicable"],
]);

/** @typedef {{statement: string, evidence: import("./types.js").Passage[]}} Adding what is being added */

export class Desk {
  /** @param {Ledger} data @param {Store} store @param {Api} api @param {Reading} reading */
  constructor(data, store, api, reading) {
    this.data = data;
    this.store = store;
    this.api = api;
    this.reading = reading;
    this.current = "";
    /** The kind of an omission is being asked for. */
    this.asking = false;
    /** @type {Adding | null} */
    this.adding = null;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {(text: string) => void} */
    this.say = () => {};
    this.due = false;
    this.held = false;
    this.current = (this.rows.find(({id}) => !this.cell(id)) ?? this.rows[0])?.id ?? "";
  }

  /** The claims on the page: the server's, without those taken back, and then one's own new ones. @returns {Claim[]} */
  get rows() {
    const {added} = this.store.state;
    const known = new Set(this.data.claims.map(({id}) => id));
    const fresh = [...added].filter(([id]) => !known.has(id)).map(([id, {statement, evidence}]) => ({
      id, statement, mine: true, open: true, outlets: 1, salience: 1, rules: [], cell: null,
      evidence: evidence.map((part) => ({...part, why_not: "", ...this.named(part.article)})),
    }));
    return [...this.data.claims.filter(({id, mine}) => !mine || added.has(id)), ...fresh];
  }

  get claim() {
    return this.rows.find(({id}) => id === this.current);
  }

  /** @param {string} id @returns {Cell | undefined} */
  cell(id) {
    return this.store.state.cells.get(id);
  }

  get answered() {
    return this.rows.filter(({id}) => this.cell(id)).length;
  }

  /** @param {number} article */
  named(article) {
    const {name = "", outlet = ""} = this.data.siblings.find(({id}) => id === article) ?? {};
    return {name, outlet};
  }

  /** Repaint soon: leaving a field must not take away the button that is being pressed. */
  tell() {
    if (this.due) return;
    this.due = true;
    setTimeout(() => { if (!this.held) this.flush(); });
  }

  /** Repaint now, if anything changed. */
  flush() {
    if (!this.due) return;
    this.due = false;
    for (const listener of this.listeners) listener();
  }

  /** Wait with repainting while a button is pressed. @param {boolean} held */
  hold(held) {
    this.held = held;
    if (!held) setTimeout(() => this.flush());
  }

  /** Go to a claim and put the hand on it. @param {string} id */
  go(id) {
    this.current = id;
    this.asking = false;
    this.reading.own();
    this.tell();
    this.hand();
  }

  /** Put the hand on the current claim. */
  hand() {
    this.flush();
    const header = /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="claim:${this.current}"]`));
    header?.focus({preventScroll: true});
    header?.closest("li")?.scrollIntoView({block: "nearest"});
  }

  /** @param {1 | -1} by */
  move(by) {
    const {rows} = this;
    const at = rows.findIndex(({id}) => id === this.current) + by;
    if (rows[at]) this.go(rows[at].id);
    else this.say(by > 0 ? "This is the last claim." : "This is the first claim.");
  }

  /** Go to the next claim without an answer, or stay and say that there is none. */
  next() {
    const {rows} = this;
    const at = rows.findIndex(({id}) => id === this.current);
    const open = [...rows.slice(at + 1), ...rows.slice(0, at)].find(({id}) => !this.cell(id));
    if (open) return this.go(open.id);
    this.say("Every claim is answered.");
    this.tell();
    this.hand();
  }

  /** @param {Answer} answer */
  answer(answer) {
    const {claim} = this;
    if (!claim) return;
    const before = this.cell(claim.id);
    const after = answered(answer, before);
    if (after !== before) this.store.do({kind: "judge", claim: claim.id, cell: after});
    this.say(`${answer.replace("_", " ")}.`);
    if (answer !== "omitted") return this.next();
    this.asking = this.data.codebook.kinds.length > 0;
    this.tell();
    if (this.asking) this.say("Omitted. Of which kind?");
  }

  /** Change details of the current omission. @param {Partial<Cell>} change */
  detail(change) {
    const before = this.cell(this.current);
    if (!before) return;
    const cell = {...before, ...change};
    if (JSON.stringify(cell) === JSON.stringify(before)) return;
    this.store.do({kind: "judge", claim: this.current, cell});
    this.tell();
  }

  /** @param {string} kind */
  name(kind) {
    this.asking = false;
    this.detail({kind});
    this.tell();
    this.say(`${this.kindName(kind)}. Enter goes on.`);
  }

  /** @param {string} id */
  kindName(id) {
    return this.data.codebook.kinds.find((kind) => kind.id === id)?.name ?? id;
  }

  /** Take the answer to the current claim back. */
  clear() {
    if (!this.cell(this.current)) return this.say("This claim is not answered.");
    this.asking = false;
    this.store.do({kind: "clear", claim: this.current});
    this.tell();
    this.say("The answer is taken back.");
  }

  /** Take back a claim of one's own. */
  withdraw() {
    const {claim} = this;
    if (!claim?.mine) return;
    const at = this.rows.indexOf(claim);
    this.store.do({kind: "withdraw", claim: claim.id});
    const {rows} = this;
    this.go((rows[at] ?? rows[at - 1])?.id ?? "");
    this.say("The claim is taken back.");
  }

  /** @param {"undo" | "redo"} direction */
  step(direction) {
    const claim = this.store.step(direction);
    if (claim === null) return this.say(`Nothing to ${direction}.`);
    if (this.rows.some(({id}) => id === claim)) this.current = claim;
    this.asking = false;
    this.tell();
    this.hand();
    this.say(direction === "undo" ? "Taken back." : "Done again.");
  }
}
