import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import test from "node:test";
import {answered, apply, inverse, rebase, stateOf} from "../../static/ledger/cells.js";

const folder = new URL("../../static/ledger/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
const source = Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const IMPORT = /^import \{[^}]+\} from "(\.\/|\.\.\/workbench\/)([\w-]+\.js)";$/;
const importsOf = (name) => source[name].split("\n").filter((line) => /^import\b/.test(line));

const EMPTY = {cells: new Map(), added: new Map()};
const omitted = {...answered("omitted"), kind: "om.actor", salience: 3};
const judge = (claim, cell, at = "2026-05-05T10:00:00Z", id = `${claim} ${at}`) => ({id, kind: "judge", at, claim, cell});
const stored = (claim, after, at, id = `theirs ${claim}`) => ({id, kind: "judge", revision: 1, claim, before: null, after, at, client_time: at, tab: "two"});
const added = {statement: "Nobody says why.", evidence: [{article: 6, start: 0, end: 3, quote: "Why"}]};

test("the page begins with the answers and the own claims that the server tells", () => {
  const cell = {...omitted, claim: "a", revision: 4};
  const state = stateOf([
    {id: "a", mine: false, cell},
    {id: "b", mine: true, cell: null, statement: "x", evidence: [{article: null, start: 0, end: 1, quote: "y"}, {...added.evidence[0], name: "n", outlet: "", why_not: ""}]},
  ]);
  assert.deepEqual(state.cells, new Map([["a", omitted]]));
  assert.deepEqual(state.added, new Map([["b", {statement: "x", evidence: added.evidence}]]));
});

test("another answer drops what belongs to an omission and keeps the note", () => {
  assert.deepEqual(answered("reported", {...omitted, note: "see line 3", favours: "firm"}), {...answered("reported"), note: "see line 3"});
  assert.equal(answered("omitted", omitted), omitted);
});

for (const [name, before, draft] of [
  ["a first answer", EMPTY, judge("a", omitted)],
  ["another answer", apply(EMPTY, judge("a", omitted)), judge("a", answered("partly"))],
  ["taking an answer back", apply(EMPTY, judge("a", omitted)), {kind: "clear", claim: "a"}],
  ["adding a claim", EMPTY, {kind: "add", claim: "n", ...added, cell: omitted}],
  ["taking an added claim back", apply(EMPTY, {kind: "add", claim: "n", ...added, cell: omitted}), {kind: "withdraw", claim: "n"}],
]) {
  test(`undo of ${name} gives what was before`, () => {
    const back = inverse(before, draft);
    assert.deepEqual(apply(apply(before, draft), back), before);
  });
}

test("clearing what is not answered needs no undo", () => {
  assert.equal(inverse(EMPTY, {kind: "clear", claim: "a"}), null);
});

test("answers to different claims from two windows are both kept", () => {
  const mine = judge("a", omitted);
  const {base, pending, lost} = rebase(EMPTY, [stored("b", answered("partly"), "2026-05-05T11:00:00Z")], [mine]);
  assert.deepEqual([...base.cells.keys()], ["b"]);
  assert.deepEqual([pending, lost], [[mine], []]);
});

for (const [when, at, kept] of [["earlier", "2026-05-05T09:00:00Z", 1], ["later", "2026-05-05T11:00:00Z", 0]]) {
  test(`of two answers to one claim an ${when} one from elsewhere ${kept ? "gives way" : "stands"}`, () => {
    const {pending, lost} = rebase(EMPTY, [stored("a", answered("partly"), at)], [judge("a", omitted)]);
    assert.deepEqual([pending.length, lost.length], [kept, 1 - kept]);
  });
}

test("what the server has of ours already is neither sent again nor lost", () => {
  const mine = judge("a", omitted);
  const {base, pending, lost} = rebase(EMPTY, [stored("a", omitted, mine.at, mine.id)], [mine]);
  assert.deepEqual(base.cells.get("a"), omitted);
  assert.deepEqual([pending, lost], [[], []]);
});

test("a claim taken back elsewhere goes, an answer taken back is open again", () => {
  const before = apply(apply(EMPTY, {kind: "add", claim: "n", ...added, cell: omitted}), judge("a", omitted));
  const gone = [{...stored("n", null, "2026-05-05T11:00:00Z"), kind: "withdraw"}, {...stored("a", null, "2026-05-05T11:00:00Z"), kind: "clear"}];
  assert.deepEqual(rebase(before, gone, []).base, EMPTY);
});

test("every import is written so that the static files storage can rewrite it", () => {
  for (const name of files) for (const line of importsOf(name)) assert.match(line, IMPORT, name);
});

test("every module is reached from the page, none imports itself in a circle", () => {
  const reached = new Set(["types.js"]);
  const visit = (name, path) => {
    assert.ok(!path.includes(name), [...path, name].join(" -> "));
    reached.add(name);
    for (const line of importsOf(name)) {
      const [, place, target] = /** @type {RegExpExecArray} */ (IMPORT.exec(line));
      if (place === "./") visit(target, [...path, name]);
    }
  };
  visit("main.js", []);
  assert.deepEqual(files.filter((name) => !reached.has(name)), []);
});

test("a module is at most 300 lines, and the cells know no DOM", () => {
  for (const name of files) assert.ok(source[name].split("\n").length <= 300, name);
  assert.doesNotMatch(source["cells.js"], /\b(document\.|window\.|navigator\.|fetch\(|localStorage)/);
});
