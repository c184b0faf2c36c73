/** The card of the selected annotation: parts, questions, note, where it came from. */
import {quoteOf} from "./check.js";
import {askOthers, change, deleteSelected, dropPart, drawPart, giveLabel, rejoin, takeGhosts, toggleFlag} from "./commands.js";
import {h} from "./dom.js";
import {field, keepTyped, options} from "./fields.js";
import {addEvidence, placeAnchor, titleOf} from "./omitting.js";
import {pick} from "./pointer.js";

/** @import {Desk} from "./desk.js" */
/** @import {Annotation, Part} from "./types.js" */
/** @import {Device, Role} from "./codebook.js" */

/** @param {Desk} desk @param {Annotation} annotation @returns {HTMLElement} */
export function card(desk, annotation) {
  const device = desk.codebook.device(annotation.device);
  const item = desk.items.get(desk.draft ? `s:${annotation.suggestion}` : `a:${annotation.id}`);
  const [asked, more] = split(desk, device);
  return h(`div#card.card-${device.family}.${device.family}`, {role: "comment", "aria-label": item?.words ?? device.name, "data-card": annotation.id},
    h("h2", {tabindex: "-1"}, h("span.id", null, item?.name || device.badge), h("span.title", null, title(desk, device, annotation))),
    alsoHere(desk),
    desk.draft && h("p.small.mid", null, "A suggestion. The first change accepts it as edited."),
    labels(desk, device, annotation), meaning(desk, device, annotation), parts(desk, device, annotation),
    othersLine(desk, annotation),
    asked.map((attribute) => field(desk, annotation, attribute)),
    more.length > 0 && h("details.more", {open: more.some(({id}) => annotation.attributes[id])},
      h("summary", null, `More questions (${more.length})`), more.map((attribute) => field(desk, annotation, attribute))),
    note(desk, annotation), marksOfDoubt(desk, annotation), actions(desk), provenance(desk, annotation));
}

/** What else lies at the same place: the chooser of nested marks. @param {Desk} desk */
function alsoHere(desk) {
  const others = desk.stack.filter((key) => key !== desk.selected && desk.items.has(key));
  if (!others.length || !desk.stack.includes(desk.selected ?? "")) return null;
  return h("p.also.small.mid", null, "Also here: ", others.map((key) => {
    const item = desk.items.get(key);
    const source = desk.state.annotations.get(key.slice(2)) ?? desk.state.suggestions.get(Number(key.slice(2)));
    return h(`button.btn.small.${item?.family}`, {"data-also": key, onclick: () => pick(desk, key)}, source && h("span.serif", null, quoteOf(source)), item?.words);
  }));
}

/** Required or reachable by key first, the rest folded away. @param {Desk} desk @param {Device} device */
function split(desk, device) {
  const asked = device.attributes.filter((attribute) => desk.codebook.required(attribute) || attribute.key);
  return [asked, device.attributes.filter((attribute) => !asked.includes(attribute))];
}

/** @param {Desk} desk @param {Device} device @param {Annotation} annotation */
function title(desk, device, annotation) {
  return device.labels.length > 1 ? desk.codebook.labelName(device.id, annotation.label) : device.name;
}

/** @param {Desk} desk @param {Device} device @param {Annotation} annotation */
function labels(desk, device, annotation) {
  if (device.labels.length < 2) return null;
  const keys = new Map(device.labels.map(({id}) => [id, desk.keymap.label(`label:${id}`)]));
  return options("label", ["Label"], device.labels, annotation.label,
    (id) => id && giveLabel(desk, device.id, id), {keys});
}

/** @param {Desk} desk @param {Device} device @param {Annotation} annotation */
function meaning(desk, device, annotation) {
  const label = device.labels.find((candidate) => candidate.id === annotation.label);
  if (!label) return null;
  return h("details#meaning.more", null, h("summary", null, "What it means ", h("kbd", null, desk.keymap.label("codebook"))),
    h("p.serif", null, label.definition),
    label.yes && h("p.small", null, h("b", null, "Yes: "), label.yes),
    label.near_miss && h("p.small", null, h("b", null, "Near miss: "), label.near_miss),
    label.test && h("p.small", null, h("b", null, "Test: "), label.test),
    device.rulings.length > 0 && h("details", null, h("summary", null, "Rulings"),
      device.rulings.map((rule) => h("p.small", null, h("b", null, `${rule.name}. `), rule.text))));
}

/** @param {Desk} desk @param {Device} device @param {Annotation} annotation */
function parts(desk, device, annotation) {
  const open = desk.group === annotation.id;
  return h(`div.parts${open ? ".open" : ""}`, null, device.roles.map((role) => {
    const own = annotation.parts.filter((part) => part.role === role.id);
    const ghosts = open && !own.length ? desk.ghosts.filter((ghost) => ghost.role === role.id) : [];
    const none = role.anchor_allowed && !own.length ? h("span.dim.small", null, "the whole article") : !own.length && !ghosts.length && h("span.dim.small", null, role.minimum ? "still missing" : "none");
    return h("div", {"data-part": role.id}, h("div.role", null, h("span", null, role.name), h(lineOf(role))),
      h("div.quotes", null, own.map((part) => partLine(desk, part, device)), ghosts.map((ghost) => h("em.ghost", null, ghost.quote)), none),
      drawButton(desk, device, role));
  }), open && h("p.small.joining", null, desk.ghosts.length ? "Proposed parts in italics. " : "Parts join this group. ",
    h("button.btn.quiet", {onclick: () => takeGhosts(desk)}, desk.ghosts.length ? "Take them" : "Close", h("kbd", null, "↵"))));
}

