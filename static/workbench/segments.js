/** Which spans cover which stretch of a block, as a tree that nested <mark> elements can show. */

/**
 * @typedef {{key: string, start: number, end: number}} Span
 * @typedef {{start: number, end: number, spans: Span[]}} Segment
 * @typedef {{span: Span, first: boolean, start: number, end: number, children: Node[]}} MarkNode
 * @typedef {{start: number, end: number}} TextNode
 * @typedef {MarkNode | TextNode} Node
 */

/** Lanes that can be told apart under one line of text; what is deeper is counted as `+n`. */
export const LANES = 4;

/** Sort outer before inner, and stable between equals. @param {Span} a @param {Span} b */
export function outerFirst(a, b) {
  return a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : Number(a.key > b.key));
}

/**
 * Cut a block at every edge of a span. The segments cover the block exactly, in order.
 * @param {number} start @param {number} end @param {readonly Span[]} spans @returns {Segment[]}
 */
export function segmentsOf(start, end, spans) {
  const inside = spans.filter((span) => span.start < end && span.end > start && span.start < span.end);
  inside.sort(outerFirst);
  const edges = new Set([start, end]);
  for (const span of inside) {
    edges.add(Math.max(start, span.start));
    edges.add(Math.min(end, span.end));
  }
  const cuts = Array.from(edges).sort((a, b) => a - b);
  const segments = [];
  /** @type {Span[]} */
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const from = cuts[i];
    open = open.filter((span) => span.end > from);
    while (next < inside.length && inside[next].start <= from) open.push(inside[next++]);
    segments.push({start: from, end: cuts[i + 1], spans: open.slice().sort(outerFirst)});
  }
  return segments;
}

/**
 * Nest the segments. A span that crosses another is cut into several marks; `first` says which one
 * carries the badge.
 * @param {number} start @param {number} end @param {readonly Span[]} spans @returns {Node[]}
 */
export function treeOf(start, end, spans) {
  /** @type {Node[]} */
  const roots = [];
  /** @type {MarkNode[]} */
  let path = [];
  for (const segment of segmentsOf(start, end, spans)) {
    let shared = 0;
    while (shared < path.length && path[shared].span === segment.spans[shared]) shared += 1;
    path = path.slice(0, shared);
    for (const span of segment.spans.slice(shared)) {
      const first = segment.start === Math.max(span.start, start) && span.start >= start;
      const mark = {span, first, start: segment.start, end: segment.end, children: []};
      (path.length ? path[path.length - 1].children : roots).push(mark);
      path.push(mark);
    }
    for (const mark of path) mark.end = segment.end;
    (path.length ? path[path.length - 1].children : roots).push({start: segment.start, end: segment.end});
  }
  return roots;
}

/**
 * Give each span a lane so that spans which overlap lie in different ones, short ones nearest to
 * the text. A lane of LANES or more has no line of its own.
 * @param {readonly Span[]} spans @returns {Map<Span, number>}
 */
export function lanesOf(spans) {
  const lanes = new Map();
  const placed = [];
  const shortFirst = spans.slice().sort((a, b) => a.end - a.start - (b.end - b.start) || outerFirst(a, b));
  for (const span of shortFirst) {
    const taken = new Set();
    for (const other of placed) {
      if (other.start < span.end && span.start < other.end) taken.add(lanes.get(other));
    }
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    lanes.set(span, lane);
    placed.push(span);
  }
  return lanes;
}
