/** The status chip, and what a person has to know or decide, in words with buttons. */
import {byId, fill, h, keepingFocus} from "../workbench/dom.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @param {string} login */
export function mountStatus(desk, login) {
  const chip = byId("status");
  const bar = byId("notices");
  let shown = "";
  const render = () => {
    const [kind, text] = chipOf(desk);
    chip.className = `chip ${kind}`;
    if (chip.textContent !== text) chip.textContent = text;
    const found = notices(desk, login);
    const signature = found.map(({text: said}) => said).join("|");
    if (signature === shown) return;
    shown = signature;
    keepingFocus(bar, () => {
      bar.hidden = !found.length;
      fill(bar, found.map(({text: said, actions}) => h("div.notice", null, h("p", null, said), actions.map(([name, run]) => h("button.btn", {onclick: run, "data-focus": `notice:${name}`}, name)))));
    });
    if (found.length) desk.say(found.map(({text: said}) => said).join(" "));
  };
  desk.store.changed = () => desk.tell();
  desk.listeners.add(render);
  addEventListener("beforeunload", (event) => { if (desk.store.unsent) event.preventDefault(); });
}

/** @param {Desk} desk @returns {[string, string]} */
function chipOf(desk) {
  const {status, waiting, refused, resumed} = desk.store;
  const n = `${waiting} waiting`;
  if (!resumed && !waiting) return ["", "Opening"];
  if (refused.length) return ["bad", `${refused.length} not accepted`];
  if (status === "saved") return waiting ? ["wait", n] : ["ok", "Saved"];
  if (status === "waiting" || status === "sending") return ["wait", n];
  if (status === "offline") return ["off", waiting ? `Offline · ${n}` : "Offline"];
  if (status === "busy") return ["wait", `Server busy · ${n}`];
  return ["bad", `${status === "signed out" ? "Signed out" : "Withdrawn"} · ${n}`];
}

/** @param {Desk} desk @param {string} login @returns {{text: string, actions: [string, () => void][]}[]} */
function notices(desk, login) {
  const {store} = desk;
  /** @type {[string, () => void]} */
  const keep = ["Save the unsent answers as a file", () => download(desk)];
  /** @type {[string, () => void]} */
  const again = ["Send again", () => void store.queue.flush()];
  /** @type {[string, () => void]} */
  const signIn = ["Sign in", () => { open(login, "_blank"); }];
  /** @type {{text: string, actions: [string, () => void][]}[]} */
  const found = [];
  if (store.status === "signed out") found.push({text: "You are signed out. Your answers stay here: sign in in another tab, come back and go on.", actions: [signIn, again, keep]});
  if (store.status === "withdrawn") found.push({text: "This article is not open to you: it was taken back, or somebody else is signed in in this browser. Nothing of yours was thrown away.", actions: [signIn, again, keep]});
  if (!store.outbox.durable && store.unsent) found.push({text: "This browser keeps no copy on disk. Leave the page open until it says Saved.", actions: []});
  for (const {op, message} of store.refused) found.push({text: `Not accepted: ${message}`, actions: [["Take this answer back", () => store.giveUp(op.id)], ["Try again", () => store.retry()], keep]});
  if (store.news) found.push({text: store.news, actions: [["Load again", () => location.reload()], ["Close", () => { store.news = ""; desk.tell(); }]]});
  return found;
}

/** @param {Desk} desk */
function download(desk) {
  const data = {assignment: desk.data.id, text_sha256: desk.data.article.sha256, operations: desk.store.leftovers()};
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], {type: "application/json"}));
  h("a", {href: url, download: `unsent-ledger-${desk.data.id}.json`}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
