/** Add an omission: what a sibling article says and this one does not. */
import {joinPart} from "./attribution.js";
import {acceptAs, change} from "./commands.js";
import {missingSentences} from "./candidates.js";
import {toArticle} from "./dom.js";

/** @import {Desk} from "./desk.js" */
/** @import {Part} from "./types.js" */
/** @import {Candidate} from "./desk.js" */
/** @import {Pane} from "./pane.js" */

const SHOWN = 12;

/** Open the question; the chosen words of this article become the anchor. @param {Desk} desk @param {() => Promise<Pane | null>} openSibling */
export async function startOmission(desk, openSibling) {
  const anchor = desk.chosen && desk.range && desk.pane === desk.main ? desk.part(anchorRole(desk), desk.range) : null;
  const sibling = desk.sibling ?? (await openSibling());
  if (!sibling) return desk.say("This event has no other article, so there is no evidence to point to.");
  const candidates = [...fromSuggestions(desk), ...fromSibling(desk, sibling)].slice(0, SHOWN);
  desk.collapse();
  desk.set({omission: {anchor, candidates, index: 0}, group: null, ghosts: []});
  showCandidate(desk);
}

/** Look at another candidate. @param {Desk} desk @param {1 | -1} step */
export function stepCandidate(desk, step) {
  const {omission} = desk;
  if (!omission || !omission.candidates.length) return;
  const index = (omission.index + step + omission.candidates.length) % omission.candidates.length;
  desk.set({omission: {...omission, index}});
  showCandidate(desk);
}

/** Name the kind: that makes the omission, with the evidence that is shown. @param {Desk} desk @param {string} label */
export function nameKind(desk, label) {
  const {omission} = desk;
  const device = desk.codebook.ofUnit("document");
  if (!omission || !device) return;
  const chosen = omission.candidates[omission.index];
  const picked = pickedEvidence(desk);
  if (chosen?.suggestion && !picked) {
    desk.omission = null;
    acceptAs(desk, chosen.suggestion, {label});
    return desk.say(`Omission: ${desk.codebook.labelName(device.id, label)}.`);
  }
  const evidence = picked ?? chosen?.part;
  const parts = [omission.anchor, evidence].filter((part) => part !== null && part !== undefined);
  const annotation = desk.blank(device.id, label, parts);
  if (!desk.perform([{kind: "create", annotation}])) return;
  desk.select(`a:${annotation.id}`, {omission: null, pane: desk.main});
  toArticle();
  desk.say(`Omission: ${desk.codebook.labelName(device.id, label)}. Say in the panel what is missing.`);
}

/** Add the words chosen in the sibling as evidence of the selected omission. @param {Desk} desk */
export function addEvidence(desk) {
  const target = desk.annotation;
  const device = desk.codebook.ofUnit("document");
  const role = roleOf(desk, true);
  if (!desk.sibling || desk.pane !== desk.sibling || !desk.range || !role) return desk.say("Choose words in the sibling article first.");
  if (!target || target.device !== device?.id) return desk.say("Select an omission first, or add one.");
  const part = desk.part(role.id, desk.range);
  const parts = joinPart(target.parts, part, role);
  change(desk, {parts});
  desk.collapse();
  desk.say(parts.includes(part) ? "Evidence added." : "Evidence taken out.");
}

/** Anchor at the chosen words, or in the gap after the cursor's sentence; again: the whole article. @param {Desk} desk */
export function placeAnchor(desk) {
  const target = desk.annotation;
  const device = desk.codebook.ofUnit("document");
  if (!target || target.device !== device?.id) return desk.say("Select an omission first.");
  const {main} = desk;
  const token = main.model.tokens[main.cursor.focus];
  const sentence = token && main.model.sentences[main.model.sentenceIndex(token.start)];
  if (!sentence) return;
  const words = desk.pane === main && desk.chosen ? desk.range : null;
  const range = words ?? {start: sentence.end, end: sentence.end};
  const role = anchorRole(desk);
  const old = target.parts.find((part) => part.role === role);
  const rest = target.parts.filter((part) => part.role !== role);
  const again = old && old.start === range.start && old.end === range.end;
  change(desk, {parts: again ? rest : [desk.part(role, range, main), ...rest]});
  desk.collapse();
  // The hand is on the omission again: a digit names its kind.
  desk.selectedAt = main.cursor;
  desk.say(again ? "Anchor: the whole article." : words ? "Anchored at these words." : "Anchored after this sentence.");
}

/** The role of the evidence in a sibling, or of the anchor in this article. @param {Desk} desk @param {boolean} sibling */
function roleOf(desk, sibling) {
  return desk.codebook.ofUnit("document")?.roles.find((role) => role.sibling === sibling);
}

/** @param {Desk} desk */
function anchorRole(desk) {
  return roleOf(desk, false)?.id ?? "anchor";
}

/** @param {Desk} desk @returns {Part | null} what a hand chose in the sibling */
function pickedEvidence(desk) {
  const role = roleOf(desk, true);
  const picked = desk.sibling && desk.pane === desk.sibling && desk.chosen && desk.range;
  return picked && role ? desk.part(role.id, picked) : null;
}

/** @param {Desk} desk @returns {Candidate[]} */
function fromSuggestions(desk) {
  const found = [];
  const device = desk.codebook.ofUnit("document")?.id;
  for (const {id, decision, parts, device: of} of desk.state.suggestions.values()) {
    const part = parts.find((candidate) => candidate.article !== desk.articleId);
    if (of === device && !decision && part) found.push({part, suggestion: id, where: titleOf(desk, part.article)});
  }
  return found;
}

/** @param {Desk} desk @param {Pane} sibling @returns {Candidate[]} */
function fromSibling(desk, sibling) {
  const role = roleOf(desk, true)?.id ?? "evidence";
  return missingSentences(desk.main.model, sibling.model).map((range) => ({
    part: desk.part(role, range, sibling), suggestion: null, where: sibling.article.title,
  }));
}

/** @param {Desk} desk @param {number} article */
export function titleOf(desk, article) {
  return desk.data.siblings.find((sibling) => sibling.id === article)?.title ?? "another article";
}

/** @param {Desk} desk */
function showCandidate(desk) {
  const candidate = desk.omission?.candidates[desk.omission.index];
  if (!candidate) return desk.say("Choose the evidence in the sibling article, then name the kind.");
  if (desk.sibling?.article.id === candidate.part.article) desk.sibling.reveal(candidate.part);
  desk.say(`Missing here? ${candidate.part.quote}`);
}
