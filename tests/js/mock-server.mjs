/**
 * Serve the workbench without Django: `node tests/js/mock-server.mjs [port]`.
 *
 * An honest little server in memory: it applies operations with the page's own rules, keeps the
 * revision, refuses a wrong quote and knows ids it has seen. The event is invented.
 */
import {readFile} from "node:fs/promises";
import {createServer} from "node:http";
import {createHash} from "node:crypto";
import {openItems} from "../../static/workbench/check.js";
import {Codebook} from "../../static/workbench/codebook.js";
import {apply, refusal, stateOf} from "../../static/workbench/state.js";
import {TextModel} from "../../static/workbench/text.js";
import {ARTICLES, SCHEME, suggestionsFor} from "./mock-event.mjs";

const root = new URL("../../", import.meta.url);
const TYPES = {css: "text/css", svg: "image/svg+xml", js: "text/javascript", html: "text/html"};
const codebook = new Codebook(SCHEME, "core");
const sessions = new Map();

/** One assignment: its state, the log of operations, and a switch for bad weather. */
function session(id) {
  if (!sessions.has(id)) {
    const suggestions = suggestionsFor(ARTICLES[0]);
    const completion = Object.fromEntries(codebook.devices.map((device) => [device.id, "open"]));
    sessions.set(id, {state: stateOf({revision: 0, annotations: [], suggestions, completion}), log: [], submitted: false, answer: 0});
  }
  return sessions.get(id);
}

