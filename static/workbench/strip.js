/** The strip under the article: one question at a time, with its keys. */
import {shortened} from "./check.js";
import {answerOther, drawPart, giveLabel, takeGhosts} from "./commands.js";
import {decide, edit, go} from "./deciding.js";
import {byId, fill, h, toArticle} from "./dom.js";
import {nameKind, stepCandidate, titleOf} from "./omitting.js";
import {inReadingOrder} from "./triage.js";

/** @import {Desk} from "./desk.js" */
/** @import {Suggestion} from "./types.js" */
/** @import {Child} from "./dom.js" */

/** @param {Desk} desk */
export function mountStrip(desk) {
  const strip = byId("triage");
  /** @type {unknown[]} */
  let seen = [];
  desk.listeners.add(() => {
    const now = [desk.state.suggestions, desk.group, desk.ghosts, desk.current, desk.omission, desk.others, desk.draft, desk.keymap, desk.triaging, desk.mode, tapped(desk), desk.range?.start, desk.range?.end]
      .slice(0, desk.touch || desk.omission ? 13 : 11);
    if (now.length === seen.length && now.every((value, i) => value === seen[i])) return;
    seen = now;
    const name = strip.contains(document.activeElement) ? document.activeElement?.getAttribute("data-role") : null;
    const shown = content(desk);
    strip.hidden = shown === null;
    fill(strip, shown);
    if (!name) return;
    const again = strip.querySelector(`[data-role="${name}"]`);
    (again instanceof HTMLElement ? again : byId("article")).focus({preventScroll: true});
  });
}

/** @param {Desk} desk @returns {Child[] | null} */
function content(desk) {
  if (!desk.mode) return [h("p.mid", {"data-role": "keys-off"}, "The keys are off. ", h("kbd", null, "↵"), " in the article turns them on.")];
  if (desk.omission) return omission(desk);
  if (desk.others && desk.others.index >= 0) return other(desk);
  if (tapped(desk)) return chips(desk);
  if (desk.group) return group(desk, desk.group);
  if (desk.suggestion && !desk.suggestion.decision) return suggestion(desk, desk.suggestion);
  const total = desk.state.suggestions.size;
  return total ? [h("p.mid", {"data-role": "all-decided"}, `All ${total} suggestions are decided. `, h("kbd", null, desk.keymap.label("reopen")), " re-opens the last.")] : null;
}

/** A button that gives the hand back to the article after a mouse click. @param {Desk} desk @param {string} role @param {string} name @param {string} binding @param {() => void} run */
function act(desk, role, name, binding, run) {
  const key = desk.keymap.label(binding);
  const click = (/** @type {MouseEvent} */ event) => {
    run();
    if (event.detail > 0) toArticle();
  };
  return h("button.btn", {"data-role": role, onclick: click}, name, key && h("kbd", null, key));
}

/** @param {string} text @param {string} what @param {(step: 1 | -1) => void} go */
function stepper(text, what, go) {
  return h("p.cap", null, text,
    h("button.btn.quiet.tiny", {"data-role": "previous", "aria-label": `Previous ${what}`, onclick: () => go(-1)}, "‹"),
    h("button.btn.quiet.tiny", {"data-role": "next", "aria-label": `Next ${what}`, onclick: () => go(1)}, "›"));
}

/** @param {Desk} desk @param {Suggestion} current */
function suggestion(desk, current) {
  const order = inReadingOrder(desk.state, desk.articleId);
  const at = order.findIndex(({id}) => id === current.id) + 1;
  const score = current.score === null ? "" : `${Math.round(current.score * 100)} %`;
  const device = desk.codebook.byId.get(current.device);
  const name = (device?.labels.length ?? 0) > 1 ? desk.codebook.labelName(current.device, current.label) : device?.name.toLowerCase();
  return [
    h("div.what", {"data-suggestion-shown": current.id},
      stepper(`Suggestion ${at} of ${order.length} `, "open suggestion", (step) => go(desk, step)),
      h("p.q1", null, quotes(desk, current), h("span.mid", null, `  ${name}?`)),
      h("p.small.dim", {"data-role": "reason"}, [score, current.reason].filter(Boolean).join(" · "))),
    h("div.acts", null,
      act(desk, "accept", "Accept", "accept", () => decide(desk, "accept")),
      act(desk, "reject", "Reject", "reject", () => decide(desk, "reject")),
      act(desk, "edit", "Edit", desk.triaging ? "enter" : "", () => edit(desk))),
  ];
}

