import assert from "node:assert/strict";
import test from "node:test";
import {dependents, keepMine, rebase} from "../../static/workbench/rebase.js";
import {apply, stateOf} from "../../static/workbench/state.js";
import {randomFrom} from "./random.js";
import {annotation, assignment, plain, randomOperation} from "./samples.js";

const at = "2026-05-05T10:00:00Z";
const create = (id, note = "") => ({id: `op-${id}`, at, kind: "create", annotation: annotation(id, {note})});
const update = (name, id, note) => ({id: name, at, kind: "update", annotation: annotation(id, {note})});
const base = (values) => stateOf(assignment(values));

/** Tell an operation as the server would. */
function stored(op, revision) {
  return {
    id: op.id, kind: op.kind, revision, at, tab: "other", device: op.device ?? "",
    annotation_id: op.annotation?.id ?? op.annotation_id ?? null, suggestion: op.suggestion ?? null, before: null,
    after: op.annotation ?? null,
  };
}

test("operations on different things commute: both sides end in the same state", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const random = randomFrom(seed);
    const first = base();
    const theirs = [];
    let server = first;
    for (let i = 0; i < 8; i += 1) {
      const op = randomOperation(random, server, `their-${i}`);
      theirs.push(op);
      server = apply(server, op);
    }
    const mine = [create("mine-1"), update("mine-2", "mine-1", "changed")];
    const result = rebase(first, theirs.map((op, i) => stored(op, i + 1)), mine);
    assert.deepEqual(result.conflicts, []);
    assert.deepEqual(result.pending, mine);
    assert.equal(result.base.revision, 8);
    const expected = plain(mine.reduce(apply, server));
    assert.deepEqual(plain(result.pending.reduce(apply, result.base)), expected);
  }
});

test("what the server tells of our own operations is an acknowledgement", () => {
  const mine = [create("a"), create("b")];
  const result = rebase(base(), [stored(mine[0], 1)], mine);
  assert.deepEqual(result.pending.map((op) => op.id), ["op-b"]);
  assert.ok(result.base.annotations.has("a"));
  assert.deepEqual(result.conflicts, []);
});

test("a revision that is known already is not applied twice", () => {
  const first = {...base(), revision: 5};
  const result = rebase(first, [stored(create("old"), 5), stored(create("new"), 6)], []);
  assert.deepEqual(Array.from(result.base.annotations.keys()), ["new"]);
});

test("the same annotation changed on both sides is a conflict that holds all that builds on it", () => {
  const first = base({annotations: [annotation("a")]});
  const mine = [update("m1", "a", "mine"), create("b"), update("m2", "a", "mine too")];
  const result = rebase(first, [stored(update("t1", "a", "theirs"), 1)], mine);
  assert.deepEqual(result.pending.map((op) => op.id), ["op-b"]);
  assert.equal(result.conflicts.length, 1);
  assert.deepEqual(result.conflicts[0].mine.map((op) => op.id), ["m1", "m2"]);
  const kept = keepMine(result.conflicts[0], result.base);
  assert.equal(kept[0].kind, "update");
  assert.equal(kept[0].annotation.note, "mine too");
});

test("mine against their deletion brings the annotation back", () => {
  const first = base({annotations: [annotation("a")]});
  const theirs = {id: "t1", at, kind: "delete", annotation_id: "a"};
  const result = rebase(first, [stored(theirs, 1)], [update("m1", "a", "mine")]);
  assert.equal(keepMine(result.conflicts[0], result.base)[0].kind, "create");
});

test("both rejected the same suggestion: nothing to ask", () => {
  const op = (id) => ({id, at, kind: "reject", suggestion: 1});
  const result = rebase(base(), [stored(op("t"), 1)], [op("m")]);
  assert.deepEqual([result.pending, result.conflicts], [[], []]);
  assert.equal(result.base.suggestions.get(1).decision.verdict, "rejected");
});

test("mine accepted, theirs rejected is asked, and mine re-opens before it accepts", () => {
  const accept = {id: "m", at, kind: "accept", suggestion: 1, annotation: annotation("x")};
  const result = rebase(base(), [stored({id: "t", at, kind: "reject", suggestion: 1}, 1)], [accept]);
  assert.equal(result.conflicts.length, 1);
  assert.deepEqual(keepMine(result.conflicts[0], result.base).map((op) => op.kind), ["reopen", "accept"]);
});

test("dependents are the operations on the same things, later ones only", () => {
  const ops = [create("a"), create("b"), update("u", "a", "x")];
  assert.deepEqual(dependents(ops, new Set(["op-a"])).map((op) => op.id), ["op-a", "u"]);
  assert.deepEqual(dependents(ops, new Set(["u"])).map((op) => op.id), ["u"]);
});
