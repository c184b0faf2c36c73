/** The rail: where in the queue one is, the devices with their keys and counts, what is complete. */
import {drawPart, giveLabel, toggleComplete} from "./commands.js";
import {byId, fill, h, keepingFocus, toArticle} from "./dom.js";
import {LINES} from "./items.js";

/** @import {Desk} from "./desk.js" */
/** @import {Device} from "./codebook.js" */

/** @param {Desk} desk @param {{omission: () => void}} page */
export function mountRail(desk, page) {
  const rail = byId("rail");
  const started = Date.now();
  const render = () => keepingFocus(rail, () => {
    fill(rail, position(desk, started), desk.codebook.devices.map((device) => family(desk, device, page)), legend(desk.codebook), foot(desk));
  });
  let seen = "";
  const changed = () => {
    const now = signature(desk, started);
    if (now !== seen) render();
    seen = now;
  };
  desk.followers.add(changed);
  setInterval(changed, 60_000);
  changed();
}

/** @param {Desk} desk @param {number} started */
function signature(desk, started) {
  const {state, armed, group, data} = desk;
  return JSON.stringify([counts(desk), state.completion, armed, group, data.annotator.keys, minutes(started), desk.undecided.length, desk.draft?.device]);
}

/** @type {WeakMap<object, Record<string, number>>} */
const COUNTED = new WeakMap();

/** Count annotations by device and by label, once for each state of them. @param {Desk} desk */
function counts(desk) {
  const known = COUNTED.get(desk.state.annotations);
  if (known) return known;
  /** @type {Record<string, number>} */
  const found = {};
  COUNTED.set(desk.state.annotations, found);
  for (const {device, label} of desk.state.annotations.values()) {
    found[device] = (found[device] ?? 0) + 1;
    found[label] = (found[label] ?? 0) + 1;
  }
  return found;
}

/** @param {number} started */
function minutes(started) {
  return Math.floor((Date.now() - started) / 60_000);
}

/** @param {Desk} desk @param {number} started */
function position(desk, started) {
  const {position: at, total, done} = desk.data.queue;
  const bar = h("i");
  bar.style.width = `${total ? Math.round((100 * done) / total) : 0}%`;
  const time = minutes(started);
  return h("div.pos", null,
    h("b", null, `${at} `, h("span.dim", null, h("span.w", null, "of"), h("span.sl", {"aria-hidden": "true"}, "/"), ` ${total}`)),
    h("div.meter", {role: "img", "aria-label": `${done} of ${total} articles done`}, bar),
    h("span.small.dim.w", null, time ? `${time} min on this article` : `${done} done`));
}

/** @param {Desk} desk @param {Device} device @param {{omission: () => void}} page */
function family(desk, device, page) {
  const found = counts(desk);
  const complete = desk.state.completion[device.id] === "done";
  const line = device.unit === "document" ? "span.line.dbl" : "span.line";
  return h(`section.fam.${device.family}`, {"data-device-section": device.id},
    h("h2.dev", null, h(line), h("span.t", null, device.name), h("span.n", null, found[device.id] ?? 0)),
    h("ol.keys", null, keys(desk, device, found, page)),
    h(`button.done${complete ? ".yes" : ""}`, {
      "data-device": device.id, "aria-pressed": String(complete), "data-focus": `done:${device.id}`,
      onclick: thenRead(() => toggleComplete(desk, device.id), stay), title: `${device.name}: read, no more here`,
    }, h("kbd", null, complete ? "✓" : desk.keymap.label(`complete:${device.id}`)),
    h("span.t", null, complete ? "read to the end" : "read, no more here")));
}

/** Where the article is a tab of its own, the other devices are still to be answered here. */
function stay() {
  byId("article").focus({preventScroll: true});
}

/** @param {Desk} desk @param {Device} device @param {Record<string, number>} found @param {{omission: () => void}} page */
function keys(desk, device, found, page) {
  if (device.unit === "span") {
    return device.labels.map(({id, name, definition}) => key(desk, `label:${id}`, name, {
      armed: desk.armed?.label === id, title: definition, count: found[id] ?? 0,
      run: () => labelOrArm(desk, device.id, id),
    }));
  }
  if (device.unit === "document") {
    const role = device.roles.find((candidate) => !candidate.sibling);
    return [key(desk, `part:${device.id}:${role?.id}`, `add an ${device.name.toLowerCase()}`, {title: device.summary, run: page.omission})];
  }
  const open = desk.group !== null && desk.state.annotations.get(desk.group)?.device === device.id;
  return device.roles.map(({id, name, line, hint}) => key(desk, `part:${device.id}:${id}`, name, {
    armed: open, title: hint, line, run: () => drawPart(desk, device.id, id),
  }));
}

/** With words chosen a click labels them; without, the label is armed for the next words. @param {Desk} desk @param {string} device @param {string} label */
function labelOrArm(desk, device, label) {
  if (desk.chosen || desk.annotation?.device === device) return giveLabel(desk, device, label);
  const off = desk.armed?.label === label;
  desk.set({armed: off ? null : {device, label}});
  desk.say(off ? "Label put down." : "Label armed: every choice of words gets it. Escape puts it down.");
}

/**
 * @param {Desk} desk @param {string} id @param {string} name
 * @param {{armed?: boolean, title?: string, count?: number, line?: string, run: () => void}} options
 */
function key(desk, id, name, {armed = false, title = "", count, line, run}) {
  const lines = /** @type {Record<string, string>} */ ({dotted: "span.line.dot", dashed: "span.line.dash", double: "span.line.dbl"});
  const last = line ? h("span.n", null, h(lines[line] ?? "span.line")) : count !== undefined && h(`span.n${count ? "" : ".z"}`, null, count);
  return h(`li${armed ? ".armed" : ""}`, null,
    h("button", {title, "data-key": id, "data-focus": id, "aria-pressed": armed ? "true" : null, onclick: thenRead(run)},
      h("kbd", null, desk.keymap.label(id) || "·"), h("span.t", null, name), last));
}

/** After a click with the mouse the keys act in the article again. @param {() => void} run @param {() => void} [back] */
function thenRead(run, back = toArticle) {
  return (/** @type {MouseEvent} */ event) => {
    run();
    if (event.detail > 0) back();
  };
}

/** What the lines in the text mean, drawn as they are there; a printed page begins with it. @param {import("./codebook.js").Codebook} codebook */
function legend({devices}) {
  const sample = (/** @type {string} */ classes, /** @type {string} */ badge, /** @type {string} */ name) =>
    h("li", null, h(`mark${classes}`, null, "\u2003\u2003"), h("b", null, badge), name);
  const roles = devices.flatMap(({family, roles}) => roles.map(({name, badge, line, anchor_allowed: gap}) => (gap
    ? h(`li.${family}`, null, h("span.gap", {"data-b": badge}), name) : sample([`.${family}`, LINES[line]].filter(Boolean).join("."), badge, name))));
  return h("ul.legend.small", {"aria-label": "What the lines mean"}, roles, sample(".sug", "?", "suggestion"));
}

/** @param {Desk} desk */
function foot(desk) {
  const open = desk.undecided.length;
  const total = desk.state.suggestions.size;
  const pending = desk.data.runs.filter((run) => isPending(run.state)).length;
  const text = total ? `${open} of ${total} suggestions open` : "";
  return h("p.foot.small.dim", {"data-role": "suggestions-open"}, text, pending ? `${text ? " · " : ""}detectors at work` : "");
}

/** @param {string} state */
export function isPending(state) {
  return !["done", "failed", "error", "skipped"].includes(state);
}
