import assert from "node:assert/strict";
import test from "node:test";
import {SyncQueue} from "../../static/workbench/sync.js";
import {randomFrom} from "./random.js";
import {annotation} from "./samples.js";

const op = (id) => ({id, at: "t", kind: "create", annotation: annotation(id)});

/** A clock that moves only when told. */
function fakeClock(random = () => 0.5) {
  const timers = [];
  let time = 0;
  const clock = {
    now: () => time,
    after: (ms, run) => { const timer = {at: time + ms, run}; timers.push(timer); return timer; },
    cancel: (handle) => { const i = timers.indexOf(handle); if (i >= 0) timers.splice(i, 1); },
    random,
  };
  /** Run all timers up to a moment, letting promises settle between them. */
  async function advance(ms) {
    const until = time + ms;
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      if (!timers.length || timers[0].at > until) break;
      const timer = timers.shift();
      time = Math.max(time, timer.at);
      timer.run();
      for (let i = 0; i < 8; i += 1) await Promise.resolve();
    }
    time = until;
  }
  return {clock, advance, timers};
}

/** A server with a revision and idempotent ids. */
function fakeServer() {
  const server = {
    revision: 0, stored: [], requests: [],
    apply(revision, ops) {
      server.requests.push(ops.map((o) => o.id));
      if (revision !== server.revision) {
        const operations = server.stored.slice(revision).map((id, i) => ({id, revision: revision + i + 1}));
        return {status: 412, body: {revision: server.revision, operations}};
      }
      for (const {id} of ops) if (!server.stored.includes(id)) { server.stored.push(id); server.revision += 1; }
      return {status: 200, body: {revision: server.revision, state: "open", applied: ops.map((o) => o.id)}};
    },
  };
  return server;
}

function queueWith(transport, {random} = {}) {
  const time = fakeClock(random);
  const seen = {status: [], problems: [], applied: []};
  const queue = new SyncQueue({
    transport, clock: time.clock, revision: 0,
    events: {
      applied: (ids) => seen.applied.push(...ids),
      behind: (_, missed, pending) => pending.filter((o) => !missed.some((m) => m.id === o.id)),
      refused: (problems, pending) => {
        seen.problems.push(...problems);
        return pending.filter((o) => !problems.some((p) => p.operation === o.id));
      },
      status: (status, waiting, detail) => seen.status.push([status, waiting, detail]),
    },
  });
  return {queue, seen, ...time};
}

test("several operations within the idle time go in one batch, in order", async () => {
  const server = fakeServer();
  const {queue, seen, advance} = queueWith(async (r, ops) => server.apply(r, ops));
  queue.add([op("a")]);
  await advance(200);
  queue.add([op("b")]);
  await advance(299);
  assert.equal(server.requests.length, 0);
  await advance(1);
  assert.deepEqual(server.requests, [["a", "b"]]);
  assert.deepEqual(seen.status.at(-1).slice(0, 2), ["saved", 0]);
});

test("someone who never pauses is saved every five seconds all the same", async () => {
  const server = fakeServer();
  const {queue, advance} = queueWith(async (r, ops) => server.apply(r, ops));
  for (let i = 0; i < 60; i += 1) {
    queue.add([op(`o${i}`)]);
    await advance(100);
  }
  assert.ok(server.stored.length >= 45, `${server.stored.length} saved`);
});

test("a batch holds 200 operations at most and 413 halves it", async () => {
  const server = fakeServer();
  const sizes = [];
  const {queue, advance} = queueWith(async (r, ops) => {
    sizes.push(ops.length);
    return ops.length > 60 ? {status: 413, body: {}} : server.apply(r, ops);
  });
  queue.add(Array.from({length: 250}, (_, i) => op(`o${i}`)));
  await advance(1000);
  assert.deepEqual(sizes.slice(0, 4), [200, 100, 50, 50]);
  assert.deepEqual(server.stored, Array.from({length: 250}, (_, i) => `o${i}`));
});

for (const [status, told] of [[0, "offline"], [500, "busy"], [503, "busy"], [429, "busy"]]) {
  test(`after ${status || "no answer"} it backs off, keeps everything and gets through`, async () => {
    const server = fakeServer();
    let failures = 4;
    const {queue, seen, advance} = queueWith(async (r, ops) => {
      if (failures > 0) { failures -= 1; return {status, body: null, retryAfter: status === 429 ? 2 : undefined}; }
      return server.apply(r, ops);
    });
    queue.add([op("a")]);
    await advance(300);
    assert.equal(seen.status.at(-1)[0], told);
    queue.add([op("b")]);
    await advance(60000);
    assert.deepEqual(server.stored, ["a", "b"]);
    assert.equal(seen.status.at(-1)[0], "saved");
  });
}

test("a transport that throws is no answer, not a crash", async () => {
  const {queue, seen, advance} = queueWith(async () => { throw new TypeError("network"); });
  queue.add([op("a")]);
  await advance(300);
  assert.equal(seen.status.at(-1)[0], "offline");
  assert.equal(queue.pending.length, 1);
});

