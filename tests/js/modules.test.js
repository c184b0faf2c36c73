import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import test from "node:test";

const folder = new URL("../../static/workbench/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
const source = Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const IMPORT = /^import \{[^}]+\} from "\.\/([\w-]+\.js)";$/;

const importsOf = (name) => source[name].split("\n").filter((line) => /^import\b/.test(line));

test("every import is written so that the static files storage can rewrite it", () => {
  for (const name of files) {
    for (const line of importsOf(name)) assert.match(line, IMPORT, name);
    assert.doesNotMatch(source[name].replace(/\/\*\*[^]*?\*\//g, ""), /\bimport\(|^export .* from/m, name);
  }
});

test("every imported file exists and no module imports itself in a circle", () => {
  const visit = (name, path) => {
    assert.ok(!path.includes(name), [...path, name].join(" -> "));
    assert.ok(source[name], `${path.at(-1)} imports ${name}`);
    for (const line of importsOf(name)) visit(IMPORT.exec(line)[1], [...path, name]);
  };
  visit("main.js", []);
});

test("modules that know no DOM never name it", () => {
  const pure = "attribution candidates check codebook constituents cursor items keymap offsets rebase segments snap state sync text triage undo uuid7".split(" ");
  for (const name of pure) {
    assert.doesNotMatch(source[`${name}.js`].replace(/\/\*\*[^]*?\*\//g, ""), /\b(document\.|window\.|navigator\.|fetch\(|localStorage)/, name);
  }
});

test("a module is at most 300 lines", () => {
  for (const name of files) assert.ok(source[name].split("\n").length <= 300, name);
});

test("every module is reached from the page", () => {
  const reached = new Set(["types.js"]);
  const visit = (name) => { if (!reached.has(name)) { reached.add(name); importsOf(name).forEach((line) => visit(IMPORT.exec(line)[1])); } };
  visit("main.js");
  assert.deepEqual(files.filter((name) => !reached.has(name)), []);
});
