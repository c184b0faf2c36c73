/** What is annotated, as an immutable value; operations turn one state into the next. */

/** @import {Annotation, Assignment, Decision, Operation, State, StoredOperation, Suggestion} from "./types.js" */

/** @param {Pick<Assignment, "revision" | "annotations" | "suggestions" | "completion">} data @returns {State} */
export function stateOf(data) {
  return {
    revision: data.revision,
    annotations: new Map(data.annotations.map((annotation) => [annotation.id, annotation])),
    suggestions: new Map(data.suggestions.map((suggestion) => [suggestion.id, suggestion])),
    completion: data.completion,
  };
}

/** Return why an operation cannot be applied, or "" when it can. @param {State} state @param {Operation} op */
export function refusal(state, op) {
  const known = op.suggestion === undefined ? null : state.suggestions.get(op.suggestion);
  switch (op.kind) {
    case "create":
      return op.annotation && !state.annotations.has(op.annotation.id) ? "" : "this annotation exists already";
    case "update":
      return op.annotation && state.annotations.has(op.annotation.id) ? "" : "this annotation is gone";
    case "delete":
      return state.annotations.has(op.annotation_id ?? "") ? "" : "this annotation is gone";
    case "accept":
    case "reject":
      if (!known) return "this suggestion is gone";
      return known.decision ? "this suggestion is decided already" : "";
    case "reopen":
      return known?.decision ? "" : "this suggestion is open";
    case "complete":
      return state.completion[op.device ?? ""] === "done" ? "this device is complete already" : "";
    case "uncomplete":
      return state.completion[op.device ?? ""] === "done" ? "" : "this device is open already";
    default:
      return "this page does not know this kind of operation";
  }
}

/** Return the state after the operation. @param {State} state @param {Operation} op @returns {State} */
export function apply(state, op) {
  switch (op.kind) {
    case "create":
    case "update":
      return {...state, annotations: withEntry(state.annotations, need(op.annotation))};
    case "delete":
      return {...state, annotations: without(state.annotations, op.annotation_id ?? "")};
    case "accept":
      return accepted(state, op.suggestion ?? 0, need(op.annotation));
    case "reject":
      return {...state, suggestions: decided(state, op.suggestion ?? 0, {verdict: "rejected", annotation: null})};
    case "reopen":
      return reopened(state, op.suggestion ?? 0);
    case "complete":
    case "uncomplete": {
      const value = op.kind === "complete" ? "done" : "open";
      return {...state, completion: {...state.completion, [op.device ?? ""]: value}};
    }
    default:
      throw new Error(`unknown operation ${op.kind}`);
  }
}

/**
 * Return what takes the operation back, without id and time; null where nothing can.
 * @param {State} before @param {Operation} op @returns {Omit<Operation, "id" | "at"> | null}
 */
export function inverse(before, op) {
  switch (op.kind) {
    case "create":
      return {kind: "delete", annotation_id: op.annotation?.id, undoes: op.id};
    case "update":
      return {kind: "update", annotation: before.annotations.get(op.annotation?.id ?? ""), undoes: op.id};
    case "delete":
      return {kind: "create", annotation: before.annotations.get(op.annotation_id ?? ""), undoes: op.id};
    case "accept":
    case "reject":
      return {kind: "reopen", suggestion: op.suggestion, undoes: op.id};
    case "reopen":
      return inverseOfReopen(before, op);
    case "complete":
      return {kind: "uncomplete", device: op.device, undoes: op.id};
    default:
      return {kind: "complete", device: op.device, undoes: op.id};
  }
}

/** Return the client form of an operation that the server tells. @param {StoredOperation} stored @returns {Operation} */
export function asOperation(stored) {
  /** @type {Operation} */
  const op = {id: stored.id, kind: stored.kind, at: stored.at};
  if (stored.after) op.annotation = stored.after;
  if (stored.annotation_id) op.annotation_id = stored.annotation_id;
  if (stored.suggestion !== null) op.suggestion = stored.suggestion;
  if (stored.device) op.device = stored.device;
  return op;
}

/** Say whether two annotations are the same claim: label, parts and attributes. @param {{label: string, parts: any[], attributes: Record<string, string>}} a @param {{label: string, parts: any[], attributes: Record<string, string>}} b */
export function sameClaim(a, b) {
  return canonical(a) === canonical(b);
}

/** @param {{label: string, parts: any[], attributes: Record<string, string>}} claim */
function canonical({label, parts, attributes}) {
  const places = parts.map((part) => [part.role, part.article, part.start, part.end].join(" ")).sort();
  const values = Object.entries(attributes).filter(([, value]) => value !== "").sort();
  return JSON.stringify([label, places, values]);
}

/** @param {State} state @param {number} id @param {Annotation} annotation @returns {State} */
function accepted(state, id, annotation) {
  const suggestion = /** @type {Suggestion} */ (state.suggestions.get(id));
  const edited = !sameClaim(suggestion, annotation);
  /** @type {Decision} */
  const decision = {verdict: edited ? "edited" : "accepted", annotation: annotation.id};
  return {
    ...state,
    annotations: withEntry(state.annotations, {...annotation, suggestion: id, edited}),
    suggestions: decided(state, id, decision),
  };
}

/** @param {State} state @param {number} id @returns {State} */
function reopened(state, id) {
  const made = state.suggestions.get(id)?.decision?.annotation;
  return {
    ...state,
    annotations: made ? without(state.annotations, made) : state.annotations,
    suggestions: decided(state, id, null),
  };
}

/** @param {State} before @param {Operation} op @returns {Omit<Operation, "id" | "at"> | null} */
function inverseOfReopen(before, op) {
  const decision = before.suggestions.get(op.suggestion ?? 0)?.decision;
  if (!decision) return null;
  if (decision.verdict === "rejected") return {kind: "reject", suggestion: op.suggestion, undoes: op.id};
  const annotation = before.annotations.get(decision.annotation ?? "");
  return annotation ? {kind: "accept", suggestion: op.suggestion, annotation, undoes: op.id} : null;
}

/** @param {State} state @param {number} id @param {Decision | null} decision */
function decided(state, id, decision) {
  const suggestion = state.suggestions.get(id);
  return suggestion ? new Map(state.suggestions).set(id, {...suggestion, decision}) : state.suggestions;
}

/** @param {ReadonlyMap<string, Annotation>} map @param {Annotation} annotation */
function withEntry(map, annotation) {
  return new Map(map).set(annotation.id, annotation);
}

/** @param {ReadonlyMap<string, Annotation>} map @param {string} id */
function without(map, id) {
  const copy = new Map(map);
  copy.delete(id);
  return copy;
}

/** @template T @param {T | undefined} value @returns {T} */
function need(value) {
  if (value === undefined) throw new Error("an operation lacks its annotation");
  return value;
}
