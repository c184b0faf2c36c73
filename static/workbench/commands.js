/** What the keys and buttons do to annotations: label, join, change, delete, complete. */
import {ghosts, joinPart} from "./attribution.js";
import {shortened} from "./check.js";

/** @import {Desk} from "./desk.js" */
/** @import {Annotation, Part, Range} from "./types.js" */

/** Mark the chosen words, or relabel what is selected here. @param {Desk} desk @param {string} device @param {string} label @param {{add?: boolean}} [options] */
export function giveLabel(desk, device, label, {add = false} = {}) {
  const known = desk.codebook.device(device);
  const target = desk.annotation;
  const here = target && target.device === device && (known.unit === "document" || (!desk.chosen && covers(desk, target)));
  if (target && here && !add) return relabel(desk, target, label);
  if (known.unit === "document") return desk.say(`Add an ${known.name.toLowerCase()} first.`);
  const suggestion = desk.triaging ? desk.suggestion : null;
  if (suggestion && suggestion.device === device && !desk.chosen && !add) {
    return acceptAs(desk, suggestion.id, {label});
  }
  if (desk.pane !== desk.main || !desk.range) return desk.say("Choose words in this article first.");
  const twin = marksAt(desk, device, desk.range).find((own) => own.label === label);
  if (twin) {
    desk.select(`a:${twin.id}`);
    return desk.say("These words have this label already.");
  }
  const annotation = desk.blank(device, label, [desk.part(known.roles[0].id, desk.range)]);
  if (!desk.perform([{kind: "create", annotation}])) return;
  const others = unmarked(desk, annotation);
  desk.collapse();
  desk.select(`a:${annotation.id}`, {triaging: false, others: others.length ? {like: annotation, ranges: others, index: -1} : null});
  desk.say(`${desk.codebook.labelName(device, label)}: ${annotation.parts[0].quote}.${others.length ? " " + others.length + " more like it." : ""}`);
}

/** @param {Desk} desk @param {Annotation} target @param {string} label */
function relabel(desk, target, label) {
  if (target.label === label) return desk.say("It has this label already.");
  change(desk, {label});
  desk.say(`Now ${desk.codebook.labelName(target.device, label)}.`);
}

/** Change the selected annotation; a suggestion that is being edited is accepted with the change. @param {Desk} desk @param {Partial<Annotation>} patch */
export function change(desk, patch) {
  const target = desk.annotation;
  if (!target) return;
  if (desk.draft) {
    const {suggestion} = desk.draft;
    if (suggestion !== null) acceptAs(desk, suggestion, {...pick(desk.draft), ...patch});
    return;
  }
  desk.perform([{kind: "update", annotation: {...target, ...patch}}]);
}

/** @param {Annotation} draft */
function pick({label, parts, attributes, note, confidence, flag}) {
  return {label, parts, attributes, note, confidence, flag};
}

/** Accept a suggestion, changed or not, and select the annotation. @param {Desk} desk @param {number} id @param {Partial<Annotation>} [changes] @returns {string | undefined} id of the annotation */
export function acceptAs(desk, id, changes = {}) {
  const suggestion = desk.state.suggestions.get(id);
  if (!suggestion) return;
  const {device, label, parts, attributes} = suggestion;
  const proposed = {...desk.blank(device, label, parts), attributes: {...attributes}, ...changes};
  const twin = desk.annotations.find((own) => own.suggestion === null && sameMark(own, proposed));
  const annotation = {...(twin ? joined(proposed, twin, changes) : proposed), suggestion: id};
  if (!desk.perform([...(twin ? replaced(desk, twin, annotation) : []), {kind: "accept", suggestion: id, annotation}])) return;
  desk.select(`a:${annotation.id}`, {group: null, ghosts: []});
  return annotation.id;
}

/** Whether two annotations say the same of the same words. @param {Annotation} one @param {Annotation} other */
function sameMark(one, other) {
  const places = (/** @type {Annotation} */ {parts}) => parts.map(({role, start, end, article}) => [role, start, end, article].join()).sort().join(";");
  return one.device === other.device && one.label === other.label && places(one) === places(other);
}

/** Keep what was answered by hand; what was changed just now wins. @param {Annotation} proposed @param {Annotation} twin @param {Partial<Annotation>} changes @returns {Annotation} */
function joined(proposed, {attributes, note, confidence, flag}, changes) {
  return {
    ...proposed, attributes: {...proposed.attributes, ...attributes, ...changes.attributes},
    note: proposed.note || note, confidence: proposed.confidence || confidence, flag: proposed.flag || flag,
  };
}

