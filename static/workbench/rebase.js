/** Bring unsent operations onto what the server has meanwhile, and find those that collide. */
import {apply, asOperation, refusal} from "./state.js";

/** @import {Annotation, Operation, State, StoredOperation} from "./types.js" */

/**
 * @typedef {{subject: string, mine: Operation[], theirs: Operation}} Conflict
 *   Unsent operations on something that was changed elsewhere too.
 */

/** @type {ReadonlySet<string>} */
const NOBODY = new Set();

/** Return what an operation is about; operations about different things commute. @param {Operation} op */
export function subjectOf(op) {
  if (op.suggestion !== undefined && op.suggestion !== null) return `suggestion ${op.suggestion}`;
  if (op.device && !op.annotation && !op.annotation_id) return `device ${op.device}`;
  return `annotation ${op.annotation?.id ?? op.annotation_id}`;
}

/** Return all subjects: accepting a suggestion makes an annotation. @param {Operation} op @returns {string[]} */
export function subjectsOf(op) {
  const subjects = [subjectOf(op)];
  const made = op.annotation?.id ?? op.annotation_id;
  if (made && !subjects[0].startsWith("annotation")) subjects.push(`annotation ${made}`);
  return subjects;
}

/** Return the operations that build on any of these, themselves included. @param {readonly Operation[]} ops @param {ReadonlySet<string>} ids */
export function dependents(ops, ids) {
  const touched = new Set();
  const found = [];
  for (const op of ops) {
    const subjects = subjectsOf(op);
    if (!ids.has(op.id) && !subjects.some((subject) => touched.has(subject))) continue;
    found.push(op);
    for (const subject of subjects) touched.add(subject);
  }
  return found;
}

/**
 * Apply what the page missed to the confirmed state.
 *
 * What the server tells of our own operations is an acknowledgement that got lost: they leave the
 * list. What collides is returned for a person to decide and left out of `pending`.
 *
 * @param {State} base confirmed state
 * @param {readonly StoredOperation[]} missed
 * @param {readonly Operation[]} pending
 * @param {ReadonlySet<string>} [tabs] whose operations are our own, even after a reload
 * @returns {{base: State, pending: Operation[], conflicts: Conflict[]}}
 */
export function rebase(base, missed, pending, tabs = NOBODY) {
  let confirmed = base;
  const known = new Set(missed.map((op) => op.id));
  const own = new Set(pending.map((op) => op.id));
  /** @type {Map<string, Operation>} */
  const theirs = new Map();
  for (const stored of missed) {
    const op = asOperation(stored);
    const foreign = !own.has(op.id) && !tabs.has(stored.tab);
    if (foreign) for (const subject of subjectsOf(op)) theirs.set(subject, op);
    if (stored.revision <= confirmed.revision) continue;
    if (!refusal(confirmed, op)) confirmed = apply(confirmed, op);
    confirmed = {...confirmed, revision: stored.revision};
  }
  const rest = pending.filter((op) => !known.has(op.id));
  const hit = new Set(rest.filter((op) => subjectsOf(op).some((s) => theirs.has(s))).map((op) => op.id));
  const held = dependents(rest, hit);
  const heldIds = new Set(held.map((op) => op.id));
  return {
    base: confirmed,
    pending: rest.filter((op) => !heldIds.has(op.id)),
    conflicts: grouped(held, theirs, confirmed),
  };
}

/** @param {Operation[]} held @param {Map<string, Operation>} theirs @param {State} base @returns {Conflict[]} */
function grouped(held, theirs, base) {
  /** @type {Map<string, Conflict>} */
  const groups = new Map();
  for (const op of held) {
    const subject = subjectsOf(op).find((name) => theirs.has(name)) ?? subjectOf(op);
    const other = theirs.get(subject);
    if (!other) continue;
    const group = groups.get(subject) ?? {subject, mine: [], theirs: other};
    group.mine.push(op);
    groups.set(subject, group);
  }
  return Array.from(groups.values()).filter((conflict) => !moot(conflict, base));
}

/** Both sides did the same: nothing to ask. @param {Conflict} conflict @param {State} base */
function moot(conflict, base) {
  const last = conflict.mine[conflict.mine.length - 1];
  const {theirs} = conflict;
  if (last.kind !== theirs.kind) return false;
  if (["delete", "reject", "reopen", "complete", "uncomplete"].includes(last.kind)) return true;
  const stored = base.annotations.get(last.annotation?.id ?? "");
  return last.kind === "update" && same(stored, last.annotation);
}

/** @param {Annotation | undefined} a @param {Annotation | undefined} b */
function same(a, b) {
  const plain = (/** @type {Annotation | undefined} */ x) => JSON.stringify({...x, revision: 0});
  return plain(a) === plain(b);
}

/**
 * Return the operations that make my version the stored one.
 * @param {Conflict} conflict @param {State} base @returns {Omit<Operation, "id" | "at">[]}
 */
export function keepMine(conflict, base) {
  const last = conflict.mine[conflict.mine.length - 1];
  const {suggestion, annotation, annotation_id: gone} = last;
  if (last.device && !annotation && !gone) return [{kind: last.kind, device: last.device}];
  if (suggestion !== undefined) {
    const reopen = base.suggestions.get(suggestion)?.decision ? [{kind: /** @type {const} */ ("reopen"), suggestion}] : [];
    return last.kind === "reopen" ? reopen : [...reopen, {kind: last.kind, suggestion, annotation}];
  }
  if (last.kind === "delete") return base.annotations.has(gone ?? "") ? [{kind: "delete", annotation_id: gone}] : [];
  const there = base.annotations.has(annotation?.id ?? "");
  return [{kind: there ? "update" : "create", annotation}];
}