function layerOf(text) {
  const model = new TextModel(text, null, "en");
  const pairs = (ranges) => ranges.map(({start, end}) => [start, end]);
  const entities = ["Ilse Tor", "Harlow", "Brindle"].flatMap((name) => (text.includes(name) ? [[text.indexOf(name), text.indexOf(name) + name.length, "NAME"]] : []));
  return {model: "segmenter", tokens: pairs(model.tokens), sentences: pairs(model.sentences), entities};
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
const articleOf = ({id, text, title, published}) => ({
  id, text, sha256: hash(text), title, language: "en", outlet: "", published, url: "", words: text.split(/\s+/).length,
});

function assignment(id) {
  const {state, submitted} = session(id);
  return {
    id, state: submitted ? "submitted" : "open", revision: state.revision, arm: "shown", annotator: {id: 3, name: "Ada"},
    project: {slug: "dam", name: "Dam coverage 2026", blind: true, preset: "core", may_reopen: true},
    queue: {position: 65, total: 80, done: 64, next: id + 1, previous: null},
    article: {...articleOf(ARTICLES[0]), event: {id: 2, name: "Brindle dam, 4 May", position: 4, total: 4}},
    layer: layerOf(ARTICLES[0].text), scheme: SCHEME, annotations: Array.from(state.annotations.values()),
    suggestions: Array.from(state.suggestions.values()), completion: state.completion,
    runs: [{detector: "attribution", version: "1.2", state: "done", error: ""}],
    siblings: ARTICLES.slice(1).map(({id: key, title, published, text}) => ({id: key, title, outlet: "", published, words: text.split(/\s+/).length})),
  };
}

/** Apply a batch whole or not at all. */
function save(id, revision, body) {
  const found = session(id);
  if (found.answer) return [found.answer, {detail: "bad weather"}];
  if (found.submitted) return [409, {detail: "This assignment is submitted."}];
  if (revision !== found.state.revision) return [412, {revision: found.state.revision, operations: found.log.slice(revision)}];
  const known = new Set(found.log.map((entry) => entry.id));
  let {state} = found;
  const log = [];
  for (const op of body.operations) {
    if (known.has(op.id)) continue;
    const problem = refusal(state, op) || wrongQuote(op);
    if (problem) return [400, {problems: [{operation: op.id, place: op.kind, message: `${problem}.`, remedy: "Take it back."}]}];
    const next = apply(state, op);
    const key = op.annotation?.id ?? op.annotation_id ?? null;
    log.push({
      id: op.id, kind: op.kind, revision: state.revision + 1, annotation_id: key, suggestion: op.suggestion ?? null, device: op.device ?? "",
      before: state.annotations.get(key) ?? null, after: next.annotations.get(key) ?? null, at: op.at, tab: body.tab,
    });
    state = {...next, revision: state.revision + 1};
  }
  found.state = state;
  found.log.push(...log);
  return [200, {revision: state.revision, state: "open", applied: body.operations.map((op) => op.id)}];
}

function wrongQuote(op) {
  for (const part of op.annotation?.parts ?? []) {
    const text = ARTICLES.find(({id}) => id === part.article)?.text;
    if (text === undefined || Array.from(text).slice(part.start, part.end).join("") !== part.quote) return "The quote does not match the text";
  }
  return "";
}

function submit(id) {
  const found = session(id);
  const problems = openItems(codebook, found.state, ARTICLES[0].id).map(({text, ...rest}) => ({message: text, remedy: "", ...rest}));
  if (problems.length) return [400, {problems}];
  found.submitted = true;
  return [200, {state: "submitted", next: id + 1}];
}

function api(method, path, query, headers, body) {
  const [, key, rest] = /^\/api\/v1\/assignments\/(\d+)\/(.*)$/.exec(path) ?? [];
  const id = Number(key);
  if (!key) return [404, {detail: "unknown"}];
  const sibling = /^siblings\/(\d+)\/$/.exec(rest);
  if (sibling) {
    const article = ARTICLES.find((candidate) => candidate.id === Number(sibling[1]));
    return article ? [200, {...articleOf(article), layer: layerOf(article.text)}] : [404, {}];
  }
  if (rest === "" && method === "GET") return [200, assignment(id)];
  if (rest === "suggestions/") return [200, {runs: [], suggestions: assignment(id).suggestions, layer: assignment(id).layer}];
  if (rest === "operations/" && method === "GET") return [200, {operations: session(id).log.slice(Number(query.get("after")))}];
  if (rest === "operations/") return headers["if-match"] ? save(id, Number(headers["if-match"].replaceAll('"', "")), body) : [428, {}];
  if (rest === "submit/") return submit(id);
  if (rest === "reopen/") { session(id).submitted = false; return [200, {state: "open"}]; }
  // For tests of bad weather only: answer every save with this status, 0 for the truth.
  if (rest === "weather/") { session(id).answer = body.status; return [200, {}]; }
  if (rest === "log/") return [200, session(id).log];
  return [404, {}];
}

async function page(id) {
  const template = await readFile(new URL("templates/labeling/workbench.html", root), "utf8");
  return template.replace("{% load static %}", "").replace(/\{% if .*?\{% endif %\}/g, "").replace(/\{% url '(\w+)' %\}/g, "/$1/").replace(/\{% static '([^']+)' %\}/g, "/static/$1")
    .replace("{{ assignment.pk }}", String(id)).replace("{{ csrf_token }}", "token");
}

async function answer(request, response) {
  const url = new URL(request.url, "http://mock");
  const send = (status, type, body) => {
    response.writeHead(status, {"Content-Type": type, "Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"});
    response.end(body);
  };
  const shown = /^\/annotate\/(\d+)\/$/.exec(url.pathname);
  if (shown) return send(200, "text/html; charset=utf-8", await page(Number(shown[1])));
  if (url.pathname.startsWith("/static/") && !url.pathname.includes("..")) {
    const type = TYPES[url.pathname.split(".").pop()];
    return send(200, `${type}; charset=utf-8`, await readFile(new URL(`.${url.pathname}`, root)));
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : null;
  const [status, data] = api(request.method, url.pathname, url.searchParams, request.headers, body);
  return send(status, "application/json", JSON.stringify(data));
}

const port = Number(process.argv[2] ?? 8765);
createServer((request, response) => {
  answer(request, response).catch((error) => { response.writeHead(error.code === "ENOENT" ? 404 : 500); response.end(String(error)); });
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/annotate/1/`));
