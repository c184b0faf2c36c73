import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");

/** Read the colours of one block of the file. */
function colours(start) {
  const block = css.slice(css.indexOf(start), css.indexOf("}", css.indexOf(start)));
  return Object.fromEntries(Array.from(block.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6})/g), ([, name, value]) => [name, value]));
}

/** Relative luminance and contrast ratio: WCAG 2.2, definitions. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const themes = {light: colours(":root {"), dark: {...colours(":root {"), ...colours(':root[data-theme="dark"]')}};

for (const [theme, tokens] of Object.entries(themes)) {
  test(`${theme}: lines of the data stand out from paper and ground by 3 to 1`, () => {
    for (const line of ["lt", "at", "om", "others", "agree", "disagree", "edge", "accent"]) {
      for (const under of ["paper", "ground"]) {
        assert.ok(contrast(tokens[line], tokens[under]) >= 3, `${line} on ${under}`);
      }
    }
  });

  test(`${theme}: text is readable on everything it stands on`, () => {
    const pairs = ["ink", "ink-2", "ink-3", "accent", "lt-text", "at-text", "om-text", "disagree", "warn"].flatMap((text) => [[text, "paper"], [text, "ground"]]);
    for (const family of ["lt", "at", "om"]) pairs.push([`${family}-text`, `${family}-fill`], ["ink", `${family}-fill`]);
    pairs.push(["ink", "accent-soft"], ["ink", "warn-fill"], ["ink", "sunk"], ["ink-2", "sunk"], ["on-accent", "accent"], ["paper", "ink"]);
    for (const family of ["lt", "at", "om"]) pairs.push([`${family}-text`, "cursor"], [`${family}-text`, "accent-soft"]);
    for (const [text, under] of pairs) {
      assert.ok(contrast(tokens[text], tokens[under]) >= 4.5, `${text} on ${under}: ${contrast(tokens[text], tokens[under]).toFixed(2)}`);
    }
  });
}

test("the dark theme is the same whether the system or a person chose it", () => {
  const system = css.slice(css.indexOf("prefers-color-scheme: dark"));
  const asked = colours(':root[data-theme="dark"]');
  const own = Object.fromEntries(Array.from(system.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6})/g), ([, name, value]) => [name, value]));
  assert.deepEqual(own, asked);
});

test("more contrast is asked of rules and grey text, never of what words stand on", () => {
  const more = css.slice(css.indexOf("prefers-contrast: more"));
  const changed = Array.from(more.slice(0, more.indexOf("}")).matchAll(/--([\w-]+): var\(--([\w-]+)\)/g), ([, name, value]) => [name, value]);
  assert.deepEqual(changed, [["ink-2", "ink"], ["ink-3", "ink"], ["rule", "edge"], ["rule-2", "edge"]]);
  const grounds = ["paper", "ground", "sunk", "cursor", "accent-soft", "warn-fill", "lt-fill", "at-fill", "om-fill"];
  for (const ground of grounds) assert.ok(!changed.some(([name]) => name === ground), ground);
});

test("both dark themes are for screens alone: paper is white", () => {
  for (const start of [':root[data-theme="dark"]', ":root:not([data-theme])"]) {
    const before = css.slice(0, css.indexOf(start));
    assert.match(before.slice(before.lastIndexOf("@media")), /^@media screen\b/);
  }
});
