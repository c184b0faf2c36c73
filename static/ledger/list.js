/** The claims, the current one opened with its evidence and its questions. */
import {byId, fill, h, keepingFocus} from "../workbench/dom.js";
import {chooseAnchor} from "./anchoring.js";
import {addPanel, startAdding} from "./adding.js";
import {ANSWERS} from "./desk.js";

/** @import {Desk} from "./desk.js" */
/** @import {Cell, Claim, Passage} from "./types.js" */

const VERDICT = {holds: "holds", fails: "does not hold", unknown: "open"};

/** @param {Desk} desk */
export function mountList(desk) {
  const root = byId("claims");
  const render = () => keepingFocus(root, () => fill(root, head(desk), addPanel(desk), list(desk), foot(desk)));
  desk.listeners.add(render);
  document.addEventListener("pointerdown", () => desk.hold(true), true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => desk.hold(false), true);
  desk.listeners.add(() => { if (!desk.reading.pick) desk.reading.anchor(desk.cell(desk.current)); });
}

/** @param {Desk} desk */
function head(desk) {
  const {rows, answered} = desk;
  const {event, sheets, id} = desk.data;
  const place = sheets.indexOf(id);
  return h("div.head", null, h("h2", null, "What does this article leave out?"),
    sheets.length > 1 && h("p.mid.places", null, `Article ${place + 1} of ${sheets.length} of this event`, goTo(desk, sheets[place - 1], "Previous"), goTo(desk, sheets[place + 1], "Next")),
    rows.length ? [h("p.mid", null, `${answered} of ${rows.length} ${rows.length === 1 ? "claim" : "claims"} answered`), h("progress", {max: rows.length, value: answered, "aria-hidden": "true"})]
      : h("p.empty", null, desk.data.why || "Nothing is asked here."),
    event && desk.data.siblings.length > 0 && !desk.adding && h("button.btn", {onclick: () => startAdding(desk), "data-focus": "do:add"}, h("kbd", null, "m"), "Add what is missing"));
}

/** @param {Desk} desk */
function list(desk) {
  return h("ol.claims", {"aria-label": "Claims of the other articles"}, desk.rows.map((claim, index) => item(desk, claim, index)));
}

/** @param {Desk} desk @param {Claim} claim @param {number} index */
function item(desk, claim, index) {
  const on = claim.id === desk.current;
  const cell = desk.cell(claim.id);
  const name = cell ? ANSWERS.find(([, id]) => id === cell.answer)?.[2] : "";
  const label = cell?.kind ? `${name}: ${desk.kindName(cell.kind)}` : name;
  return h(`li${on ? ".on" : ""}${cell ? ".done" : ""}`, null,
    h("button.claim", {"data-focus": `claim:${claim.id}`, "aria-expanded": String(on), onclick: () => desk.go(claim.id)},
      h("span.no", null, String(index + 1)), h("span.text", null, claim.statement), h("span.said", null, label || h("span.vh", null, "not answered"))),
    on && h("div.open", null, body(desk, claim, cell)));
}

/** @param {Desk} desk @param {Claim} claim @param {Cell | undefined} cell */
function body(desk, claim, cell) {
  return [
    !claim.open && h("p.small.mid", null, "This claim is asked of nobody any more. Your answer is kept."),
    h("ul.evidence", {"aria-label": "Where others say it"}, claim.evidence.map((passage) => evidence(desk, passage, claim.statement))),
    h("div.four", {role: "group", "aria-label": "Does this article say it?"}, ANSWERS.map(([key, id, text]) =>
      h("button.btn", {"data-focus": `answer:${id}`, "aria-pressed": String(cell?.answer === id), onclick: () => desk.answer(id)}, h("kbd", null, key), text))),
    cell?.answer === "omitted" && omission(desk, cell),
    cell && details(desk, cell),
    h("div.also", null,
      cell && h("button.btn.quiet", {onclick: () => desk.clear(), "data-focus": "do:clear"}, h("kbd", null, "x"), "Take the answer back"),
      claim.mine && h("button.btn.quiet", {onclick: () => desk.withdraw(), "data-focus": "do:withdraw"}, "Take this claim back")),
    claim.rules.length > 0 && h("dl.rules", {"aria-label": "Is the evidence good?"}, claim.rules.map(({rule, verdict, reason}) =>
      h("div", null, h("dt", null, `${rule} ${VERDICT[verdict]}`), h("dd", null, reason)))),
  ];
}

