/** The status chip, and what a person has to know or decide, in words with buttons. */
import {sentence} from "./check.js";
import {byId, fill, h, keepingFocus} from "./dom.js";

/** @import {Desk} from "./desk.js" */
/** @import {Conflict} from "./rebase.js" */

/** @typedef {{id: string, text: string, detail?: (Node | string)[], actions: {name: string, run: () => void}[]}} Notice */

/** Messages of other modules, by id. @type {Map<string, Notice>} */
const extra = new Map();

/** Show a message until it is taken back. @param {Desk} desk @param {Notice} notice */
export function notify(desk, notice) {
  extra.set(notice.id, notice);
  desk.tell();
}

/** @param {Desk} desk @param {string} id */
export function withdraw(desk, id) {
  if (extra.delete(id)) desk.tell();
}

/** @param {Desk} desk @param {{login: string, reopen: () => void}} page */
export function mountNotices(desk, page) {
  const chip = byId("status");
  const bar = byId("notices");
  let shown = "";
  /** @type {string[]} */
  let told = [];
  const render = () => {
    const [kind, text] = chipOf(desk);
    const title = desk.store.outbox.durable ? "" : "This browser keeps no copy: leave the page open until it says Saved.";
    if (chip.className !== `chip ${kind}`) chip.className = `chip ${kind}`;
    if (chip.textContent !== text) chip.textContent = text;
    if (chip.title !== title) chip.title = title;
    const notices = [...standing(desk, page), ...extra.values()];
    const signature = notices.map((notice) => notice.id + notice.text).join("|");
    if (signature === shown) return;
    shown = signature;
    keepingFocus(bar, () => {
      bar.hidden = !notices.length;
      fill(bar, notices.map(line));
    });
    const texts = notices.map(({text}) => text);
    const news = texts.filter((text) => !told.includes(text));
    if (news.length) desk.say(news.join(" "));
    told = texts;
  };
  desk.store.onStatus.add(render);
  desk.listeners.add(render);
  render();
  addEventListener("beforeunload", (event) => {
    if (desk.store.unsent) event.preventDefault();
  });
}

/** @param {Desk} desk @returns {[string, string]} */
function chipOf(desk) {
  const {status, waiting, refused, conflicts} = desk.store;
  if (!desk.store.resumed && !waiting) return ["", "Opening"];
  const n = waiting === 1 ? "1 waiting" : `${waiting} waiting`;
  if (conflicts.length) return ["bad", conflicts.length === 1 ? "1 to decide" : `${conflicts.length} to decide`];
  if (refused.length) return ["bad", refused.length === 1 ? "1 not accepted" : `${refused.length} not accepted`];
  switch (status) {
    case "saved": if (waiting) return ["wait", n]; return desk.store.submitted ? ["ok", "Submitted"] : ["ok", "Saved"];
    case "waiting": case "sending": return ["wait", n];
    case "offline": return ["off", waiting ? `Offline · ${n}` : "Offline"];
    case "busy": return ["wait", `Server busy · ${n}`];
    case "signed out": return ["bad", `Signed out · ${n}`];
    case "withdrawn": return ["bad", `Withdrawn · ${n}`];
    default: return ["bad", `Submitted · ${n}`];
  }
}

/** @param {Desk} desk @param {{login: string, reopen: () => void}} page @returns {Notice[]} */
function standing(desk, page) {
  const {store} = desk;
  const again = {name: "Send again", run: () => void store.queue.flush()};
  const signIn = {name: "Sign in", run: () => { open(page.login, "_blank"); }};
  const keep = {name: "Save the unsent work as a file", run: () => download(desk)};
  /** @type {Notice[]} */
  const found = [];
  if (store.status === "signed out") {
    found.push({id: "signed-out", text: "You are signed out. Your work stays here: sign in in another tab, come back and go on.", actions: [signIn, again, keep]});
  }
  if (store.status === "withdrawn") {
    found.push({id: "withdrawn", text: "This article is not open to you: it was taken back, or somebody else is signed in in this browser. Nothing of yours was thrown away.",
      actions: [signIn, again, keep]});
  }
  if (store.status === "submitted" && store.waiting) {
    found.push({id: "late", text: "The article was submitted in another place. Open it again to send what is waiting.", actions: [{name: "Open again", run: page.reopen}, keep]});
  }
  if (!store.outbox.durable && store.unsent) {
    found.push({id: "memory", text: "This browser keeps no copy on disk (private window, or the disk is full). Leave the page open until it says Saved.", actions: []});
  }
  for (const {op, problem} of store.refused) {
    found.push({id: `refused-${op.id}`, text: `Not accepted: ${sentence(problem)}`,
      actions: [{name: "Take this change back", run: () => store.giveUp(op.id)}, {name: "Try again", run: () => store.retry()}, keep]});
  }
  return [...found, ...store.conflicts.map((conflict) => conflictNotice(desk, conflict))];
}

/** @param {Desk} desk @param {Conflict} conflict @returns {Notice} */
function conflictNotice(desk, conflict) {
  const mine = conflict.mine[conflict.mine.length - 1];
  const words = (/** @type {import("./types.js").Operation} */ op) => {
    if (!op.annotation) return {delete: "deleted", reject: "rejected", reopen: "open"}[/** @type {string} */ (op.kind)] ?? op.kind;
    return `${desk.codebook.describe(op.annotation)}: ${op.annotation.parts.map((part) => part.quote).join(" · ")}`;
  };
  return {id: `conflict-${mine.id}`, text: `Changed in two places. Here: ${words(mine)}. There: ${words(conflict.theirs)}.`,
    actions: [{name: "Keep mine", run: () => desk.say(desk.store.settle(conflict, "mine"))}, {name: "Take theirs", run: () => desk.say(desk.store.settle(conflict, "theirs"))}]};
}

/** @param {Notice} notice */
function line(notice) {
  return h("div.notice", {"data-notice": notice.id}, h("p", null, notice.text),
    h("div.acts", null, notice.actions.map(({name, run}) => h("button.btn", {onclick: run, "data-focus": `${notice.id}:${name}`}, name))));
}

/** @param {Desk} desk */
function download(desk) {
  const data = {assignment: desk.data.id, text_sha256: desk.data.article.sha256, operations: desk.store.leftovers()};
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], {type: "application/json"}));
  h("a", {href: url, download: `unsent-${desk.data.id}.json`}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
