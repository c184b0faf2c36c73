/** For beginners: two questions lead to the label, what the words do and which test they pass. */
import {shortened} from "./check.js";
import {giveLabel} from "./commands.js";
import {byId, fill, h, toArticle} from "./dom.js";

/** @import {Desk} from "./desk.js" */

/** @typedef {{name: string, why?: string[], run: () => void}} Answer */

/** @param {Desk} desk @returns {() => void} what opens the questions */
export function mountChooser(desk) {
  const box = /** @type {HTMLDialogElement} */ (byId("chooser"));

  /** @param {string} question @param {Answer[]} answers */
  function ask(question, answers) {
    fill(box, h("p.q1", null, h("em", null, shortened(desk.words)), h("span.mid", null, `  ${question}`)),
      h("ol.answers", null, answers.map(({name, why = [], run}, i) => h("li", null,
        h("button.btn", {"data-answer": i + 1, onclick: run}, h("kbd", null, i + 1), name), why.map((line) => line && h("p.small.mid", null, line))))),
      h("div.acts", null, h("button.btn.quiet", {"data-answer": 0, onclick: none}, h("kbd", null, 0), "None of these"),
        h("button.btn.quiet", {onclick: close}, "Close", h("kbd", null, "Esc"))));
    box.querySelector("button")?.focus();
  }

  function first() {
    const device = desk.codebook.ofUnit("span");
    const kinds = new Map((device?.labels ?? []).map(({does}) => [does, device?.labels.filter((label) => label.does === does) ?? []]));
    const second = (/** @type {import("./codebook.js").Label[]} */ labels) => ask("Which test do they pass?", labels.map(({id, name, test, definition, near_miss: miss}) => (
      {name, why: [test || definition, miss && `Near miss: ${miss}`], run: () => { close(); giveLabel(desk, device?.id ?? "", id); }})));
    if (kinds.size < 2) return second(device?.labels ?? []);
    ask("What do these words do? They …", Array.from(kinds, ([does, labels]) => ({name: does || "do something else", why: [labels.map(({name}) => name).join(", ")], run: () => second(labels)})));
  }

  function none() {
    close();
    desk.say("Then there is nothing to mark here. In doubt, mark it and flag it for discussion.");
  }

  function close() {
    box.close();
    toArticle();
  }

  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    const button = /^\d$/.test(event.key) && box.querySelector(`[data-answer="${event.key}"]`);
    if (!(button instanceof HTMLElement)) return;
    event.preventDefault();
    button.click();
  });
  return () => {
    if (!desk.range || desk.pane !== desk.main) return desk.say("Choose words first.");
    box.show();
    first();
  };
}
