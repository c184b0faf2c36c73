/** The annotations of the open article: what the server confirmed, what waits, what can be undone. */
import {dependents, keepMine, rebase} from "./rebase.js";
import {apply, refusal, stateOf} from "./state.js";
import {SyncQueue} from "./sync.js";
import {EMPTY, done, perform, redone, stale, undone} from "./undo.js";

/** @import {Assignment, Operation, Problem, State, StoredOperation, Suggestion} from "./types.js" */
/** @import {Conflict} from "./rebase.js" */
/** @import {Clock, Status} from "./sync.js" */
/** @import {Draft, History} from "./undo.js" */
/** @import {Api} from "./api.js" */
/** @import {Entry, Outbox} from "./outbox.js" */
/** @import {Tabs} from "./tabs.js" */

const HISTORY_PAUSE = 50;

/** Invariant: `state` is `base` with all operations of the queue and the refused ones applied. */
export class Store {
  /**
   * @param {Assignment} data
   * @param {{api: Api, outbox: Outbox, tabs: Tabs, clock: Clock, makeId: () => string}} tools
   */
  constructor(data, {api, outbox, tabs, clock, makeId}) {
    this.data = data;
    this.api = api;
    this.outbox = outbox;
    this.tabs = tabs;
    this.makeId = makeId;
    this.clock = clock;
    this.keeping = false;
    /** @type {State} */
    this.base = stateOf(data);
    this.state = this.base;
    /** @type {History} */
    this.history = EMPTY;
    /** @type {{op: Operation, problem: Problem}[]} */
    this.refused = [];
    /** @type {Conflict[]} */
    this.conflicts = [];
    /** @type {Status} */
    this.status = "saved";
    this.detail = "";
    /** Whether it is known what an earlier visit left unsent. */
    this.resumed = false;
    this.submitted = data.state === "submitted";
    /** @type {Set<() => void>} */
    this.onState = new Set();
    /** @type {Set<() => void>} */
    this.onStatus = new Set();
    const sha = data.article.sha256;
    this.queue = new SyncQueue({
      clock, revision: data.revision,
      transport: (revision, ops) => tabs.alone(() => api.send(revision, ops, sha)),
      events: {
        applied: (ids, revision, state) => this.#applied(ids, revision, state),
        behind: (revision, missed, pending) => this.#behind(missed, pending),
        refused: (problems, pending) => this.#refuse(problems, pending),
        status: (status, _, detail) => this.#tell(status, detail),
      },
    });
  }

  /** Take up what an earlier visit left unsent. */
  async resume() {
    const entries = await this.tabs.orphans(await this.outbox.load());
    this.history = (await this.outbox.loadHistory()) ?? EMPTY;
    this.tabs.listen((revision) => void this.catchUp(revision));
    if (entries.length) await this.#takeUp(entries);
    this.resumed = true;
    this.#tell(this.status, this.detail);
  }

