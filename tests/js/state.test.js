import assert from "node:assert/strict";
import test from "node:test";
import {apply, refusal, sameClaim, stateOf} from "../../static/workbench/state.js";
import {EMPTY, done, perform, redone, stale, undone} from "../../static/workbench/undo.js";
import {randomFrom} from "./random.js";
import {annotation, assignment, part, plain, randomOperation, suggestion} from "./samples.js";

const at = "2026-05-05T10:00:00Z";
const stamped = (drafts, name) => drafts.map((draft, i) => ({...draft, id: `${name}-${i}`, at}));

test("any operations and then their undo give the first state again", () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const random = randomFrom(seed);
    const first = stateOf(assignment());
    let state = first;
    const steps = [];
    for (let i = 0; i < 40; i += 1) {
      const made = perform(state, [randomOperation(random, state, i)]);
      state = made.state;
      steps.push(made.step);
    }
    for (const [i, step] of steps.reverse().entries()) state = perform(state, stamped(step.back, `undo-${seed}-${i}`)).state;
    assert.deepEqual(plain(state), plain(first));
  }
});

test("undo of everything and redo of everything give the last state again", () => {
  for (let seed = 100; seed < 140; seed += 1) {
    const random = randomFrom(seed);
    let state = stateOf(assignment());
    let history = EMPTY;
    for (let i = 0; i < 30; i += 1) {
      const made = perform(state, [randomOperation(random, state, i)]);
      history = done(history, made.step);
      state = made.state;
    }
    const last = plain(state);
    let count = 0;
    while (history.undo.length) {
      const step = history.undo.at(-1);
      assert.equal(stale(state, step), "");
      const made = perform(state, stamped(step.back, `u${(count += 1)}`));
      history = undone(history, made.step);
      state = made.state;
    }
    while (history.redo.length) {
      const made = perform(state, stamped(history.redo.at(-1).back, `r${(count += 1)}`));
      history = redone(history, made.step);
      state = made.state;
    }
    assert.deepEqual(plain(state), last);
  }
});

test("a state is never changed in place", () => {
  const random = randomFrom(7);
  const first = stateOf(assignment());
  const copy = JSON.stringify(plain(first));
  let state = first;
  for (let i = 0; i < 50; i += 1) state = apply(state, randomOperation(random, state, i));
  assert.equal(JSON.stringify(plain(first)), copy);
});

test("accepting unchanged is accepted, accepting with another label is edited", () => {
  const state = stateOf(assignment());
  const {label, parts} = suggestion(1);
  const taken = apply(state, {id: "1", at, kind: "accept", suggestion: 1, annotation: annotation("x", {label, parts})});
  assert.equal(taken.suggestions.get(1).decision.verdict, "accepted");
  const edited = apply(state, {id: "1", at, kind: "accept", suggestion: 1, annotation: annotation("x", {label: "lt.hedge", parts})});
  assert.equal(edited.suggestions.get(1).decision.verdict, "edited");
  assert.equal(edited.annotations.get("x").suggestion, 1);
});

test("re-opening an accepted suggestion takes its annotation away", () => {
  let state = stateOf(assignment());
  state = apply(state, {id: "1", at, kind: "accept", suggestion: 1, annotation: annotation("x")});
  state = apply(state, {id: "2", at, kind: "reopen", suggestion: 1});
  assert.equal(state.annotations.size, 0);
  assert.equal(state.suggestions.get(1).decision, null);
});

test("impossible operations are named, not applied", () => {
  const state = stateOf(assignment({completion: {omission: "done"}}));
  const cases = [
    [{kind: "update", annotation: annotation("gone")}, /gone/],
    [{kind: "delete", annotation_id: "gone"}, /gone/],
    [{kind: "reopen", suggestion: 1}, /open/],
    [{kind: "accept", suggestion: 99, annotation: annotation("x")}, /gone/],
    [{kind: "complete", device: "omission"}, /complete already/],
    [{kind: "fly"}, /does not know/],
  ];
  for (const [op, expected] of cases) assert.match(refusal(state, {id: "1", at, ...op}), expected);
  assert.throws(() => perform(state, [{id: "1", at, kind: "delete", annotation_id: "gone"}]), /gone/);
});

test("the order of parts and empty attributes make no other claim", () => {
  const a = annotation("a", {parts: [part("Critics", "source"), part("say", "cue")], attributes: {voice: ""}});
  const b = annotation("b", {parts: [part("say", "cue"), part("Critics", "source")]});
  assert.ok(sameClaim(a, b));
  assert.ok(!sameClaim(a, {...b, attributes: {voice: "author"}}));
});
