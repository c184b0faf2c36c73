/** The answers of the open ledger: what the server confirmed, what waits, what can be undone. */
import {SyncQueue} from "../workbench/sync.js";
import {apply, inverse, rebase, stateOf} from "./cells.js";

/** @import {Clock, Status} from "../workbench/sync.js" */
/** @import {Api} from "../workbench/api.js" */
/** @import {Outbox} from "../workbench/outbox.js" */
/** @import {Tabs} from "../workbench/tabs.js" */
/** @import {State} from "./cells.js" */
/** @import {Draft, Ledger, Operation, Stored} from "./types.js" */

/** Invariant: `state` is `base` with the waiting and the refused operations applied. */
export class Store {
  /** @param {Ledger} data @param {{api: Api, outbox: Outbox, tabs: Tabs, clock: Clock, makeId: () => string}} tools */
  constructor(data, {api, outbox, tabs, clock, makeId}) {
    this.api = api;
    this.outbox = outbox;
    this.tabs = tabs;
    this.makeId = makeId;
    this.revision = data.revision;
    /** @type {State} */
    this.base = stateOf(data.claims);
    this.state = this.base;
    /** @type {{undo: Draft[], redo: Draft[]}} */
    this.history = {undo: [], redo: []};
    /** @type {{op: Operation, message: string}[]} */
    this.refused = [];
    /** @type {Status} */
    this.status = "saved";
    this.resumed = false;
    /** What a person has to be told once. */
    this.news = "";
    /** @type {() => void} */
    this.changed = () => {};
    const sha = data.article.sha256;
    this.queue = new SyncQueue({
      clock, revision: data.revision,
      transport: (revision, ops) => tabs.alone(() => api.send(revision, ops, sha)),
      events: {
        applied: (ids, revision) => this.#applied(ids, revision),
        behind: (revision, missed, pending) => /** @type {any} */ (this.#behind(revision, /** @type {any} */ (missed), /** @type {any} */ (pending))),
        refused: (problems, pending) => /** @type {any} */ (this.#refuse(problems, /** @type {any} */ (pending))),
        status: (status) => { this.status = status; this.changed(); },
      },
    });
  }

  get waiting() {
    return this.queue.pending.length;
  }

  get unsent() {
    return this.waiting + this.refused.length;
  }

  /** @returns {Operation[]} */
  get pending() {
    return /** @type {any} */ (this.queue.pending);
  }

  /** Take up what an earlier visit left unsent, and listen to other windows. */
  async resume() {
    const entries = await this.tabs.orphans(await this.outbox.load());
    this.tabs.listen((revision) => void this.#catchUp(revision));
    if (entries.length) {
      const since = Math.min(...entries.map(({revision}) => revision));
      const missed = since < this.revision ? await this.#missed(since) : [];
      this.queue.add(/** @type {any} */ (this.#behind(this.revision, missed, /** @type {any} */ (entries.map(({op}) => op)))));
    }
    this.resumed = true;
    this.changed();
  }

  /** Do something and make it undoable. @param {Draft} draft */
  do(draft) {
    const back = inverse(this.state, draft);
    if (back) this.history = {undo: [...this.history.undo, back], redo: []};
    this.#commit(draft);
  }

  /** @param {"undo" | "redo"} direction @returns {string | null} the claim it was about */
  step(direction) {
    const draft = this.history[direction].at(-1);
    if (!draft) return null;
    const back = inverse(this.state, draft);
    const other = direction === "undo" ? "redo" : "undo";
    this.history = {...this.history, [direction]: this.history[direction].slice(0, -1), [other]: [...this.history[other], ...(back ? [back] : [])]};
    this.#commit(draft);
    return draft.claim;
  }

  /** Give up what the server refused. @param {string} id */
  giveUp(id) {
    this.refused = this.refused.filter(({op}) => op.id !== id);
    void this.outbox.remove([id]);
    this.#rebuild(this.pending);
  }

  /** Send what the server refused once more. */
  retry() {
    const ops = this.refused.map(({op}) => op);
    this.refused = [];
    this.queue.add(/** @type {any} */ (ops));
    void this.queue.flush();
  }

  /** Return everything that is on this computer only. */
  leftovers() {
    return [...this.pending, ...this.refused.map(({op}) => op)];
  }

  /** @param {Draft} draft */
  #commit(draft) {
    const op = {...draft, id: this.makeId(), at: new Date().toISOString()};
    this.state = apply(this.state, op);
    void this.outbox.add(/** @type {any} */ ([op]), this.revision).then(() => this.changed());
    this.queue.add(/** @type {any} */ ([op]));
    this.changed();
  }

  /** @param {string[]} ids @param {number} revision */
  #applied(ids, revision) {
    const gone = new Set(ids);
    for (const op of /** @type {Operation[]} */ (/** @type {unknown} */ (this.queue.lastBatch))) if (gone.has(op.id)) this.base = apply(this.base, op);
    this.revision = revision;
    void this.outbox.remove(ids);
    this.tabs.tell(revision);
  }

  /** @param {number} revision @param {Stored[]} missed @param {Operation[]} pending @returns {Operation[]} */
  #behind(revision, missed, pending) {
    const result = rebase(this.base, missed, pending);
    this.base = result.base;
    this.revision = revision;
    const kept = new Set(result.pending.map(({id}) => id));
    void this.outbox.remove(pending.filter(({id}) => !kept.has(id)).map(({id}) => id));
    if (result.lost.length) this.news = "A later answer from another window stands in place of one from here. The history keeps both.";
    else if (missed.some(({kind}) => kind === "add" || kind === "withdraw")) this.news = "A claim was added or taken back in another window. Load the page again to see it.";
    this.#rebuild(result.pending);
    return result.pending;
  }

  /** @param {number} revision */
  async #catchUp(revision) {
    if (revision <= this.revision) return;
    const rest = this.#behind(revision, await this.#missed(this.revision), this.pending);
    this.queue.replace(/** @type {any} */ (rest), revision);
  }

  /** @param {number} revision @returns {Promise<Stored[]>} */
  async #missed(revision) {
    const {status, body} = await this.api.get(`operations/?after=${revision}`);
    return status === 200 ? body.operations : [];
  }

  /** @param {{operation?: string, place?: string, message: string, remedy?: string}[]} problems @param {Operation[]} pending @returns {Operation[]} */
  #refuse(problems, pending) {
    const named = new Map(problems.map((one) => [one.operation || pending[0]?.id, [one.place, one.message, one.remedy].filter(Boolean).join(" ")]));
    for (const op of pending) if (named.has(op.id)) this.refused.push({op, message: named.get(op.id) ?? ""});
    return pending.filter(({id}) => !named.has(id));
  }

  /** @param {readonly Operation[]} pending */
  #rebuild(pending) {
    this.state = [...pending, ...this.refused.map(({op}) => op)].reduce(apply, this.base);
    this.changed();
  }
}