  /** @param {Entry[]} entries */
  async #takeUp(entries) {
    const since = Math.min(...entries.map((entry) => entry.revision));
    const missed = since < this.base.revision ? await this.#missedSince(since) : [];
    const rest = this.#behind(missed, entries.map((entry) => entry.op), new Set(entries.map((entry) => entry.tab)));
    this.queue.add(rest);
  }

  /** @param {number} revision @returns {Promise<StoredOperation[]>} */
  async #missedSince(revision) {
    const {status, body} = await this.api.get(`operations/?after=${revision}`);
    return status === 200 ? body?.operations ?? body ?? [] : [];
  }

  get waiting() {
    return this.queue.pending.length;
  }

  get unsent() {
    return this.waiting + this.refused.length + this.conflicts.length;
  }

  /** Do something and make it undoable. Returns why not, "" when done. @param {Draft[]} drafts @returns {string} */
  do(drafts) {
    if (this.submitted) return "This article is submitted. Reopen it to change something.";
    const ops = this.#stamp(drafts);
    try {
      const {state, step} = perform(this.state, ops);
      this.history = done(this.history, step);
      this.#commit(state, ops);
      return "";
    } catch (error) {
      return `Nothing was changed: ${error instanceof Error ? error.message : error}.`;
    }
  }

  /** @param {"undo" | "redo"} direction @returns {string} why not, "" when done */
  step(direction) {
    if (this.submitted) return "This article is submitted. Reopen it to change something.";
    const step = this.history[direction][this.history[direction].length - 1];
    if (!step) return direction === "undo" ? "Nothing to undo." : "Nothing to redo.";
    const problem = stale(this.state, step);
    const move = direction === "undo" ? undone : redone;
    if (problem) {
      this.history = {...this.history, [direction]: this.history[direction].slice(0, -1)};
      return `This step cannot be taken back: ${problem}.`;
    }
    const ops = this.#stamp(step.back);
    const result = perform(this.state, ops);
    this.history = move(this.history, result.step);
    this.#commit(result.state, ops);
    return "";
  }

  /** Add what the worker found meanwhile; decisions made here stay. @param {Suggestion[]} suggestions */
  addSuggestions(suggestions) {
    const fresh = suggestions.filter((suggestion) => !this.base.suggestions.has(suggestion.id));
    if (!fresh.length) return 0;
    const added = /** @type {[number, Suggestion][]} */ (fresh.map((suggestion) => [suggestion.id, suggestion]));
    this.base = {...this.base, suggestions: new Map([...this.base.suggestions, ...added])};
    this.#rebuild(this.queue.pending);
    return fresh.length;
  }

  /** Learn what was saved elsewhere. @param {number} revision */
  async catchUp(revision) {
    if (revision <= this.base.revision) return;
    const missed = await this.#missedSince(this.base.revision);
    const rest = this.#behind(missed, this.queue.pending);
    this.queue.replace(rest, this.base.revision);
  }

  /** Decide a conflict; return what was done, or why it could not be. @param {Conflict} conflict @param {"mine" | "theirs"} side */
  settle(conflict, side) {
    // First my version is in the outbox anew, then what it replaces leaves it.
    const drafts = side === "mine" ? keepMine(conflict, this.state) : [];
    const problem = drafts.length ? this.do(drafts) : "";
    if (problem) return problem;
    this.conflicts = this.conflicts.filter((other) => other !== conflict);
    void this.outbox.remove(conflict.mine.map((op) => op.id));
    this.#rebuild(this.queue.pending);
    this.#tell(this.status, this.detail);
    return side === "mine" ? "Yours is kept." : "Theirs is taken.";
  }

  /** Give up an operation that the server refused. @param {string} id */
  giveUp(id) {
    this.refused = this.refused.filter(({op}) => op.id !== id);
    void this.outbox.remove([id]);
    this.#rebuild(this.queue.pending);
    this.#tell(this.status, this.detail);
  }

  /** Send what the server refused once more. */
  retry() {
    const ops = this.refused.map(({op}) => op);
    this.refused = [];
    this.queue.add(ops);
    void this.queue.flush();
  }

  /** Return everything that is on this computer only, for a person to keep as a file. */
  leftovers() {
    return [...this.queue.pending, ...this.refused.map(({op}) => op), ...this.conflicts.flatMap(({mine}) => mine)];
  }

  /** @param {readonly Draft[]} drafts @returns {Operation[]} */
  #stamp(drafts) {
    const at = new Date().toISOString();
    return drafts.map((draft) => ({...draft, id: this.makeId(), at}));
  }

  /** @param {State} state @param {Operation[]} ops */
  #commit(state, ops) {
    this.state = state;
    void this.outbox.add(ops, this.base.revision).then(() => this.#tell(this.status, this.detail));
    this.#keepHistory();
    this.queue.add(ops);
    this.#changed();
  }

  /** The undo list is long: it is written when the hand rests, not with every key. */
  #keepHistory() {
    if (this.keeping) return;
    this.keeping = true;
    this.clock.after(HISTORY_PAUSE, () => {
      this.keeping = false;
      void this.outbox.saveHistory(this.history);
    });
  }

  /** @param {string[]} ids @param {number} revision @param {string} state */
  #applied(ids, revision, state) {
    const gone = new Set(ids);
    // `applied` comes after the queue dropped them, so look in what we keep ourselves.
    this.base = this.#sent(gone).reduce((s, op) => (refusal(s, op) ? s : apply(s, op)), this.base);
    this.base = {...this.base, revision};
    this.submitted = state === "submitted";
    void this.outbox.remove(ids);
    this.tabs.tell(revision);
  }

  /** @param {ReadonlySet<string>} ids @returns {Operation[]} */
  #sent(ids) {
    return this.queue.lastBatch.filter((op) => ids.has(op.id));
  }

  /** @param {StoredOperation[]} missed @param {readonly Operation[]} pending @param {ReadonlySet<string>} [own] @returns {Operation[]} */
  #behind(missed, pending, own) {
    const result = rebase(this.base, missed, pending, own);
    this.base = result.base;
    const kept = new Set(result.pending.map((op) => op.id));
    const held = new Set(result.conflicts.flatMap(({mine}) => mine.map((op) => op.id)));
    void this.outbox.remove(pending.filter(({id}) => !kept.has(id) && !held.has(id)).map(({id}) => id));
    this.conflicts = [...this.conflicts, ...result.conflicts];
    this.#rebuild(result.pending);
    return result.pending;
  }

  /** @param {Problem[]} problems @param {readonly Operation[]} pending @returns {Operation[]} */
  #refuse(problems, pending) {
    const first = pending[0]?.id ?? "";
    const named = new Map(problems.map((problem) => [problem.operation || first, problem]));
    const held = dependents(pending, new Set(named.keys()));
    for (const op of held) {
      this.refused.push({op, problem: named.get(op.id) ?? {message: "It builds on a change that was not accepted."}});
    }
    const ids = new Set(held.map((op) => op.id));
    return pending.filter((op) => !ids.has(op.id));
  }

  /** @param {readonly Operation[]} pending */
  #rebuild(pending) {
    const all = [...pending, ...this.refused.map(({op}) => op)];
    this.state = all.reduce((state, op) => (refusal(state, op) ? state : apply(state, op)), this.base);
    this.#changed();
  }

  /** @param {Status} status @param {string} detail */
  #tell(status, detail) {
    this.status = status;
    this.detail = detail;
    for (const listener of this.onStatus) listener();
  }

  #changed() {
    for (const listener of this.onState) listener();
  }
}
