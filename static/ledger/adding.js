/** Add a claim that another article makes and this one leaves out; everyone is then asked about it. */
import {h} from "../workbench/dom.js";
import {leave} from "./anchoring.js";
import {answered} from "./cells.js";

/** @import {Desk} from "./desk.js" */
/** @import {Quote} from "./types.js" */

/** @param {Desk} desk */
export function startAdding(desk) {
  desk.adding = {statement: "", evidence: []};
  desk.tell();
  pickIn(desk, desk.data.siblings[0].id);
}

/** The question that is open while a claim is added. @param {Desk} desk */
export function addPanel(desk) {
  const {adding} = desk;
  if (!adding) return null;
  const picked = adding.evidence[0];
  return h("section.adding", {"aria-labelledby": "adding"}, h("h2#adding", null, "What is missing?"),
    h("p.mid", null, "Choose the sentence of another article that says it."),
    h("div.row", {role: "group", "aria-label": "Other articles"}, desk.data.siblings.map(({id, name, outlet}) =>
      h("button.btn", {"data-focus": `sibling:${id}`, "aria-pressed": String(desk.reading.article.id === id), onclick: () => pickIn(desk, id)}, [outlet, name].filter(Boolean).join(" · ")))),
    picked && [h("blockquote", null, picked.quote),
      h("label.field", null, h("span", null, "In one sentence of your own; say who claims it if only one side does"), h("textarea#statement", {rows: 2, maxlength: 1000, "data-focus": "field:statement", oninput: (/** @type {any} */ event) => { adding.statement = event.target.value; },
        onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(desk); } }}, adding.statement))],
    h("div.row", null, picked && h("button.btn.pri", {onclick: () => save(desk), "data-focus": "do:save"}, "Add this claim ", h("kbd", null, "↵")),
      h("button.btn.quiet", {onclick: () => stop(desk), "data-focus": "do:stop"}, "Cancel ", h("kbd", null, "Esc"))));
}

/** @param {Desk} desk @param {number} id */
function pickIn(desk, id) {
  const {reading} = desk;
  if (reading.pick && reading.article.id === id) return;
  void reading.sibling(id, [], () => {
    desk.tell();
    reading.ask({
      hint: "Which sentence says it? ↑ ↓ or a click choose one.",
      actions: [{key: "↵", name: "This sentence", run: (sentence) => take(desk, id, sentence)}],
      cancel: () => stop(desk),
    });
  });
}

/** @param {Desk} desk @param {number} id @param {Quote} sentence */
function take(desk, id, sentence) {
  if (!desk.adding || !sentence.quote) return;
  desk.adding.evidence = [{...sentence, article: id, why_not: "", ...desk.named(id)}];
  desk.adding.statement ||= sentence.quote;
  document.body.dataset.tab = "claims";
  desk.tell();
  desk.flush();
  const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("statement"));
  field?.focus();
  field?.select();
}

/** @param {Desk} desk */
export function stop(desk) {
  desk.adding = null;
  leave(desk);
  desk.tell();
  desk.hand();
}

/** @param {Desk} desk */
function save(desk) {
  const {adding} = desk;
  const statement = adding?.statement.trim();
  if (!adding?.evidence.length || !statement) return desk.say("Say in one sentence what is missing.");
  const claim = desk.store.makeId();
  const evidence = adding.evidence.map(({article, start, end, quote}) => ({article: Number(article), start, end, quote}));
  desk.store.do({kind: "add", claim, statement, evidence, cell: answered("omitted", undefined)});
  desk.adding = null;
  desk.current = claim;
  desk.asking = desk.data.codebook.kinds.length > 0;
  leave(desk);
  desk.tell();
  desk.hand();
  desk.say("Added for everyone. Of which kind is the omission?");
}