for (const [status, told] of [[401, "signed out"], [403, "withdrawn"], [404, "withdrawn"], [409, "submitted"]]) {
  test(`${status} halts with the work kept, and flush sends it when the cause is gone`, async () => {
    const server = fakeServer();
    let blocked = true;
    const {queue, seen, advance} = queueWith(async (r, ops) => (blocked ? {status, body: {}} : server.apply(r, ops)));
    queue.add([op("a")]);
    await advance(300);
    assert.equal(seen.status.at(-1)[0], told);
    queue.add([op("b")]);
    await advance(100000);
    assert.deepEqual(queue.pending.map((o) => o.id), ["a", "b"]);
    assert.equal(seen.status.at(-1)[0], told);
    blocked = false;
    await queue.flush();
    assert.deepEqual(server.stored, ["a", "b"]);
  });
}

test("a refused operation is handed out and the others go on", async () => {
  const server = fakeServer();
  const {queue, seen, advance} = queueWith(async (r, ops) => {
    const bad = ops.filter((o) => o.id === "bad");
    if (bad.length) return {status: 400, body: {problems: [{operation: "bad", message: "the quote does not match"}]}};
    return server.apply(r, ops);
  });
  queue.add([op("a"), op("bad"), op("b")]);
  await advance(1000);
  assert.deepEqual(server.stored, ["a", "b"]);
  assert.equal(seen.problems[0].message, "the quote does not match");
});

test("a page that is behind learns what it missed and sends again", async () => {
  const server = fakeServer();
  server.stored = ["theirs"];
  server.revision = 1;
  const {queue, seen, advance} = queueWith(async (r, ops) => server.apply(r, ops));
  queue.add([op("mine")]);
  await advance(1000);
  assert.deepEqual(server.stored, ["theirs", "mine"]);
  assert.equal(seen.status.at(-1)[0], "saved");
});

test("an answer that gets lost is not a second annotation", async () => {
  const server = fakeServer();
  let lose = true;
  const {queue, advance} = queueWith(async (r, ops) => {
    const answer = server.apply(r, ops);
    if (lose) { lose = false; return {status: 0, body: null}; }
    return answer;
  });
  queue.add([op("a")]);
  await advance(10000);
  assert.deepEqual(server.stored, ["a"]);
  assert.equal(queue.pending.length, 0);
});

test("a server that says yes and applies nothing is not asked in a loop", async () => {
  let calls = 0;
  const {queue, advance} = queueWith(async () => { calls += 1; return {status: 200, body: {revision: 0, state: "open", applied: []}}; });
  queue.add([op("a")]);
  await advance(3000);
  assert.ok(calls < 5, `${calls} calls`);
});

test("with answers at random, all operations arrive once and in order", async () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const random = randomFrom(seed);
    const server = fakeServer();
    const {queue, advance} = queueWith(async (r, ops) => {
      const dice = random.next();
      if (dice < 0.2) return {status: 0, body: null};
      if (dice < 0.3) { server.apply(r, ops); return {status: 0, body: null}; }
      if (dice < 0.4) return {status: 500, body: null};
      if (dice < 0.45 && ops.length > 1) return {status: 413, body: null};
      if (dice < 0.5) { server.stored.push(`theirs-${seed}-${server.revision}`); server.revision += 1; }
      return server.apply(r, ops);
    }, {random: random.next});
    const sent = [];
    for (let i = 0; i < 100; i += 1) {
      sent.push(`o${i}`);
      queue.add([op(`o${i}`)]);
      await advance(random.below(900));
    }
    await advance(900000);
    assert.deepEqual(server.stored.filter((id) => id.startsWith("o")), sent);
    assert.equal(queue.pending.length, 0);
  }
});

test("after a lost connection and a conflict the next change says that it waits", async () => {
  const server = fakeServer();
  let failures = 2;
  const {queue, seen, advance} = queueWith(async (r, ops) => {
    if (failures > 0) { failures -= 1; return {status: 0, body: null}; }
    return server.apply(r, ops);
  });
  queue.add([op("a")]);
  await advance(300);
  server.stored = ["a", "theirs"];
  server.revision = 2;
  await advance(60000);
  assert.deepEqual(seen.status.at(-1).slice(0, 2), ["saved", 0]);
  queue.add([op("b")]);
  assert.deepEqual(seen.status.at(-1).slice(0, 2), ["waiting", 1]);
});

test("flush waits for the request that is under way and then sends the rest", async () => {
  const server = fakeServer();
  const held = [];
  const {queue, advance} = queueWith((r, ops) => new Promise((go) => { held.push(() => go(server.apply(r, ops))); }));
  queue.add([op("a")]);
  await advance(300);
  queue.add([op("b")]);
  let done = false;
  const flushed = queue.flush().then(() => { done = true; });
  await new Promise(setImmediate);
  assert.deepEqual([done, held.length], [false, 1]);
  held[0]();
  await new Promise(setImmediate);
  assert.equal(held.length, 2);
  held[1]();
  await flushed;
  assert.deepEqual(server.stored, ["a", "b"]);
  assert.equal(queue.pending.length, 0);
});

test("a server that asks for a year is asked again after ten minutes", async () => {
  let asked = 0;
  const {queue, advance} = queueWith(async () => { asked += 1; return {status: 429, body: null, retryAfter: 31_536_000}; });
  queue.add([op("a")]);
  await advance(300);
  await advance(599_000);
  assert.equal(asked, 1);
  await advance(2000);
  assert.equal(asked, 2);
});