/** What was marked by hand already gives way to its acceptance, or it would count twice. @param {Desk} desk @param {Annotation} twin @param {Annotation} annotation @returns {import("./undo.js").Draft[]} */
function replaced(desk, twin, annotation) {
  const children = desk.annotations.filter((own) => own.attributes.parent === twin.id);
  return [
    {kind: "delete", annotation_id: twin.id},
    ...children.map((child) => ({kind: /** @type {const} */ ("update"), annotation: {...child, attributes: {...child.attributes, parent: annotation.id}}})),
  ];
}

/** Draw a part: it joins the open group or starts a new one. @param {Desk} desk @param {string} device @param {string} role */
export function drawPart(desk, device, role) {
  const known = desk.codebook.device(device);
  const definition = desk.codebook.role(device, role);
  if (!definition || !desk.range || desk.pane !== desk.main) return desk.say("Choose words in this article first.");
  const part = desk.part(role, desk.range);
  if (desk.draft?.device === device) {
    change(desk, {parts: joinPart(desk.draft.parts, part, definition)});
    desk.collapse();
    return desk.set({group: desk.selected?.slice(2) ?? null});
  }
  const open = desk.joining;
  if (open && open.device === device) joinOpen(desk, open, part, definition);
  else startGroup(desk, device, known.labels[0].id, part);
}

/** @param {Desk} desk @param {Annotation} open @param {Part} part @param {import("./codebook.js").Role} role */
function joinOpen(desk, open, part, role) {
  const parts = joinPart(open.parts, part, role);
  if (!parts.length) return desk.say("The only part of it: delete it instead.");
  if (!desk.perform([{kind: "update", annotation: {...open, parts}}])) return;
  desk.collapse();
  const rest = desk.ghosts.filter((ghost) => ghost.role !== part.role);
  desk.set({ghosts: rest, selected: `a:${open.id}`, selectedAt: desk.main.cursor, tab: "selected", triaging: false});
  desk.say(`${role.name}: ${part.quote}.`);
}

/** @param {Desk} desk @param {string} device @param {string} label @param {Part} part */
function startGroup(desk, device, label, part) {
  const annotation = desk.blank(device, label, [part]);
  if (!desk.perform([{kind: "create", annotation}])) return;
  const {model} = desk.main;
  const others = [...desk.undecided, ...desk.annotations].filter((other) => other.device === device && other.id !== annotation.id);
  const proposed = part.role === "cue" ? ghosts(model, part, others, desk.articleId, desk.data.layer?.ghosts) : [];
  desk.collapse();
  desk.select(`a:${annotation.id}`, {group: annotation.id, ghosts: proposed, triaging: false});
  const hint = proposed.length ? " Enter takes the proposed parts." : " Enter closes the group.";
  desk.say(`${part.role}: ${part.quote}.${hint}`);
}

/** Take the ghosts, close the group. @param {Desk} desk */
export function takeGhosts(desk) {
  const target = desk.joining;
  if (target && desk.ghosts.length) {
    const roles = new Set(target.parts.map((part) => part.role));
    const parts = [...target.parts, ...desk.ghosts.filter((ghost) => !roles.has(ghost.role))];
    desk.perform([{kind: "update", annotation: {...target, parts}}]);
  }
  desk.set({group: null, ghosts: []});
  desk.say("Group closed.");
}

/** Re-draw: open the selected relation again, or put the selected span where the words are. @param {Desk} desk */
export function rejoin(desk) {
  const target = desk.annotation;
  if (!target) return desk.say("Select an annotation first.");
  const device = desk.codebook.device(target.device);
  if (device.unit !== "span") {
    desk.set({group: desk.draft ? null : target.id});
    return desk.say("Parts join this group until Enter.");
  }
  if (!desk.range || desk.pane !== desk.main) return;
  change(desk, {parts: [desk.part(device.roles[0].id, desk.range)]});
  desk.collapse();
  desk.say("Moved to the chosen words.");
}

/** Take one part out. @param {Desk} desk @param {Part} part */
export function dropPart(desk, part) {
  const target = desk.annotation;
  if (!target) return;
  const parts = target.parts.filter((other) => other !== part);
  if (!parts.length) return deleteSelected(desk);
  change(desk, {parts});
}

