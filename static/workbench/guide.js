/** A walk of a minute and a half through the first article: each step waits until it was done. */
import {toArticle} from "./dom.js";
import {notify, withdraw} from "./notices.js";

/** @import {Desk} from "./desk.js" */

/** @typedef {{text: string, done: (desk: Desk, start: Counts) => boolean}} Step */
/** @typedef {{annotations: number, decided: number, complete: number, place: number, tab: string}} Counts */

/** Offer the walk to a newcomer. @param {Desk} desk @param {boolean} fresh whether the person never saw it @param {() => void} seen @returns {() => void} what begins it at any time */
export function mountGuide(desk, fresh, seen) {
  const end = () => { withdraw(desk, "guide"); seen(); };
  let stop = () => {};
  const start = () => { stop(); stop = walk(desk, stepsOf(desk), end); };
  if (fresh && !desk.store.submitted) notify(desk, {
    id: "guide", text: "New here? A walk of a minute and a half shows how to mark, decide and finish.",
    actions: [{name: "Show me", run: start}, {name: "Not now", run: end}],
  });
  return start;
}

/** @param {Desk} desk @param {Step[]} steps @param {() => void} end @returns {() => void} what ends it */
function walk(desk, steps, end) {
  let at = 0;
  let start = counts(desk);
  const listener = () => { if (steps[at]?.done(desk, start)) next(); };
  const stop = () => { desk.listeners.delete(listener); end(); };
  function next() {
    at += 1;
    start = counts(desk);
    show();
  }
  function show() {
    if (!steps[at]) return stop();
    const last = at === steps.length - 1;
    notify(desk, {id: "guide", text: `${at + 1} of ${steps.length}. ${steps[at].text}`,
      actions: last ? [{name: "Done", run: stop}] : [{name: "Skip", run: next}, {name: "Stop", run: stop}]});
    toArticle();
  }
  desk.listeners.add(listener);
  show();
  return stop;
}

/** @param {Desk} desk @returns {Counts} */
function counts(desk) {
  const {annotations, suggestions, completion} = desk.state;
  return {
    annotations: annotations.size, tab: desk.tab, place: desk.main.cursor.focus,
    decided: Array.from(suggestions.values()).filter((suggestion) => suggestion.decision).length,
    complete: Object.values(completion).filter((value) => value === "done").length,
  };
}

/** @param {Desk} desk @returns {Step[]} */
function stepsOf(desk) {
  const key = (/** @type {string} */ id) => desk.keymap.label(id);
  const term = desk.codebook.ofUnit("span");
  const first = term?.labels[0];
  const relation = desk.codebook.ofUnit("relation");
  const cue = relation?.roles.find(({line}) => line === "dotted");
  /** @type {(Step | null | undefined | false)[]} */
  const steps = [
    desk.undecided.length > 0 && {
      text: `Wavy lines are suggestions of a program. Press ${key("accept")} to accept the one that is framed, ${key("reject")} to reject it.`,
      done: (now, start) => counts(now).decided > start.decided,
    },
    {
      text: "The arrow keys go from word to word and from sentence to sentence; with Shift they choose several words. Go to any word.",
      done: (now, start) => counts(now).place !== start.place && !now.triaging,
    },
    first && {
      text: `A digit marks the chosen words: ${key("label:" + first.id)} is ${first.name}. All digits stand on the left. Mark something; ${key("undo")} takes it back.`,
      done: (now, start) => counts(now).annotations > start.annotations,
    },
    cue && {
      text: `Go to a word like “said” and press ${key(`part:${relation?.id}:${cue.id}`)}: who spoke and what was said is proposed, ${key("enter")} takes it.`,
      done: (now, start) => counts(now).annotations > start.annotations && !now.group,
    },
    {
      text: "The panel on the right asks about what is selected. Its keys are printed beside the questions. Look at the list under All.",
      done: (now) => now.tab === "all",
    },
    {
      text: `When you have read the article for one kind of framing, say so, even if you found nothing: ${key("complete:" + desk.codebook.devices[0]?.id)}. Do it, or take it back with the same key.`,
      done: (now, start) => counts(now).complete !== start.complete,
    },
    {text: `${key("help")} shows all keys, ${key("submit")} submits and says what is still open. Everything is saved as you go.`, done: () => false},
  ];
  return steps.filter((step) => Boolean(step)).map((step) => /** @type {Step} */ (step));
}