/** Words that stand above as the claim are not said twice. @param {Desk} desk @param {Passage} passage @param {string} statement */
function evidence(desk, passage, statement) {
  const {article} = passage;
  const show = () => void desk.reading.sibling(Number(article), [passage], () => { document.body.dataset.tab = "article"; });
  const same = passage.quote === statement;
  return h(`li${passage.why_not ? ".weak" : ""}`, null, !same && h("blockquote", null, passage.quote),
    h("p.small.mid", null, same && "In these words: ", [passage.outlet, passage.name].filter(Boolean).join(" · "), passage.why_not && [" ", h("span.warn", null, passage.why_not)],
      article !== null && [" ", h("button.link", {onclick: show, "data-focus": `show:${article}-${passage.start}`}, "Read it there")]));
}

/** @param {Desk} desk @param {Cell} cell */
function omission(desk, cell) {
  const {kinds, salience, favours} = desk.data.codebook;
  if (desk.asking || !cell.kind) {
    return h("div.kinds", {role: "group", "aria-label": "Kind of omission"}, kinds.map((kind, index) => h("button.kind", {"data-focus": `kind:${kind.id}`, "aria-pressed": String(cell.kind === kind.id), onclick: () => desk.name(kind.id)},
      h("kbd", null, kind.key || String(index + 1)), h("b", null, kind.name), h("span", null, kind.definition))));
  }
  const named = kinds.find(({id}) => id === cell.kind);
  return h("div.om", null,
    h("p", null, h("b", null, `Kind: ${desk.kindName(cell.kind)}. `), named?.definition, " ", h("button.link", {onclick: () => { desk.asking = true; desk.tell(); }, "data-focus": "do:kind"}, "Another kind")),
    named && h("details#example", null, h("summary", null, "Example and test"), h("p.small", null, `Yes: ${named.yes} No: ${named.near_miss} ${named.test}`)),
    h("p", null, h("b", null, "Place: "), place(cell), " ", h("button.btn", {onclick: () => chooseAnchor(desk), "data-focus": "do:anchor"}, h("kbd", null, "a"), "Choose the place")),
    salience && h("div.row", {role: "group", "aria-label": salience.question}, h("b", null, "Salience: "), salience.values.map(({id, name, definition}) =>
      h("button.btn", {title: definition, "data-focus": `salience:${id}`, "aria-pressed": String(cell.salience === Number(id)), onclick: () => desk.detail({salience: Number(id)})}, h("kbd", null, id), name))),
    favours && h("label.field", null, h("span", null, h("kbd", null, "f"), ` ${favours.question}`), h("input", {type: "text", id: "favours", value: cell.favours, maxlength: 1000, "data-focus": "field:favours", onchange: (/** @type {Event} */ event) => desk.detail({favours: value(event)})})),
    desk.data.codebook.favours_polarity && cell.favours && choice(desk, "favours_polarity", desk.data.codebook.favours_polarity.question, desk.data.codebook.favours_polarity.values, cell));
}

/** @param {Cell} cell */
function place({anchor}) {
  if (!anchor) return "the whole article.";
  return anchor.quote ? `“${anchor.quote}”` : "a gap between sentences, marked in the article.";
}

/** @param {Desk} desk @param {Cell} cell */
function details(desk, cell) {
  return h("details#more", {open: !!(cell.note || cell.confidence)}, h("summary", null, "Note and confidence"),
    h("label.field", null, h("span", null, h("kbd", null, "t"), " Note"), h("textarea", {rows: 2, id: "note", maxlength: 4000, "data-focus": "field:note", onchange: (/** @type {Event} */ event) => desk.detail({note: value(event)})}, cell.note)),
    desk.data.codebook.confidence.length > 0 && choice(desk, "confidence", "How sure are you?", desk.data.codebook.confidence, cell));
}

/** @param {Desk} desk @param {"confidence" | "favours_polarity"} field @param {string} question @param {import("./types.js").Value[]} values @param {Cell} cell */
function choice(desk, field, question, values, cell) {
  return h("div.row", {role: "group", "aria-label": question}, h("span.mid", null, question), values.map(({id, name, definition}) =>
    h("button.btn", {title: definition, "data-focus": `${field}:${id}`, "aria-pressed": String(cell[field] === id), onclick: () => desk.detail({[field]: cell[field] === id ? "" : id})}, name)));
}

/** @param {Desk} desk */
function foot(desk) {
  const {rows, answered} = desk;
  if (!rows.length || answered < rows.length) return null;
  return h("div.end", null, h("p", null, "Every claim is answered. Answers can still be changed."),
    goTo(desk, desk.data.sheets[desk.data.sheets.indexOf(desk.data.id) + 1], "Next article of this event"));
}

/** A link to another ledger of the event. @param {Desk} desk @param {number | undefined} id @param {string} name */
function goTo(desk, id, name) {
  return id !== undefined && h("a.link", {href: location.pathname.replace(String(desk.data.id), String(id))}, name);
}

/** @param {Event} event */
function value(event) {
  return /** @type {HTMLInputElement} */ (event.target).value;
}
