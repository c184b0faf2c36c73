/** Unsent operations and the undo list on this computer's disk: they survive reload and kill. */

/** @import {Operation} from "./types.js" */
/** @import {History} from "./undo.js" */

/** @typedef {{id: string, assignment: number, sequence: number, tab: string,
 *   revision: number, op: Operation}} Entry
 *   `revision` is the one the page stood on. */

const NAME = "framing-workbench";
/** Some private windows never answer at all: the article opens without a store then. */
const PATIENCE = 3000;

/** IndexedDB, or memory where the browser forbids it; `durable` says which. */
export class Outbox {
  /** @param {number} assignment @param {string} tab */
  constructor(assignment, tab) {
    this.assignment = assignment;
    this.tab = tab;
    /** @type {IDBDatabase | null} */
    this.database = null;
    this.sequence = 0;
    this.trouble = "";
  }

  get durable() {
    return this.database !== null && !this.trouble;
  }

  async open() {
    try {
      this.database = await openDatabase();
    } catch (error) {
      this.trouble = String(error);
    }
    return this;
  }

  /** Return the operations of this assignment that no server confirmed, oldest first. @returns {Promise<Entry[]>} */
  async load() {
    const all = await this.#run("operations", "readonly", (store) => store.index("assignment").getAll(this.assignment));
    const entries = /** @type {Entry[]} */ (all ?? []).sort((a, b) => a.sequence - b.sequence);
    this.sequence = entries.length ? entries[entries.length - 1].sequence : 0;
    return entries;
  }

  /** @param {readonly Operation[]} ops @param {number} revision */
  add(ops, revision) {
    // The sequence is the clock, so that two tabs interleave as they were typed.
    const entries = ops.map((op) => {
      this.sequence = Math.max(this.sequence + 1, Date.now());
      return {id: op.id, assignment: this.assignment, sequence: this.sequence, tab: this.tab, revision, op};
    });
    return this.#run("operations", "readwrite", (store) => entries.map((entry) => store.put(entry)).pop());
  }

  /** @param {readonly string[]} ids */
  remove(ids) {
    return this.#run("operations", "readwrite", (store) => ids.map((id) => store.delete(id)).pop());
  }

  /** @param {History} history */
  saveHistory(history) {
    return this.#run("history", "readwrite", (store) => store.put({assignment: this.assignment, history}));
  }

  /** @returns {Promise<History | null>} */
  async loadHistory() {
    const found = await this.#run("history", "readonly", (store) => store.get(this.assignment));
    return found?.history ?? null;
  }

  /**
   * @param {string} name @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<any> | undefined} work @returns {Promise<any>}
   */
  async #run(name, mode, work) {
    if (!this.database) return null;
    try {
      const transaction = this.database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return request?.result ?? null;
    } catch (error) {
      this.trouble = String(error);
      return null;
    }
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    setTimeout(() => reject(new Error("the store does not answer")), PATIENCE);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("operations", {keyPath: "id"}).createIndex("assignment", "assignment");
      request.result.createObjectStore("history", {keyPath: "assignment"});
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