/** What Enter does with the open group. @param {Desk} desk @param {string} id */
function group(desk, id) {
  const {ghosts} = desk;
  const device = desk.state.annotations.get(id)?.device ?? "";
  return [
    h("div.what", null, h("p.cap", null, ghosts.length ? "Proposed parts" : "Parts join this group"),
      h("p.q1", null, ghosts.length ? quotes(desk, {device, parts: ghosts}, true) : "Choose words, then name the part.")),
    h("div.acts", null, act(desk, "take", ghosts.length ? "Take them" : "Close", "enter", () => takeGhosts(desk)),
      ghosts.length > 0 && act(desk, "leave", "Leave them", "escape", () => desk.set({group: null, ghosts: []}))),
  ];
}

/** @param {Desk} desk @param {{device: string, parts: readonly import("./types.js").Part[]}} current @param {boolean} [named] whether the roles stand before the words */
function quotes(desk, current, named) {
  return current.parts.map((part, i) => {
    const role = desk.codebook.role(current.device, part.role);
    const where = part.article === desk.articleId ? "" : ` (${titleOf(desk, part.article)})`;
    const words = part.quote || "after this sentence";
    return [i > 0 && h("span.dim", null, " · "), named && h("span.small.dim", null, `${role?.name ?? ""} `), h("em", {title: role?.name ?? ""}, shortened(words)), where && h("span.small.dim", null, where)];
  });
}

/** @param {Desk} desk */
function other(desk) {
  const {others} = desk;
  if (!others) return null;
  return [
    h("div.what", null, h("p.cap", null, `Occurrence ${others.index + 1} of ${others.ranges.length}`),
      h("p.q1", null, h("em", null, others.like.parts[0].quote), h("span.mid", null, `  ${desk.codebook.labelName(others.like.device, others.like.label)} here too?`))),
    h("div.acts", null, act(desk, "accept", "Mark", "accept", () => answerOther(desk, true)),
      act(desk, "reject", "Leave", "reject", () => answerOther(desk, false)),
      act(desk, "stop", "Stop", "escape", () => desk.set({others: null}))),
  ];
}

/** @param {Desk} desk */
function omission(desk) {
  const {omission: draft} = desk;
  const device = desk.codebook.ofUnit("document");
  if (!draft || !device) return null;
  const candidate = draft.candidates[draft.index];
  const picked = desk.sibling && desk.pane === desk.sibling && desk.chosen ? desk.words : "";
  const anchor = draft.anchor ? `Anchor: “${draft.anchor.quote}”. ` : "";
  return [
    h(`div.what.wide.${device.family}`, null,
      stepper(draft.candidates.length && !picked ? `Missing here? ${draft.index + 1} of ${draft.candidates.length} ` : "Missing here? ", "candidate", (step) => stepCandidate(desk, step)),
      h("p.claim", null, picked || candidate?.part.quote || "Choose the evidence in the sibling article."),
      h("p.small.dim", null, anchor, candidate && !picked ? `${candidate.where}. ` : "", "Name the kind, or choose other words in the sibling.")),
    h("div.acts.kinds", null, device.labels.map(({id, name, definition}) => {
      const button = act(desk, "kind", name, `label:${id}`, () => nameKind(desk, id));
      button.dataset.label = id;
      button.title = definition;
      return button;
    }), act(desk, "stop", "Cancel", "escape", () => desk.set({omission: null}))),
  ];
}

/** Whether a finger chose words and nothing else: one tap is a word. @param {Desk} desk */
function tapped(desk) {
  return desk.touch && desk.pane === desk.main && (desk.chosen || (!desk.triaging && (!desk.selected || desk.movedOn)));
}

/** Labels as chips for a hand on glass. @param {Desk} desk */
function chips(desk) {
  return [h("div.what.wide", null, h("p.q1", null, h("em", null, shortened(desk.words))),
    h("div.chips", {role: "group", "aria-label": "Label the chosen words"},
      desk.codebook.devices.filter((device) => device.unit === "span").flatMap((device) => device.labels.map(({id, name}) =>
        h(`button.btn.${device.family}`, {"data-label": id, onclick: () => giveLabel(desk, device.id, id)}, name))),
      desk.codebook.devices.filter((device) => device.unit === "relation").flatMap((device) => device.roles.map(({id, name}) =>
        h(`button.btn.${device.family}`, {"data-part-chip": id, onclick: () => drawPart(desk, device.id, id)}, name))),
      h("button.btn.quiet", {"aria-label": "Choose nothing", onclick: () => { desk.collapse(); desk.set({touch: false, triaging: desk.current !== null}); }}, "×")))];
}
