/** Open an assignment: fetch it, build the page, connect keys, pointer, saving. */
import {Api, cookie} from "./api.js";
import {mountChooser} from "./chooser.js";
import {rangeOf} from "./cursor.js";
import {edit, show as showSuggestion, watchDecisions} from "./deciding.js";
import {Desk} from "./desk.js";
import {byId, copyOf, fill, h} from "./dom.js";
import {finisher} from "./finish.js";
import {mountGuide} from "./guide.js";
import {show} from "./highlights.js";
import {hintJump, mountFind} from "./jumping.js";
import {listenToKeys} from "./keyboard.js";
import {mountNotices, notify, withdraw} from "./notices.js";
import {startOmission} from "./omitting.js";
import {Outbox} from "./outbox.js";
import {Pane} from "./pane.js";
import {askField, mountPanel} from "./panel.js";
import {listen} from "./pointer.js";
import {poll} from "./polling.js";
import {mountRail} from "./rail.js";
import {mountSheet} from "./sheet.js";
import {siblingPane} from "./siblings.js";
import {Store} from "./store.js";
import {mountStrip} from "./strip.js";
import {Tabs} from "./tabs.js";
import {TextModel} from "./text.js";
import {tell, toggleTheme} from "./theme.js";
import {uuid7Maker} from "./uuid7.js";

/** @import {Assignment} from "./types.js" */

const options = document.body.dataset;
const assignment = Number(options.assignment);
const home = options.home || "/";
const login = options.login || "/accounts/login/";

void open();

/** The cookie is fresher than the page where somebody signed in again in another tab. */
function csrf() {
  return cookie("csrftoken") || options.csrf || "";
}

async function open() {
  const makeId = uuid7Maker(Date.now, (bytes) => crypto.getRandomValues(bytes));
  const tab = tabId(makeId);
  const api = new Api({base: options.api || `/api/v1/assignments/${assignment}/`, csrf, tab});
  const [{status, body}, outbox] = await Promise.all([api.get(), new Outbox(assignment, tab).open()]);
  if (status !== 200 || !body) return cannotOpen(status);
  performance.mark("workbench-data");
  const store = new Store(body, {api, outbox, tabs: new Tabs(assignment, tab), clock: browserClock(), makeId});
  build(body, store);
  await store.resume();
  document.body.dataset.ready = "true";
}

/** @param {Assignment} data @param {Store} store */
function build(data, store) {
  const desk = new Desk(data, store);
  const region = byId("article");
  desk.main = new Pane(region, data.article, new TextModel(data.article.text, data.layer, data.article.language));
  desk.pane = desk.main;
  desk.say = announcer();
  heading(data);
  const remount = () => desk.main.mount(desk.items, null, [metaLine(data)]);
  remount();
  const sibling = siblingPane(desk, {tell: (id, text, run) => notify(desk, {id, text, actions: [{name: "Try again", run: () => { withdraw(desk, id); run(); }}]})});
  const finish = finisher(desk, pageOf, home);
  const around = mountGuide(desk, options.guide === "offer", () => tell(options.guideUrl, csrf()));
  const page = {
    submit: finish.submit, sibling: sibling.toggle, help: mountSheet(desk, around), hint: () => hintJump(desk), find: mountFind(desk),
    omission: () => void startOmission(desk, () => sibling.open()), field: (/** @type {string} */ name) => askField(desk, name), explain: () => explain(desk), chooser: mountChooser(desk),
  };
  watchDecisions(desk);
  mountRail(desk, page);
  mountPanel(desk);
  mountStrip(desk);
  mountNotices(desk, {login, reopen: finish.reopen});
  listen(desk, region, () => desk.main);
  listenToKeys(desk, page);
  desk.listeners.add(() => paint(desk));
  desk.followers.add(() => limits(desk));
  buttons(desk, page);
  poll(desk, (layer) => {
    const place = desk.main.model.tokens[desk.main.cursor.focus]?.start ?? 0;
    desk.main.model = new TextModel(data.article.text, layer, data.article.language);
    desk.main.cursor = {focus: desk.main.model.tokenIndex(place), anchor: desk.main.model.tokenIndex(place), grown: []};
    remount();
    desk.tell();
  });
  // Coming back from signing in elsewhere is a focus.
  for (const name of ["pagehide", "online", "focus"]) addEventListener(name, () => { if (store.waiting) void store.queue.flush(); });
  document.addEventListener("visibilitychange", () => { if (store.waiting) void store.queue.flush(); });
  desk.tell();
  desk.flush();
  region.focus({preventScroll: true});
  // Reading where things lie costs a layout, so it comes last.
  if (desk.current !== null) showSuggestion(desk, desk.current);
  performance.mark("workbench-built");
}

