/** Submit, open again, go to the next article. */
import {byId} from "./dom.js";
import {stillOpen} from "./lists.js";
import {notify, withdraw} from "./notices.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @param {(assignment: number) => string} pageOf @param {string} home */
export function finisher(desk, pageOf, home) {
  const {store} = desk;

  /** Submit when nothing is open; otherwise show what is. */
  async function submit() {
    if (store.submitted) return next(desk.data.queue.next);
    desk.unfinished = null;
    if (stillOpen(desk).length) return showOpen();
    if (store.unsent) await store.queue.flush();
    if (store.unsent) return desk.say("Not submitted: some changes are not saved yet.");
    const {status, body} = await store.api.post("submit/", {revision: store.base.revision});
    if (status === 200) {
      store.submitted = true;
      return next(body?.next ?? desk.data.queue.next);
    }
    if (status === 400 && body?.problems) {
      desk.set({unfinished: body.problems});
      return showOpen();
    }
    const why = status === 0 ? "The server did not answer." : body?.detail ?? `The server answered ${status}.`;
    notify(desk, {id: "submit", text: `Not submitted. ${why}`, actions: [{name: "Try again", run: () => { withdraw(desk, "submit"); void submit(); }}]});
  }

  function showOpen() {
    desk.set({tab: "open"});
    document.body.dataset.tab = "side";
    desk.flush();
    const first = byId("panel").querySelector("button");
    if (first instanceof HTMLElement) first.focus();
    desk.say(`${stillOpen(desk).length} still open.`);
  }

  /** @param {number | null} id */
  function next(id) {
    location.assign(id === null ? home : pageOf(id));
  }

  async function reopen() {
    const {status, body} = await store.api.post("reopen/", {});
    if (status !== 200) return desk.say(body?.detail ?? "The project does not allow to open it again.");
    store.submitted = false;
    withdraw(desk, "submitted");
    await store.queue.flush();
    desk.tell();
    desk.say("Open again.");
  }

  if (store.submitted) {
    /** @type {{name: string, run: () => void}[]} */
    const actions = desk.data.project.may_reopen ? [{name: "Open again", run: () => void reopen()}] : [];
    if (desk.data.queue.next !== null) actions.push({name: "Next article", run: () => next(desk.data.queue.next)});
    notify(desk, {id: "submitted", text: "This article is submitted; nothing can be changed now.", actions});
  }
  return {submit: () => void submit(), reopen: () => void reopen()};
}
