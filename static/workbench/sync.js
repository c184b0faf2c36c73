/**
 * Send operations in small batches until the server has them all.
 *
 * Invariants: an operation leaves the list only when the server names it as applied (or a person
 * gave it up); one request is under way at a time; the order of operations never changes.
 */

/** @import {Operation, Problem, StoredOperation} from "./types.js" */

/**
 * @typedef {{status: number, body: any, retryAfter?: number}} Answer status 0: no answer came
 * @typedef {(revision: number, operations: readonly Operation[]) => Promise<Answer>} Transport
 * @typedef {{now: () => number, after: (ms: number, run: () => void) => unknown,
 *   cancel: (handle: unknown) => void, random: () => number}} Clock
 * @typedef {"saved" | "waiting" | "sending" | "offline" | "busy" | "signed out" | "withdrawn"
 *   | "submitted" | "refused"} Status
 * @typedef {{applied: (ids: string[], revision: number, state: string) => void,
 *   behind: (revision: number, missed: StoredOperation[], pending: readonly Operation[]) => Operation[],
 *   refused: (problems: Problem[], pending: readonly Operation[]) => Operation[],
 *   status: (status: Status, waiting: number, detail: string) => void}} Events
 *   `behind` and `refused` return the operations that are to be sent from now on.
 */

const IDLE = 300;
const LATEST = 5000;
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 60000;
/** Seconds a server may ask to be left alone. */
const LONGEST_WISH = 600;
export const BATCH = 200;

/** Statuses after which sending waits for a person. */
const HALTS = /** @type {Record<number, Status>} */ ({401: "signed out", 403: "withdrawn", 404: "withdrawn", 409: "submitted"});

/** The queue of one open assignment. */
export class SyncQueue {
  /** @param {{transport: Transport, clock: Clock, events: Events, revision: number}} options */
  constructor({transport, clock, events, revision}) {
    this.transport = transport;
    this.clock = clock;
    this.events = events;
    this.revision = revision;
    /** @type {Operation[]} */
    this.pending = [];
    /** @type {readonly Operation[]} */
    this.lastBatch = [];
    this.limit = BATCH;
    this.failures = 0;
    /** @type {Status} */
    this.status = "saved";
    this.sending = false;
    /** @type {Promise<void> | null} the request under way */
    this.flight = null;
    /** @type {unknown} */
    this.timer = null;
    this.oldest = 0;
  }

  /** @param {readonly Operation[]} ops */
  add(ops) {
    if (!ops.length) return;
    if (!this.pending.length) this.oldest = this.clock.now();
    this.pending.push(...ops);
    if (this.halted) return this.#tell(this.status);
    if (!this.failures) this.#tell("waiting");
    else this.#tell(this.status);
    this.#schedule();
  }

  get halted() {
    return Object.values(HALTS).includes(this.status);
  }

  /** Replace what is waiting, after a person decided. @param {Operation[]} ops @param {number} revision */
  replace(ops, revision) {
    this.pending = ops.slice();
    this.revision = revision;
    if (!ops.length && !this.halted) return this.#tell("saved");
    if (!this.halted) this.#schedule();
  }

  /** Try again now: signed in again, reopened, back online, or the page hides. */
  async flush() {
    while (this.sending) await this.flight;
    if (this.halted) this.status = "waiting";
    this.#cancel();
    await this.#send();
  }

  #cancel() {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = null;
  }

  #schedule() {
    if (this.sending) return;
    if (this.timer !== null && this.failures) return;
    this.#cancel();
    const wait = this.failures ? this.#backOff() : Math.max(0, Math.min(IDLE, this.oldest + LATEST - this.clock.now()));
    this.#later(wait);
  }

  /** @param {number} wait */
  #later(wait) {
    this.timer = this.clock.after(wait, () => {
      this.timer = null;
      void this.#send();
    });
  }

  /** Exponential with full jitter, never below half a second. */
  #backOff() {
    const ceiling = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1));
    return 500 + this.clock.random() * ceiling;
  }

  #send() {
    if (this.sending || this.halted) return this.flight;
    if (!this.pending.length) return this.#tell("saved");
    this.flight = this.#carry(this.pending.slice(0, this.limit));
    return this.flight;
  }

  /** @param {readonly Operation[]} batch */
  async #carry(batch) {
    this.lastBatch = batch;
    this.sending = true;
    if (!this.failures) this.#tell("sending");
    let answer;
    try {
      answer = await this.transport(this.revision, batch);
    } catch {
      answer = {status: 0, body: null};
    }
    this.sending = false;
    this.#take(answer, batch);
  }

  /** @param {Answer} answer @param {readonly Operation[]} batch */
  #take(answer, batch) {
    const {status, body} = answer;
    if (status === 200 && body) return this.#applied(body);
    if (status === 412 && body) return this.#behind(body);
    if (status === 413 && batch.length > 1) {
      this.limit = Math.max(1, Math.floor(batch.length / 2));
      return this.#again();
    }
    if (status === 400 || status === 413 || status === 428) return this.#refused(body, batch, status);
    if (HALTS[status]) return this.#tell(HALTS[status], body?.detail ?? "");
    this.failures += 1;
    this.#tell(status === 0 ? "offline" : "busy", status ? `the server answered ${status}` : "");
    const wait = this.#backOff();
    this.#later(Math.max(wait, Math.min(answer.retryAfter ?? 0, LONGEST_WISH) * 1000));
  }

  /** @param {{revision: number, state: string, applied: string[]}} body */
  #applied(body) {
    const gone = new Set(body.applied);
    const before = this.pending.length;
    this.pending = this.pending.filter((op) => !gone.has(op.id));
    this.revision = body.revision;
    this.events.applied(body.applied, body.revision, body.state);
    // A server that says yes and applies nothing must not be asked in a tight loop.
    if (this.pending.length === before) return this.#stall();
    this.#again();
  }

  #stall() {
    this.failures += 1;
    this.#tell("busy", "the server did not confirm the changes");
    this.#later(this.#backOff());
  }

  /** @param {{revision: number, operations: StoredOperation[]}} body */
  #behind(body) {
    const moved = body.revision !== this.revision || body.operations.length > 0;
    this.pending = this.events.behind(body.revision, body.operations, this.pending);
    this.revision = body.revision;
    if (!moved) return this.#stall();
    this.#again();
  }

  /** @param {any} body @param {readonly Operation[]} batch @param {number} status */
  #refused(body, batch, status) {
    const given = body?.problems?.length ? body.problems : null;
    const problems = given ?? [{operation: batch[0].id, message: `the server answered ${status}` + (body?.detail ? `: ${body.detail}` : "")}];
    const before = this.pending.length;
    this.pending = this.events.refused(problems, this.pending);
    if (this.pending.length === before) return this.#stall();
    this.#again();
  }

  #again() {
    this.failures = 0;
    if (!this.pending.length) return this.#tell("saved");
    this.oldest = this.clock.now();
    this.#tell("waiting");
    this.#cancel();
    this.#later(0);
  }

  /** @param {Status} status @param {string} [detail] */
  #tell(status, detail = "") {
    this.status = status;
    this.events.status(status, this.pending.length, detail);
  }
}