/** Everything that changes in the text. @param {Desk} desk */
function paint(desk) {
  const {main, sibling, pane} = desk;
  main.update(desk.items);
  sibling?.update(desk.items);
  const current = desk.current === null ? null : `s:${desk.current}`;
  for (const each of sibling ? [main, sibling] : [main]) each.highlight(desk.selected, current);
  const span = desk.mode ? rangeOf(pane.model, pane.cursor) : null;
  const places = span ? [{pane, span}] : [];
  show("cursor", desk.chosen || (desk.triaging && desk.suggestion && !desk.others) ? [] : places);
  show("range", desk.chosen ? places : []);
  const drawn = new Set(desk.joining?.parts.map((part) => part.role));
  show("ghost", desk.ghosts.filter((ghost) => !drawn.has(ghost.role)).map((ghost) => ({pane: main, span: ghost})));
  const candidate = desk.omission?.candidates[desk.omission.index]?.part;
  show("candidate", candidate && !(pane === sibling && desk.chosen) && sibling?.article.id === candidate.article ? [{pane: sibling, span: candidate}] : []);
  const mode = desk.mode ? "on" : "off";
  if (document.body.dataset.mode !== mode) document.body.dataset.mode = mode;
}

/** @param {Assignment} data */
function heading(data) {
  const {event} = data.article;
  fill(byId("crumb"), h("span.opt.opt2", null, data.project.name, h("i", null, "/")), event && [h("b", null, event.name), h("i", null, "/")],
    event ? `article ${event.position} of ${event.total}` : h("b", null, data.article.title));
  document.title = `Article ${data.queue.position} of ${data.queue.total} · Framing Annotator`;
}

/** @param {Assignment} data */
function metaLine(data) {
  const {outlet, published, words} = data.article;
  const date = published && new Date(published).toLocaleDateString([], {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  return h("p.meta", null, h("span", null, outlet || (data.project.blind ? "Outlet and byline hidden" : "")), date && h("span", null, date), h("span", null, `${words} words`), h("span.loose"), h("span#limits"));
}

/** Say above the text what the detectors could not do with it. @param {Desk} desk */
function limits({data}) {
  const said = data.arm === "hidden" ? [] : data.runs.map(({detector, error, note}) => (error ? `${detector} failed: ${error}` : note));
  const place = byId("limits");
  const text = said.filter(Boolean).join(" ");
  if (place.textContent !== text) place.textContent = text;
}

/** @param {Desk} desk @param {import("./keyboard.js").Page} page */
function buttons(desk, page) {
  /** @type {Record<string, () => void>} */
  const runs = {theme: () => toggleTheme(options.themeUrl, csrf()), sibling: () => { document.body.dataset.tab = "read"; page.sibling(); }, keys: page.help, submit: page.submit};
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-do]"))) {
    button.addEventListener("click", runs[button.dataset.do ?? ""]);
    if (button.dataset.do === "sibling") button.hidden = !desk.data.siblings.length;
  }
  const keys = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key-of]"));
  desk.followers.add(() => {
    for (const key of keys) key.textContent = desk.keymap.label(key.dataset.keyOf ?? "");
  });
  const tabs = byId("mtabs");
  tabs.addEventListener("click", (event) => {
    const name = /** @type {HTMLElement} */ (event.target).dataset.pane;
    if (name) document.body.dataset.tab = name;
  });
  new MutationObserver(() => {
    for (const tab of /** @type {NodeListOf<HTMLElement>} */ (tabs.querySelectorAll("[data-pane]"))) {
      tab.setAttribute("aria-current", String(tab.dataset.pane === (document.body.dataset.tab ?? "read")));
    }
  }).observe(document.body, {attributeFilter: ["data-tab"]});
}

/** Show or hide what the label of the selected mark means, or of the suggestion that is asked about. @param {Desk} desk */
function explain(desk) {
  if (!desk.annotation && desk.triaging) edit(desk);
  if (desk.annotation) desk.set({tab: "selected"});
  desk.flush();
  const meaning = document.getElementById("meaning");
  if (meaning instanceof HTMLDetailsElement) meaning.open = !meaning.open;
  else desk.say("Select a mark first: its label is explained in the panel.");
}

/** A polite voice; the same words twice are said twice. */
function announcer() {
  const live = byId("live");
  return (/** @type {string} */ text) => { live.textContent = live.textContent === text ? `${text}\u00a0` : text; };
}

/** @param {number} id */
function pageOf(id) {
  const at = location.pathname.lastIndexOf(String(assignment));
  return at < 0 ? home : location.pathname.slice(0, at) + id + location.pathname.slice(at + String(assignment).length);
}

/** This tab keeps its name over a reload. @param {() => string} makeId */
function tabId(makeId) {
  const fresh = makeId();
  try {
    const known = sessionStorage.getItem("workbench-tab") ?? fresh;
    sessionStorage.setItem("workbench-tab", known);
    return known;
  } catch {
    return fresh;
  }
}

function browserClock() {
  return {
    now: () => performance.now(), random: Math.random,
    after: (/** @type {number} */ ms, /** @type {() => void} */ run) => setTimeout(run, ms),
    cancel: (/** @type {any} */ handle) => clearTimeout(handle),
  };
}

/** @param {number} status */
function cannotOpen(status) {
  const said = copyOf("cannot");
  const lines = /** @type {HTMLElement[]} */ (Array.from(said.querySelectorAll("[data-status]")));
  const known = lines.find(({dataset}) => dataset.status === String(status))?.dataset.status ?? "other";
  for (const line of lines) line.hidden = line.dataset.status !== known;
  fill(byId("article"), said);
  Object.assign(byId("status"), {className: "chip bad", textContent: "Not open"});
}
