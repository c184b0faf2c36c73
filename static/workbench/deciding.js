/** Suggestions, one after the other: accept, reject, edit, re-open; the next one comes into view. */
import {acceptAs, answerOther, takeGhosts} from "./commands.js";
import {neighbour} from "./triage.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @param {"accept" | "reject"} verdict */
export function decide(desk, verdict) {
  if (desk.others && desk.others.index >= 0) return answerOther(desk, verdict === "accept");
  // The strip shows the open group: its parts are what is answered.
  if (desk.group) return verdict === "accept" ? takeGhosts(desk) : desk.set({group: null, ghosts: []});
  const id = desk.current;
  if (id === null) return desk.say("No suggestion is open.");
  const next = neighbour(desk.state, desk.articleId, id)?.id ?? null;
  const done = verdict === "accept" ? acceptAs(desk, id) !== undefined : desk.perform([{kind: "reject", suggestion: id}]);
  if (!done) return;
  if (desk.draft?.suggestion === id) desk.draft = null;
  show(desk, next);
  desk.say(`${verdict === "accept" ? "Accepted" : "Rejected"}. ${next === null ? "That was the last one." : "Next: " + wordsOf(desk, next)}`);
}

/** Open the last decision again and go back to it. @param {Desk} desk */
export function reopenLast(desk) {
  const last = lastDecided(desk);
  if (last === null) return desk.say("No decision to open again.");
  reopen(desk, last);
}

/** @param {Desk} desk @param {number} id */
export function reopen(desk, id) {
  if (!desk.perform([{kind: "reopen", suggestion: id}])) return;
  forget(desk, id);
  show(desk, id);
  desk.say("The suggestion is open again.");
}

/** Go to the next or previous open suggestion. @param {Desk} desk @param {1 | -1} step */
export function go(desk, step) {
  const next = neighbour(desk.state, desk.articleId, desk.current, step);
  show(desk, next?.id ?? desk.current);
}

/** Put a suggestion before the annotator. @param {Desk} desk @param {number | null} id */
export function show(desk, id) {
  const suggestion = id === null ? null : desk.state.suggestions.get(id);
  if (suggestion) desk.visit(suggestion);
  desk.set({current: id, triaging: id !== null, pane: desk.main});
  if (desk.draft && desk.draft.suggestion !== id) desk.select(null);
  if (id !== null && suggestion) desk.say(wordsOf(desk, id));
}

/** @param {Desk} desk @param {number} id */
function wordsOf(desk, id) {
  return `${desk.items.get("s:" + id)?.words ?? ""}: ${desk.state.suggestions.get(id)?.parts[0]?.quote ?? ""}`;
}

/** Take a suggestion as a draft: the first change accepts it as edited. @param {Desk} desk */
export function edit(desk) {
  const {suggestion} = desk;
  if (!suggestion) return;
  const {device, label, parts, attributes, id} = suggestion;
  const draft = {...desk.blank(device, label, parts), attributes: {...attributes}, suggestion: id};
  desk.select(`s:${id}`, {draft, triaging: true});
  desk.say("Change label, parts or answers: the first change accepts it as edited. " + desk.keymap.label("accept") + " accepts it as it is.");
}

/** Decisions of this visit, latest last. @type {WeakMap<Desk, number[]>} */
const ORDER = new WeakMap();

/** Remember in which order suggestions were decided. @param {Desk} desk */
export function watchDecisions(desk) {
  /** @type {number[]} */
  const order = [];
  ORDER.set(desk, order);
  let seen = desk.state.suggestions;
  desk.store.onState.add(() => {
    const now = desk.state.suggestions;
    if (now === seen) return;
    for (const [id, {decision}] of now) {
      if (Boolean(decision) === Boolean(seen.get(id)?.decision)) continue;
      forget(desk, id);
      if (decision) order.push(id);
    }
    seen = now;
  });
}

/** @param {Desk} desk @param {number} id */
function forget(desk, id) {
  const order = ORDER.get(desk);
  const at = order?.indexOf(id) ?? -1;
  if (at >= 0) order?.splice(at, 1);
}

/** @param {Desk} desk @returns {number | null} */
function lastDecided(desk) {
  const order = ORDER.get(desk) ?? [];
  if (order.length) return order[order.length - 1];
  // After a reload the latest annotation id tells which acceptance was last.
  const accepted = Array.from(desk.state.suggestions.values()).filter((s) => s.decision?.annotation);
  accepted.sort((a, b) => ((a.decision?.annotation ?? "") < (b.decision?.annotation ?? "") ? 1 : -1));
  return accepted[0]?.id ?? null;
}
