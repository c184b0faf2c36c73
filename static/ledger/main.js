/** Open the ledger of an article: fetch it, build the page, connect keys and saving. */
import {Api, cookie} from "../workbench/api.js";
import {byId, fill, h} from "../workbench/dom.js";
import {Outbox} from "../workbench/outbox.js";
import {Tabs} from "../workbench/tabs.js";
import {toggleTheme} from "../workbench/theme.js";
import {uuid7Maker} from "../workbench/uuid7.js";
import {Desk} from "./desk.js";
import {listenToKeys} from "./keys.js";
import {mountList} from "./list.js";
import {Reading} from "./reading.js";
import {mountStatus} from "./status.js";
import {Store} from "./store.js";

/** @import {Ledger} from "./types.js" */

const options = document.body.dataset;
const assignment = Number(options.assignment);
/** The labels of the same article have a queue of their own in the same browser. */
const NAME = /** @type {any} */ (`ledger-${assignment}`);
const AGAIN = 5000;

void open();

/** The cookie is fresher than the page where somebody signed in again in another tab. */
function csrf() {
  return cookie("csrftoken") || options.csrf || "";
}

async function open() {
  const makeId = uuid7Maker(Date.now, (bytes) => crypto.getRandomValues(bytes));
  const tab = tabId(makeId);
  const api = new Api({base: `/api/v1/assignments/${assignment}/ledger/`, csrf, tab});
  const [{status, body}, outbox] = await Promise.all([api.get(), new Outbox(NAME, tab).open()]);
  if (status !== 200 || !body) return cannotOpen(status);
  const store = new Store(body, {api, outbox, tabs: new Tabs(NAME, tab), makeId, clock: {
    now: () => performance.now(), random: Math.random, after: (ms, run) => setTimeout(run, ms), cancel: (handle) => clearTimeout(/** @type {any} */ (handle)),
  }});
  build(body, store, api);
  await store.resume();
  document.body.dataset.ready = "true";
}

/** @param {Ledger} data @param {Store} store @param {Api} api */
function build(data, store, api) {
  const reading = new Reading(data, async (id) => {
    if (id === data.article.id) return data.article;
    const {status, body} = await api.get(`../siblings/${id}/`);
    return status === 200 ? {id, name: body.title, text: body.text, sentences: body.layer?.sentences ?? lines(body.text)} : null;
  });
  const desk = new Desk(data, store, api, reading);
  const live = byId("live");
  desk.say = reading.say = (text) => { live.textContent = live.textContent === text ? `${text}\u00a0` : text; };
  fill(byId("crumb"), data.event && [h("b", null, data.event.name), h("i", null, "/")], data.article.name);
  mountList(desk);
  mountStatus(desk, options.login || "/accounts/login/");
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  const rulings = data.codebook.rulings.map(({name, text}) => [h("dt", null, name), h("dd", null, text)]);
  fill(byId("rulings"), h("p", null, data.codebook.summary), h("dl", null, rulings));
  listenToKeys(desk, () => help.showModal());
  /** @type {Record<string, () => void>} */
  const runs = {theme: () => toggleTheme(options.themeUrl, csrf()), keys: () => help.showModal(), close: () => help.close()};
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-do]"))) button.addEventListener("click", runs[button.dataset.do ?? ""]);
  byId("mtabs").addEventListener("click", (event) => {
    const {pane} = /** @type {HTMLElement} */ (event.target).dataset;
    if (pane) document.body.dataset.tab = pane;
  });
  for (const name of ["pagehide", "online", "focus"]) addEventListener(name, () => { if (store.waiting) void store.queue.flush(); });
  document.addEventListener("visibilitychange", () => { if (store.waiting) void store.queue.flush(); });
  desk.tell();
  desk.hand();
  if (data.comparing && !data.claims.length) setTimeout(() => { if (!store.unsent && !desk.adding) location.reload(); }, AGAIN);
}

/** Lines stand for sentences until the parse is there. @param {string} text @returns {[number, number][]} */
function lines(text) {
  let start = 0;
  return text.split("\n").map((line) => {
    const end = start + Array.from(line).length;
    const found = /** @type {[number, number]} */ ([start, end]);
    start = end + 1;
    return found;
  }).filter(([from, to]) => to > from);
}

/** This tab keeps its name over a reload. @param {() => string} makeId */
function tabId(makeId) {
  const fresh = makeId();
  try {
    const known = sessionStorage.getItem("ledger-tab") ?? fresh;
    sessionStorage.setItem("ledger-tab", known);
    return known;
  } catch {
    return fresh;
  }
}

/** @param {number} status */
function cannotOpen(status) {
  const why = status === 0 ? "The server does not answer. Check the connection and load the page again; unsent answers are kept on this computer."
    : status === 401 ? "You are signed out. Sign in and open the page again." : "This article is not open to you.";
  fill(byId("claims"), h("div.head", null, h("h2", null, "The ledger cannot be opened"), h("p", null, why), h("a.btn", {href: status === 401 ? options.login : options.home}, status === 401 ? "Sign in" : "Back to the queue"), " ",
    h("button.btn", {onclick: () => location.reload()}, "Load again")));
}
