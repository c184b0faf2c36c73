import assert from "node:assert/strict";
import test from "node:test";
import {LANES, lanesOf, segmentsOf, treeOf} from "../../static/workbench/segments.js";
import {randomFrom} from "./random.js";

const span = (key, start, end) => ({key, start, end});

function randomSpans(random, length) {
  return Array.from({length: random.below(12)}, (_, i) => {
    const start = random.below(length);
    return span(`s${i}`, start, start + 1 + random.below(length));
  });
}

function leavesOf(nodes, path = []) {
  return nodes.flatMap((node) => ("span" in node
    ? leavesOf(node.children, [...path, node.span])
    : [{start: node.start, end: node.end, spans: path}]));
}

test("segments cover the block exactly, in order, and name just the spans that cover them", () => {
  const random = randomFrom(2);
  for (let round = 0; round < 300; round += 1) {
    const from = random.below(10);
    const to = from + 1 + random.below(40);
    const spans = randomSpans(random, 50);
    let at = from;
    for (const segment of segmentsOf(from, to, spans)) {
      assert.equal(segment.start, at);
      assert.ok(segment.end > segment.start);
      const expected = spans.filter((s) => s.start <= segment.start && s.end >= segment.end).map((s) => s.key).sort();
      assert.deepEqual(segment.spans.map((s) => s.key).sort(), expected);
      at = segment.end;
    }
    assert.equal(at, to);
  }
});

test("the tree has the same leaves as the segments and each span starts once", () => {
  const random = randomFrom(3);
  for (let round = 0; round < 300; round += 1) {
    const spans = randomSpans(random, 40);
    const flat = segmentsOf(0, 40, spans).map(({start, end, spans: cover}) => [start, end, cover.map((s) => s.key).sort()]);
    const tree = treeOf(0, 40, spans);
    assert.deepEqual(leavesOf(tree).map(({start, end, spans: cover}) => [start, end, cover.map((s) => s.key).sort()]), flat);
    const firsts = [];
    const walk = (nodes) => nodes.forEach((node) => {
      if (!("span" in node)) return;
      if (node.first) firsts.push(node.span.key);
      walk(node.children);
    });
    walk(tree);
    assert.deepEqual(firsts.sort(), spans.map((s) => s.key).sort());
  }
});

test("a nested span lies inside one mark, a crossing one is cut", () => {
  const [outer] = treeOf(0, 10, [span("in", 2, 4), span("out", 0, 10)]);
  assert.equal(outer.span.key, "out");
  assert.deepEqual(outer.children.map((node) => node.span?.key), [undefined, "in", undefined]);
  const crossing = treeOf(0, 10, [span("a", 0, 6), span("b", 4, 10)]);
  assert.deepEqual(crossing.map((node) => [node.span.key, node.start, node.end]), [["a", 0, 6], ["b", 6, 10]]);
});

test("spans that overlap never share a lane and the inner one is nearest to the text", () => {
  const random = randomFrom(4);
  for (let round = 0; round < 200; round += 1) {
    const spans = randomSpans(random, 60);
    const lanes = lanesOf(spans);
    for (const a of spans) {
      for (const b of spans) {
        if (a !== b && a.start < b.end && b.start < a.end) assert.notEqual(lanes.get(a), lanes.get(b));
      }
    }
  }
  const [outer, inner] = [span("out", 0, 20), span("in", 3, 5)];
  const lanes = lanesOf([outer, inner]);
  assert.equal(lanes.get(inner), 0);
  assert.equal(lanes.get(outer), 1);
  assert.equal(LANES, 4);
});
