/** Keys: which command a key press is, and the moving around in the text. */
import {askOthers, deleteSelected, drawPart, giveLabel, rejoin, setAttribute, takeGhosts, toggleComplete, toggleFlag} from "./commands.js";
import {grow, moveSentence, moveToken, runsLeft, shrink} from "./cursor.js";
import {decide, edit, go, reopenLast} from "./deciding.js";
import {keyName} from "./keymap.js";
import {addEvidence, nameKind, placeAnchor, stepCandidate} from "./omitting.js";
import {cycle, pick} from "./pointer.js";
import {nudged} from "./snap.js";

/** @import {Desk} from "./desk.js" */
/** @import {Binding} from "./types.js" */

/**
 * @typedef {{submit: () => void, sibling: () => void, omission: () => void, help: () => void,
 *   hint: () => void, find: () => void, field: (attribute: string) => void, explain: () => void,
 *   chooser: () => void}} Page what a key can ask of the rest of the page
 */

const EVERYWHERE = new Set(["submit", "undo", "redo"]);

/** @param {Desk} desk @param {Page} page */
export function listenToKeys(desk, page) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    const target = /** @type {HTMLElement} */ (event.target);
    let binding = desk.keymap.lookup(name, deviceOf(desk));
    // A digit names the kind of the selected omission until the cursor moves on to other words.
    if (binding?.command === "label" && desk.movedOn) binding = desk.keymap.lookup(name, null);
    const typing = target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (name === "Escape" && !inPane(desk, target)) {
      document.body.dataset.tab = "read";
      desk.pane.element.focus({preventScroll: true});
      return event.preventDefault();
    }
    if (binding && EVERYWHERE.has(binding.command) && (!typing || binding.command === "submit")) {
      event.preventDefault();
      return run(desk, binding, page);
    }
    if (typing || !inPane(desk, target)) return;
    if (!desk.mode) return enterMode(desk, name, event);
    if (!binding || !acts(desk, binding)) return;
    event.preventDefault();
    run(desk, binding, page);
  });
}

/** @param {Desk} desk @returns {string | null} whose own keys act now */
function deviceOf(desk) {
  if (desk.omission) return desk.codebook.ofUnit("document")?.id ?? null;
  return desk.annotation?.device ?? null;
}

/** @param {Desk} desk @param {HTMLElement} target */
function inPane(desk, target) {
  if (target === document.body) return true;
  return target === desk.main.element || target === desk.sibling?.element;
}

/** @param {Desk} desk @param {string} name @param {KeyboardEvent} event */
function enterMode(desk, name, event) {
  if (name !== "Enter") return;
  event.preventDefault();
  desk.set({mode: true});
  desk.say("Annotation mode. Question mark shows the keys, Escape leaves.");
}

/** Browser keys stay the browser's. @param {Desk} desk @param {Binding} binding */
function acts(desk, binding) {
  return binding.command !== "delete" || Boolean(desk.annotation);
}

/** Carry out what a key is bound to. @param {Desk} desk @param {Binding} binding @param {Page} page */
export function run(desk, binding, page) {
  const {command, device = "", target = "", value} = binding;
  switch (command) {
    case "label": return desk.omission ? nameKind(desk, target) : giveLabel(desk, device, target);
    case "add-label": return giveLabel(desk, device, target, {add: true});
    case "part": return drawPart(desk, device, target);
    case "complete": return toggleComplete(desk, device);
    case "attribute": return value === undefined ? page.field(target) : setAttribute(desk, target, value);
    case "accept": return desk.omission ? takeCandidate(desk) : decide(desk, "accept");
    case "reject": return desk.omission ? stepCandidate(desk, 1) : decide(desk, "reject");
    case "reopen": return reopenLast(desk);
    case "delete": return deleteSelected(desk);
    case "undo": case "redo": return say(desk, desk.store.step(command), command);
    case "join": return rejoin(desk);
    case "others": return askOthers(desk);
    case "discuss": case "discard": return toggleFlag(desk, command);
    case "note": case "confidence": return page.field(command);
    case "anchor": return placeAnchor(desk);
    case "next-suggestion": return desk.omission ? stepCandidate(desk, 1) : go(desk, 1);
    case "previous-suggestion": return desk.omission ? stepCandidate(desk, -1) : go(desk, -1);
    case "next-annotation": return stepAnnotation(desk, 1);
    case "previous-annotation": return stepAnnotation(desk, -1);
    case "enter": return enter(desk);
    case "escape": return escape(desk);
    case "codebook": return page.explain();
    case "submit": case "sibling": case "omission": case "help": case "hint": case "find": case "chooser":
      return page[command]();
    default: return move(desk, command);
  }
}

