/** What an annotator has answered, and what each operation does to it. */

/** @import {Added, Answer, Cell, Claim, Draft, Operation, Stored} from "./types.js" */

/**
 * @typedef {{cells: ReadonlyMap<string, Cell>, added: ReadonlyMap<string, Added>}} State
 *   Answers by claim, and the claims of one's own that stand.
 */

/** @param {readonly Claim[]} claims @returns {State} */
export function stateOf(claims) {
  const cells = claims.filter(({cell}) => cell).map(({id, cell}) => /** @type {[string, Cell]} */ ([id, plain(cell)]));
  const added = claims.filter(({mine}) => mine).map(({id, statement, evidence}) => /** @type {[string, Added]} */ ([id, {
    statement, evidence: evidence.filter(({article}) => article !== null).map(({article, start, end, quote}) => ({article: Number(article), start, end, quote})),
  }]));
  return {cells: new Map(cells), added: new Map(added)};
}

/** Return an answer without its details, for anything but an omission. @param {Answer} answer @param {Cell | undefined} before @returns {Cell} */
export function answered(answer, before) {
  const {note = "", confidence = ""} = before ?? {};
  if (answer === "omitted" && before?.answer === "omitted") return before;
  return {answer, kind: "", anchor: null, salience: null, favours: "", favours_polarity: "", note, confidence};
}

/** @param {State} state @param {Pick<Operation, "kind" | "claim" | "cell" | "statement" | "evidence">} op @returns {State} */
export function apply(state, op) {
  const cells = new Map(state.cells);
  const added = new Map(state.added);
  if (op.cell) cells.set(op.claim, op.cell);
  else cells.delete(op.claim);
  if (op.kind === "add") added.set(op.claim, {statement: op.statement ?? "", evidence: op.evidence ?? []});
  if (op.kind === "withdraw") added.delete(op.claim);
  return {cells, added};
}

/** Return what takes an operation back, null when it changes nothing. @param {State} state @param {Draft} op @returns {Draft | null} */
export function inverse(state, op) {
  const {claim} = op;
  const cell = state.cells.get(claim);
  if (op.kind === "add") return {kind: "withdraw", claim};
  if (op.kind === "withdraw") return {kind: "add", claim, ...state.added.get(claim), cell: cell ?? answered("omitted", undefined)};
  if (cell) return {kind: "judge", claim, cell};
  return op.kind === "judge" ? {kind: "clear", claim} : null;
}

/**
 * Take up what was saved elsewhere. Where both answered one claim, the later answer stands; the
 * history keeps both.
 *
 * @param {State} base @param {readonly Stored[]} missed @param {readonly Operation[]} pending
 * @returns {{base: State, pending: Operation[], lost: Operation[]}} `lost` are ours that were earlier
 */
export function rebase(base, missed, pending) {
  const known = new Set(missed.map(({id}) => id));
  const own = new Set(pending.map(({id}) => id));
  const theirs = new Map(missed.filter(({id}) => !own.has(id)).map((op) => [op.claim, Date.parse(op.client_time ?? op.at)]));
  let state = base;
  for (const op of missed) {
    state = apply(state, {kind: op.kind === "withdraw" ? "withdraw" : "judge", claim: op.claim, cell: op.after ? plain(op.after) : undefined});
  }
  const open = pending.filter(({id}) => !known.has(id));
  const late = (/** @type {Operation} */ op) => (theirs.get(op.claim) ?? 0) > Date.parse(op.at);
  return {base: state, pending: open.filter((op) => !late(op)), lost: open.filter(late)};
}

/** Return the answer without what only the server knows. @param {any} cell @returns {Cell} */
function plain({answer, kind, anchor, salience, favours, favours_polarity, note, confidence}) {
  return {answer, kind, anchor, salience, favours, favours_polarity, note, confidence};
}
