/** The side panel: the selected annotation, all of them, or what is still open. */
import {card} from "./card.js";
import {show} from "./deciding.js";
import {byId, copyOf, fill, h, keepingFocus, toArticle} from "./dom.js";
import {entityList} from "./fields.js";
import {grid, openList, stillOpen} from "./lists.js";

/** @import {Desk} from "./desk.js" */
/** @import {OpenItem} from "./check.js" */

/** @param {Desk} desk */
export function mountPanel(desk) {
  const side = byId("side");
  const tabs = h("div.tabs2", {role: "tablist", "aria-label": "Panel"});
  const body = h("div#panel", {role: "tabpanel", "aria-labelledby": "tab-selected"});
  const entities = h("div", {hidden: true});
  side.replaceChildren(tabs, body, entities);
  /** @type {unknown[]} */
  let seen = [];
  desk.followers.add(() => {
    const now = inputs(desk);
    if (now.every((value, i) => value === seen[i])) return;
    if (now[0] !== seen[0]) fill(entities, entityList(desk));
    seen = now;
    keepingFocus(side, () => {
      fill(tabs, tabButtons(desk));
      body.setAttribute("aria-labelledby", `tab-${desk.tab}`);
      fill(body, content(desk));
    });
  });
}

/** What the panel shows depends on nothing else. @param {Desk} desk */
function inputs(desk) {
  return [desk.main?.model, desk.tab, desk.annotation, desk.draft, desk.group, desk.ghosts, desk.others, desk.stack, desk.state, desk.unfinished, desk.keymap, asked(desk)];
}

/** @param {Desk} desk */
function tabButtons(desk) {
  const names = {selected: "Selected", all: `All ${desk.state.annotations.size + desk.undecided.length}`, open: `Still open ${stillOpen(desk).length}`};
  return Object.entries(names).map(([id, name]) => h("button", {
    role: "tab", type: "button", id: `tab-${id}`, "aria-controls": "panel", "aria-selected": String(desk.tab === id),
    tabindex: desk.tab === id ? "0" : "-1", "data-focus": `tab:${id}`, "data-tab-button": id,
    onclick: () => desk.set({tab: /** @type {any} */ (id)}),
    onkeydown: (/** @type {KeyboardEvent} */ event) => arrowTabs(desk, event),
  }, name));
}

/** @param {Desk} desk @param {KeyboardEvent} event */
function arrowTabs(desk, event) {
  const order = /** @type {const} */ (["selected", "all", "open"]);
  const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = order[(order.indexOf(desk.tab) + step + order.length) % order.length];
  desk.set({tab: next});
  desk.flush();
  document.getElementById(`tab-${next}`)?.focus();
}

/** @param {Desk} desk */
function content(desk) {
  if (desk.tab === "all") return grid(desk);
  if (desk.tab === "open") return openList(desk, (item) => jump(desk, item));
  if (desk.annotation) return card(desk, desk.annotation);
  return hintsOf(desk, asked(desk) ? "asked" : "nothing");
}

/** Whether the keys answer the suggestion under the text. @param {Desk} desk */
function asked(desk) {
  return desk.triaging && desk.suggestion !== null;
}

/** @param {Desk} desk @param {string} template */
function hintsOf(desk, template) {
  const hints = copyOf(template);
  for (const kbd of /** @type {NodeListOf<HTMLElement>} */ (hints.querySelectorAll("[data-key]"))) kbd.textContent = desk.keymap.label(kbd.dataset.key ?? "");
  return hints;
}

/** Go to what is open and put the hand on it. @param {Desk} desk @param {OpenItem} item */
function jump(desk, item) {
  if (item.suggestion !== undefined && item.suggestion !== null) {
    show(desk, item.suggestion);
    toArticle();
    return;
  }
  const annotation = item.annotation ? desk.state.annotations.get(item.annotation) : undefined;
  if (!annotation) {
    const button = document.querySelector(`[data-device="${CSS.escape(item.device ?? "")}"]`);
    if (button instanceof HTMLElement) button.focus();
    return;
  }
  desk.visit(annotation);
  // Where a part is missing the group is open for it: its key would begin a new one otherwise.
  const joins = item.role && desk.codebook.device(annotation.device).unit === "relation";
  desk.select(`a:${annotation.id}`, {pane: desk.main, triaging: false, group: joins ? annotation.id : null, ghosts: []});
  if (item.attribute) askField(desk, item.attribute);
  else toArticle();
}

/** Put the hand on a question of the card, wherever the panel is. @param {Desk} desk @param {string} name of an attribute, "note" or "confidence" */
export function askField(desk, name) {
  if (!desk.annotation) return desk.say("Select an annotation first.");
  desk.set({tab: "selected"});
  document.body.dataset.tab = "side";
  desk.flush();
  const field = byId("side").querySelector(`[data-attribute="${CSS.escape(name)}"]`);
  field?.closest("details")?.setAttribute("open", "");
  const control = field?.querySelector("input:checked") ?? field?.querySelector("input, textarea, select");
  if (control instanceof HTMLElement) control.focus();
  else desk.say("The codebook does not ask this.");
}