/** @param {Desk} desk @param {string} problem @param {string} command */
function say(desk, problem, command) {
  desk.say(problem || (command === "undo" ? "Undone." : "Redone."));
}

/** @param {Desk} desk @param {string} command */
function move(desk, command) {
  const {model} = desk.pane;
  const extend = command.startsWith("extend-");
  const {cursor} = desk.pane;
  const edge = /** @type {"start" | "end" | undefined} */ (/^(?:start|end)(?=-)/.exec(command)?.[0]);
  // Arrows go where they point; an edge goes earlier or later.
  const back = !edge && runsLeft(model, cursor.focus) ? /right|up/ : /left|up/;
  const step = back.test(command) ? -1 : 1;
  if (edge && desk.range) desk.pane.cursor = {...cursor, grown: [...cursor.grown, nudged(model, desk.range, edge, step)]};
  else if (command === "grow") desk.pane.cursor = grow(model, cursor);
  else if (command === "shrink") desk.pane.cursor = shrink(cursor);
  else if (/left|right/.test(command)) desk.pane.cursor = moveToken(model, cursor, step, extend);
  else desk.pane.cursor = moveSentence(model, cursor, step, extend);
  desk.set({triaging: false});
  if (!desk.range) return;
  const token = model.tokens[desk.pane.cursor.focus];
  desk.pane.reveal(desk.pane.cursor.grown.length ? desk.range : token);
  const here = desk.pane.itemsAt(token.start).map((key) => desk.items.get(key)?.words).join("; ");
  desk.say(desk.words + (here ? `. ${here}` : ""));
}

/** @param {Desk} desk */
function enter(desk) {
  if (desk.omission) return takeCandidate(desk);
  if (desk.group || desk.ghosts.length) return takeGhosts(desk);
  if (desk.sibling && desk.pane === desk.sibling) return addEvidence(desk);
  if (desk.triaging && desk.suggestion && !desk.draft) return edit(desk);
  const token = desk.main.model.tokens[desk.main.cursor.focus];
  const stack = token ? desk.main.itemsAt(token.start) : [];
  if (stack.length) cycle(desk, stack, true);
  else desk.say("Nothing is marked here.");
}

/** @param {Desk} desk */
function takeCandidate(desk) {
  const candidate = desk.omission?.candidates[desk.omission.index];
  const suggestion = candidate?.suggestion ? desk.state.suggestions.get(candidate.suggestion) : null;
  if (suggestion) return nameKind(desk, suggestion.label);
  desk.say("Name the kind of omission by its digit.");
}

/** Leave the innermost thing that is open. @param {Desk} desk */
function escape(desk) {
  if (desk.omission) return desk.set({omission: null});
  if (desk.others) return desk.set({others: null});
  if (desk.draft) return desk.set({draft: null});
  if (desk.group || desk.ghosts.length) return desk.set({group: null, ghosts: []});
  if (desk.chosen) {
    return desk.collapse();
  }
  if (desk.armed) return desk.set({armed: null});
  if (desk.pane !== desk.main) {
    desk.set({pane: desk.main});
    return desk.main.element.focus({preventScroll: true});
  }
  if (desk.selected) return desk.select(null);
  desk.set({mode: false});
  desk.say("Annotation mode left. Enter starts it again.");
}

/** @param {Desk} desk @param {1 | -1} step */
function stepAnnotation(desk, step) {
  const marks = Array.from(desk.items.values()).filter((item) => item.kind === "annotation").map((item) => ({
    key: item.key, start: Math.min(...item.marks.filter((mark) => mark.article === desk.articleId).map((mark) => mark.start)),
  }));
  marks.sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : 1));
  if (!marks.length) return desk.say("There is no annotation yet.");
  const at = marks.findIndex((mark) => mark.key === desk.selected);
  const next = marks[(at + step + marks.length + (at < 0 && step < 0 ? 1 : 0)) % marks.length];
  desk.visit({parts: desk.items.get(next.key)?.marks ?? []});
  desk.set({pane: desk.main, triaging: false});
  pick(desk, next.key);
}
