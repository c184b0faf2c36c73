/** Several tabs on one assignment: one sends at a time, and all learn what was saved. */

/** @import {Entry} from "./outbox.js" */

/** The neighbours of this tab. Without the browser's help the server stays right all the same. */
export class Tabs {
  /** @param {number} assignment @param {string} tab */
  constructor(assignment, tab) {
    this.name = `workbench-${assignment}`;
    this.tab = tab;
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(this.name);
    // Held for life: another tab sees by it that this one still cares for its own operations.
    navigator.locks?.request(`${this.name}-${tab}`, () => new Promise(() => {}));
  }

  /** @param {(revision: number) => void} listener hears that another tab saved up to a revision */
  listen(listener) {
    this.channel?.addEventListener("message", (event) => listener(event.data.revision));
  }

  /** @param {number} revision */
  tell(revision) {
    this.channel?.postMessage({revision});
  }

  /** Run while no other tab sends. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  alone(work) {
    if (!navigator.locks) return work();
    return /** @type {Promise<any>} */ (navigator.locks.request(`${this.name}-send`, work));
  }

  /** Return the entries that no living tab cares for: ours, and those of tabs that are gone. @param {Entry[]} entries */
  async orphans(entries) {
    const held = (await navigator.locks?.query())?.held ?? [];
    const living = new Set(held.map((lock) => lock.name));
    return entries.filter(({tab}) => tab === this.tab || !living.has(`${this.name}-${tab}`));
  }
}