/** Set an attribute; the same value again takes it back. @param {Desk} desk @param {string} name @param {string} value */
export function setAttribute(desk, name, value) {
  const target = desk.annotation;
  if (!target || (target.attributes[name] ?? "") === value) return;
  const attributes = {...target.attributes, [name]: value};
  if (!value) delete attributes[name];
  change(desk, {attributes});
}

/** Delete the selected annotation. One that came from a suggestion counts as rejected. @param {Desk} desk */
export function deleteSelected(desk) {
  const target = desk.annotation;
  if (!target || desk.draft) return desk.say("Select an annotation first.");
  const decision = target.suggestion === null ? null : desk.state.suggestions.get(target.suggestion)?.decision;
  const ours = decision?.annotation === target.id;
  const done = ours && target.suggestion !== null
    ? desk.perform([{kind: "reopen", suggestion: target.suggestion}, {kind: "reject", suggestion: target.suggestion}])
    : desk.perform([{kind: "delete", annotation_id: target.id}]);
  if (done) desk.say(ours ? "Deleted; the suggestion counts as rejected." : "Deleted.");
}

/** Put a flag on the selected annotation or take it off. @param {Desk} desk @param {string} flag */
export function toggleFlag(desk, flag) {
  const target = desk.annotation;
  if (!target) return desk.say("Select an annotation first.");
  const {flags} = desk.codebook;
  if (flags.length && !flags.some(({id}) => id === flag)) return desk.say(`This codebook has no flag “${flag}”.`);
  change(desk, {flag: target.flag === flag ? "" : flag});
  desk.say(target.flag === flag ? "Flag taken off." : `Flagged: ${flag}.`);
}

/** Say that a device was read to the end, or take it back. @param {Desk} desk @param {string} device */
export function toggleComplete(desk, device) {
  const complete = desk.state.completion[device] === "done";
  const {name} = desk.codebook.device(device);
  if (desk.perform([{kind: complete ? "uncomplete" : "complete", device}])) {
    desk.say(complete ? `${name} is open again.` : `${name}: read, no more here.`);
  }
}

/** Ask about the next other occurrence. @param {Desk} desk */
export function askOthers(desk) {
  if (!desk.others) {
    const target = desk.annotation;
    const part = target?.parts[0];
    if (!target || !part || desk.codebook.device(target.device).unit !== "span") return desk.say("Select a term first.");
    const ranges = unmarked(desk, target);
    if (!ranges.length) return desk.say("There is no other occurrence.");
    desk.others = {like: target, ranges, index: -1};
  }
  showOther(desk, 0);
}

/** Mark this occurrence or leave it, and ask about the next. @param {Desk} desk @param {boolean} mark */
export function answerOther(desk, mark) {
  const {others} = desk;
  if (!others || others.index < 0) return;
  const like = desk.state.annotations.get(others.like.id) ?? others.like;
  const role = like.parts[0].role;
  if (mark) {
    const fresh = desk.blank(like.device, like.label, [desk.part(role, others.ranges[others.index], desk.main)]);
    desk.perform([{kind: "create", annotation: {...fresh, attributes: like.attributes}}]);
  }
  showOther(desk, others.index + 1);
}

/** @param {Desk} desk @param {number} index */
function showOther(desk, index) {
  const {others} = desk;
  const range = others?.ranges[index];
  if (!others || !range) return desk.set({others: null});
  desk.visit({parts: [{...range, article: desk.articleId}]});
  desk.set({others: {...others, index}, pane: desk.main});
  desk.say(`Mark ${shortened(desk.main.model.slice(range.start, range.end))} here too? ${desk.keymap.label("accept")} yes, ${desk.keymap.label("reject")} no.`);
}

/** Return where else the words stand and have no mark of this device yet. @param {Desk} desk @param {Annotation} annotation @returns {Range[]} */
function unmarked(desk, {device, parts}) {
  return desk.main.model.otherOccurrences(parts[0]).filter((range) => !marksAt(desk, device, range).length);
}

/** Return the annotations of a device with a part that covers exactly these words. @param {Desk} desk @param {string} device @param {Range} range */
function marksAt(desk, device, range) {
  const here = desk.main.itemsOn(range).map((key) => desk.state.annotations.get(key.slice(2)));
  return here.filter((own) => own !== undefined).filter((own) => own.device === device);
}

/** @param {Desk} desk @param {Annotation} target whether the cursor stands on it */
function covers(desk, target) {
  const token = desk.main.model.tokens[desk.main.cursor.focus];
  if (!token || desk.pane !== desk.main) return false;
  return target.parts.some((part) => part.article === desk.articleId && part.start < token.end && token.start < part.end);
}
