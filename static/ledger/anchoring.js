/** Say where in the article the missing fact would stand. */

/** @import {Desk} from "./desk.js" */
/** @import {Quote} from "./types.js" */

/** @param {Desk} desk */
export function chooseAnchor(desk) {
  const {reading} = desk;
  const done = (/** @type {Quote | null} */ anchor, /** @type {string} */ said) => {
    leave(desk);
    desk.detail({anchor});
    desk.tell();
    desk.hand();
    desk.say(said);
  };
  reading.own();
  reading.anchor(desk.cell(desk.current));
  reading.ask({
    hint: "Where would it stand? ↑ ↓ or a click choose a sentence.",
    actions: [
      {key: "↵", name: "After it", run: ({end}) => done({start: end, end, quote: ""}, "Placed after the sentence.")},
      {key: "s", name: "It qualifies the sentence", run: (sentence) => done(sentence, "Placed on the sentence.")},
      {key: "w", name: "Whole article", run: () => done(null, "It is about the whole article.")},
    ],
    cancel: () => { leave(desk); desk.tell(); desk.hand(); },
  });
}

/** Stop picking and go back to the claims. @param {Desk} desk */
export function leave(desk) {
  desk.reading.own();
  document.body.dataset.tab = "claims";
}
