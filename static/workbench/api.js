/** Talk to the server: JSON both ways, a status for every outcome, 0 for no answer. */

/** @import {Answer} from "./sync.js" */
/** @import {Operation} from "./types.js" */

/** A request that hangs longer counts as no answer: other tabs wait for it. */
const PATIENCE = 30_000;

/** The endpoints of one assignment. */
export class Api {
  /** @param {{base: string, csrf: () => string, tab: string}} options base ends in a slash */
  constructor({base, csrf, tab}) {
    this.base = base;
    this.csrf = csrf;
    this.tab = tab;
  }

  /** @param {string} [path] @returns {Promise<Answer>} */
  get(path = "") {
    return this.#ask(path, {});
  }

  /** @param {string} path @param {any} body @param {Record<string, string>} [headers] @param {boolean} [keepalive] @returns {Promise<Answer>} */
  post(path, body, headers = {}, keepalive = false) {
    return this.#ask(path, {
      method: "POST",
      body: JSON.stringify(body),
      keepalive,
      headers: {"Content-Type": "application/json", "X-CSRFToken": this.csrf(), ...headers},
    });
  }

  /** @param {number} revision @param {readonly Operation[]} operations @param {string} sha256 */
  send(revision, operations, sha256) {
    const body = {text_sha256: sha256, tab: this.tab, operations};
    // Browsers refuse keepalive bodies above 64 KiB; the outbox keeps those anyway.
    const small = operations.length < 40;
    return this.post("operations/", body, {"If-Match": `"${revision}"`}, small && document.visibilityState === "hidden");
  }

  /** @param {string} path @param {RequestInit} init @returns {Promise<Answer>} */
  async #ask(path, init) {
    try {
      const response = await fetch(this.base + path, {
        credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...init,
        headers: {Accept: "application/json", ...init.headers},
      });
      // A redirect of an API call is a sign-in page.
      if (response.type === "opaqueredirect") return {status: 401, body: null};
      const retry = Number(response.headers.get("Retry-After"));
      return {status: response.status, body: await bodyOf(response), retryAfter: retry > 0 ? retry : undefined};
    } catch {
      return {status: 0, body: null};
    }
  }
}

/** @param {Response} response @returns {Promise<any>} */
async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** @param {string} name @returns {string} */
export function cookie(name) {
  const pairs = document.cookie.split("; ").map((pair) => pair.split("="));
  return decodeURIComponent(pairs.find(([key]) => key === name)?.[1] ?? "");
}