/** @param {Role} role */
function lineOf(role) {
  return {solid: "span.line", dotted: "span.line.dot", dashed: "span.line.dash", double: "span.line.dbl"}[role.line];
}

/** @param {Desk} desk @param {Part} part @param {Device} device */
function partLine(desk, part, device) {
  const here = part.article === desk.articleId;
  const words = part.quote || (part.start === part.end ? "after this sentence" : "");
  const show = () => { if (here) desk.main.reveal(part); else if (desk.sibling?.article.id === part.article) desk.sibling.reveal(part); };
  return h("span.part", null, h("button.link", {onclick: show, "data-focus": `part:${part.role}:${part.start}`}, words),
    !here && h("span.small.dim", null, ` ${titleOf(desk, part.article)}`),
    device.unit !== "span" && h("button.drop", {"aria-label": `Take out ${words}`, onclick: () => dropPart(desk, part)}, "×"));
}

/** @param {Desk} desk @param {Device} device @param {Role} role */
function drawButton(desk, device, role) {
  const draw = () => {
    if (!desk.group && !desk.draft) desk.set({group: desk.annotation?.id ?? null});
    if (desk.chosen) drawPart(desk, device.id, role.id);
    else desk.say(`Choose the ${role.name}, then press its key.`);
  };
  const ways = /** @type {Record<string, [string, string, () => void]>} */ ({
    sibling: ["enter", "Add the words chosen in the sibling", () => addEvidence(desk)],
    document: ["anchor", "Anchor at the chosen words, or after the sentence", () => placeAnchor(desk)],
    span: ["join", "Move to the chosen words", () => rejoin(desk)],
    relation: [`part:${device.id}:${role.id}`, role.hint || `Draw the ${role.name}`, draw],
  });
  const [binding, title, onclick] = ways[role.sibling ? "sibling" : device.unit];
  return h("button.key", {title, onclick, "data-focus": `draw:${role.id}`}, h("kbd", null, desk.keymap.label(binding)));
}

/** @param {Desk} desk @param {Annotation} annotation */
function othersLine(desk, annotation) {
  const {others} = desk;
  if (!others || others.like.id !== annotation.id || others.index >= 0) return null;
  return h("p.small.mid.others", null, `${others.ranges.length} more in this article. `,
    h("button.btn.quiet", {onclick: () => askOthers(desk)}, "Look at each", h("kbd", null, desk.keymap.label("others"))));
}

/** @param {Desk} desk @param {Annotation} annotation */
function note(desk, annotation) {
  const area = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (h("textarea#note", {
    rows: 2, "data-focus": "note",
  })));
  area.value = annotation.note;
  keepTyped(area, (words) => { if (desk.annotation?.id === annotation.id && words !== desk.annotation.note) change(desk, {note: words}); });
  return h("div.att", {"data-attribute": "note"}, h("label.lab", {for: "note"}, "Note ", h("span.dim", null, "optional"), h("kbd", null, desk.keymap.label("note"))), area);
}

/** @param {Desk} desk @param {Annotation} annotation */
function marksOfDoubt(desk, annotation) {
  const {flags, confidence} = desk.codebook;
  return [
    flags.length > 0 && options("flag", ["Flag ", h("span.dim", null, "optional"), h("kbd", null, desk.keymap.label("discuss"))], flags, annotation.flag, (id) => toggleFlag(desk, id || annotation.flag)),
    confidence.length > 0 && options("confidence", ["How sure are you? ", h("span.dim", null, "optional"), h("kbd", null, desk.keymap.label("confidence"))], confidence, annotation.confidence, (id) => change(desk, {confidence: id}), {attribute: "confidence"}),
  ];
}

/** @param {Desk} desk */
function actions(desk) {
  if (desk.draft) return null;
  return h("div.acts", null,
    h("button.btn.quiet", {"data-action": "delete", onclick: () => deleteSelected(desk)}, "Delete", h("kbd", null, desk.keymap.label("delete"))),
    h("button.btn.quiet", {"data-action": "undo", "data-focus": "undo", onclick: () => { desk.say(desk.store.step("undo") || "Undone."); }}, "Undo", h("kbd", null, desk.keymap.label("undo"))));
}

/** @param {Desk} desk @param {Annotation} annotation */
function provenance(desk, annotation) {
  const suggestion = annotation.suggestion === null ? null : desk.state.suggestions.get(annotation.suggestion);
  const made = timeOf(annotation.id);
  if (!suggestion) return h("div.hist", null, h("span", null, annotation.suggestion === null ? `Marked by you${made}` : `From a suggestion${made}`));
  const verdict = {accepted: "accepted", edited: "accepted with an edit", rejected: "rejected"}[suggestion.decision?.verdict ?? "accepted"];
  const score = suggestion.score === null ? "" : `${Math.round(suggestion.score * 100)} %`;
  return h("div.hist", {"data-role": "provenance"},
    h("span", null, `Suggested by ${suggestion.detector.replaceAll("_", " ")} ${suggestion.version}, ${desk.draft ? "not decided" : verdict + made}`),
    h("span", null, [score, suggestion.reason].filter(Boolean).join(" · ")));
}

/** An id of version 7 starts with the milliseconds of its making. @param {string} id */
function timeOf(id) {
  const at = new Date(parseInt(id.replaceAll("-", "").slice(0, 12), 16));
  if (id[14] !== "7" || Number.isNaN(at.getTime())) return "";
  return `, ${at.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"})}`;
}
