/** All annotations and suggestions as a grid of buttons, and the list of what is still open. */
import {missingIn, openItems, sentence, shortened} from "./check.js";
import {acceptAs, deleteSelected} from "./commands.js";
import {reopen, show} from "./deciding.js";
import {h} from "./dom.js";

/** @import {Desk} from "./desk.js" */
/** @import {Annotation, Suggestion} from "./types.js" */
/** @import {OpenItem} from "./check.js" */

/** @param {Desk} desk @returns {HTMLElement} */
export function grid(desk) {
  const suggestions = Array.from(desk.state.suggestions.values()).filter((suggestion) => !showsAsAnnotation(desk, suggestion));
  const rows = [
    ...desk.annotations.map((annotation) => ({at: firstPlace(desk, annotation), row: () => annotationRow(desk, annotation)})),
    ...suggestions.map((suggestion) => ({at: firstPlace(desk, suggestion), row: () => suggestionRow(desk, suggestion)})),
  ].sort((a, b) => a.at - b.at);
  if (!rows.length) return h("p.empty", null, "Nothing is marked yet. Choose words and press a label's key.");
  const table = h("table.all", {role: "grid", "aria-label": "Annotations and suggestions"},
    h("thead.vh", null, h("tr", null, ["Mark", "Words", "Status", "Actions"].map((name) => h("th", {scope: "col"}, name)))),
    h("tbody", null, rows.map(({row}) => row())));
  rove(table);
  return table;
}

/** @param {Desk} desk @param {Suggestion} suggestion whether it was accepted and still stands */
function showsAsAnnotation(desk, {decision}) {
  return Boolean(decision?.annotation && desk.state.annotations.has(decision.annotation));
}

/** @param {Desk} desk @param {Annotation | Suggestion} source */
function firstPlace(desk, source) {
  const here = source.parts.filter((part) => part.article === desk.articleId).map((part) => part.start);
  return here.length ? Math.min(...here) : Number.MAX_SAFE_INTEGER;
}

/** @param {Desk} desk @param {Annotation} annotation */
function annotationRow(desk, annotation) {
  const key = `a:${annotation.id}`;
  const status = annotation.suggestion === null ? "yours" : annotation.edited ? "accepted, edited" : "accepted";
  const missing = missingIn(desk.codebook, annotation).length;
  return row(desk, key, annotation, status + (missing ? ` · ${missing} open` : ""), () => reveal(desk, annotation, key), [
    action("Delete", `delete:${key}`, () => { desk.select(key, {tab: "all"}); deleteSelected(desk); }),
  ]);
}

/** @param {Desk} desk @param {Suggestion} suggestion */
function suggestionRow(desk, suggestion) {
  const {id, decision} = suggestion;
  const key = `s:${id}`;
  if (decision) {
    return row(desk, key, suggestion, `suggestion ${decision.verdict}`, () => desk.visit(suggestion), [action("Re-open", `reopen:${key}`, () => reopen(desk, id))]);
  }
  return row(desk, key, suggestion, "suggested", () => show(desk, id), [
    action("Accept", `accept:${key}`, () => { acceptAs(desk, id); desk.set({tab: "all"}); }),
    action("Reject", `reject:${key}`, () => { desk.perform([{kind: "reject", suggestion: id}]); }),
  ]);
}

/** @param {Desk} desk @param {string} key @param {Annotation | Suggestion} source @param {string} status @param {() => void} go @param {HTMLElement[]} actions */
function row(desk, key, source, status, go, actions) {
  const item = desk.items.get(key);
  const device = desk.codebook.byId.get(source.device);
  const words = source.parts.map((part) => part.quote).filter(Boolean).join(" · ") || source.attributes.missing || "the whole article";
  return h(`tr.${device?.family ?? ""}${key.startsWith("s:") ? ".sug" : ""}`, {role: "row", "data-row": key, "aria-selected": String(desk.selected === key)},
    h("th", {scope: "row", role: "rowheader"}, h("span.id", null, item?.name || `${device?.badge ?? ""}?`)),
    h("td.what", {role: "gridcell"}, h("button.link.serif", {"data-focus": `show:${key}`, tabindex: "-1", onclick: go, title: "Show it in the article"}, shortened(words))),
    h("td.small.dim", {role: "gridcell"}, `${desk.codebook.labelName(source.device, source.label)} · ${status}`),
    h("td.does", {role: "gridcell"}, actions));
}

/** @param {string} name @param {string} focus @param {() => void} run */
function action(name, focus, run) {
  return h("button.btn.small", {"data-focus": focus, tabindex: "-1", onclick: run}, name);
}

/** One tab stop for the grid; arrows move between its buttons. @param {HTMLElement} table */
function rove(table) {
  const buttons = () => /** @type {HTMLElement[]} */ (Array.from(table.querySelectorAll("button")));
  buttons()[0]?.setAttribute("tabindex", "0");
  table.addEventListener("focusin", (event) => {
    for (const button of buttons()) button.tabIndex = button === event.target ? 0 : -1;
  });
  table.addEventListener("keydown", (event) => {
    const {key, target} = /** @type {KeyboardEvent} */ (event);
    const rows = Array.from(table.querySelectorAll("tbody tr"));
    const at = rows.findIndex((candidate) => candidate.contains(/** @type {Node} */ (target)));
    const inRow = /** @type {HTMLElement[]} */ (Array.from(rows[at]?.querySelectorAll("button") ?? []));
    const column = inRow.indexOf(/** @type {HTMLElement} */ (target));
    const sideways = {ArrowLeft: -1, ArrowRight: 1}[key];
    const vertical = {ArrowUp: -1, ArrowDown: 1}[key];
    if (sideways === undefined && vertical === undefined) return;
    event.preventDefault();
    const next = sideways === undefined ? rows[at + (vertical ?? 0)]?.querySelectorAll("button")[column] ?? rows[at + (vertical ?? 0)]?.querySelector("button") : inRow[column + sideways];
    if (next instanceof HTMLElement) next.focus();
  });
}

/** @param {Desk} desk @param {Annotation} annotation @param {string} key */
function reveal(desk, annotation, key) {
  desk.visit(annotation);
  desk.select(key, {pane: desk.main, triaging: false});
}

/** @param {Desk} desk @returns {OpenItem[]} what this page finds open, or what the server said */
export function stillOpen(desk) {
  if (!desk.unfinished) return openItems(desk.codebook, desk.state, desk.articleId);
  return desk.unfinished.map((problem) => ({...problem, text: sentence(problem)}));
}

/** @param {Desk} desk @param {(item: OpenItem) => void} jump @returns {HTMLElement} */
export function openList(desk, jump) {
  const items = stillOpen(desk);
  if (!items.length) return h("p.empty", null, "Nothing is open. Submit when you are done reading.");
  return h("ol.open", null, items.map((item, i) => h("li", null,
    h("button.link", {"data-focus": `open:${i}`, "data-open": item.device ?? "", onclick: () => jump(item)}, item.text))));
}
