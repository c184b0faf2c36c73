/** Submit, open again, go to the next article. */
import {byId} from "./dom.js";
import {stillOpen} from "./lists.js";
import {notify, withdraw} from "./notices.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @param {(assignment: number) => string} pageOf @param {string} home */
export function finisher(desk, pageOf, home) {
  const {store} = desk;

  /** @param {string} text @param {() => void} run */
  function failed(text, run) {
    notify(desk, {id: "submit", text, actions: [{name: "Try again", run: () => { withdraw(desk, "submit"); run(); }}]});
  }

  /** Submit when nothing is open; otherwise show what is. */
  async function submit() {
    if (store.submitted) return next(desk.data.queue.next);
    withdraw(desk, "submit");
    desk.unfinished = null;
    if (stillOpen(desk).length) return showOpen();
    if (store.unsent) await store.queue.flush();
    if (store.unsent) return failed("Not submitted: some changes are not saved yet. They are kept.", submit);
    const {status, body} = await store.api.post("submit/", {revision: store.base.revision});
    if (status === 200) {
      store.submitted = true;
      return next(body?.next ?? desk.data.queue.next);
    }
    if (status === 400 && body?.problems) {
      desk.set({unfinished: body.problems});
      return showOpen();
    }
    if (status === 412 && body) {
      await store.catchUp(body.revision);
      return failed("Not submitted: it was changed in another place. The changes are shown now.", submit);
    }
    failed(`Not submitted. ${why(status, body)}`, submit);
  }

  function showOpen() {
    desk.set({tab: "open"});
    document.body.dataset.tab = "side";
    desk.flush();
    byId("panel").querySelector("button")?.focus();
    desk.say(`${stillOpen(desk).length} still open.`);
  }

  /** @param {number | null} id */
  function next(id) {
    location.assign(id === null ? home : pageOf(id));
  }

  async function reopen() {
    const {status, body} = await store.api.post("reopen/", {});
    if (status !== 200) return failed(`Not opened again. ${why(status, body)}`, reopen);
    store.submitted = false;
    withdraw(desk, "submitted");
    withdraw(desk, "submit");
    await store.queue.flush();
    desk.tell();
    desk.say("Open again.");
  }

  if (store.submitted) {
    /** @type {{name: string, run: () => void}[]} */
    const actions = desk.data.project.may_reopen ? [{name: "Open again", run: () => void reopen()}] : [];
    if (desk.data.queue.next !== null) actions.push({name: "Next article", run: () => next(desk.data.queue.next)});
    const text = desk.data.project.may_reopen ? "Open it again to change something." : "The project keeps submitted articles closed: ask its researcher.";
    notify(desk, {id: "submitted", text: `This article is submitted. ${text}`, actions});
  }
  return {submit: () => void submit(), reopen: () => void reopen()};
}

/** @param {number} status @param {any} body */
function why(status, body) {
  return status ? body?.detail ?? `The server answered ${status}.` : "The server did not answer.";
}
