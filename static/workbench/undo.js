/** Undo and redo: every step is a list of operations with the operations that take them back. */
import {apply, inverse, refusal} from "./state.js";

/** @import {Operation, State} from "./types.js" */

/**
 * @typedef {Omit<Operation, "id" | "at">} Draft an operation before it has an id and a time
 * @typedef {{back: Draft[]}} Step what takes a step back, in the order to apply it
 * @typedef {{undo: readonly Step[], redo: readonly Step[]}} History
 */

/** @type {History} */
export const EMPTY = {undo: [], redo: []};

const DEPTH = 500;

/**
 * Apply operations and return the new state with the step that takes them back.
 * @param {State} state @param {readonly Operation[]} ops @returns {{state: State, step: Step}}
 */
export function perform(state, ops) {
  /** @type {Draft[]} */
  const back = [];
  let current = state;
  for (const op of ops) {
    const problem = refusal(current, op);
    if (problem) throw new Error(problem);
    const taken = inverse(current, op);
    if (taken) back.unshift(taken);
    current = apply(current, op);
  }
  return {state: current, step: {back}};
}

/** Say why a step can no longer be taken back, "" when it can. @param {State} state @param {Step} step */
export function stale(state, step) {
  let current = state;
  for (const draft of step.back) {
    const op = {...draft, id: "", at: ""};
    const problem = refusal(current, op);
    if (problem) return problem;
    current = apply(current, op);
  }
  return "";
}

/** A new step makes what was undone unreachable. @param {History} history @param {Step} step @returns {History} */
export function done(history, step) {
  return {undo: [...history.undo, step].slice(-DEPTH), redo: []};
}

/** @param {History} history @param {Step} step the step that takes the undo back @returns {History} */
export function undone(history, step) {
  return {undo: history.undo.slice(0, -1), redo: [...history.redo, step]};
}

/** @param {History} history @param {Step} step @returns {History} */
export function redone(history, step) {
  return {undo: [...history.undo, step], redo: history.redo.slice(0, -1)};
}
