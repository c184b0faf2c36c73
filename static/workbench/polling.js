/** Fetch suggestions as the worker finishes them, at a calm pace. */
import {isPending} from "./rail.js";

/** @import {Desk} from "./desk.js" */

const FIRST = 1500;
const SLOWEST = 15_000;

/** @param {Desk} desk @param {(layer: import("./types.js").Layer) => void} onLayer */
export function poll(desk, onLayer) {
  let wait = FIRST;
  const due = () => desk.data.runs.some((run) => isPending(run.state)) || !desk.data.layer || waitsForArm(desk);

  async function ask() {
    const {status, body} = await desk.store.api.get("suggestions/");
    if (status === 200 && body) {
      const added = take(body);
      wait = added ? FIRST : Math.min(SLOWEST, wait * 1.4);
    } else {
      wait = Math.min(SLOWEST, wait * 2);
    }
    if (due()) setTimeout(ask, wait);
  }

  /** @param {{runs: any[], suggestions: any[], layer: any}} body */
  function take(body) {
    desk.data.runs = body.runs;
    const first = !desk.data.layer;
    desk.data.layer = body.layer ?? desk.data.layer;
    if (first && body.layer) onLayer(body.layer);
    const added = desk.store.addSuggestions(body.suggestions);
    if (added) desk.say(added === 1 ? "One new suggestion." : `${added} new suggestions.`);
    desk.tell();
    return added;
  }

  if (due()) setTimeout(ask, FIRST);
  desk.store.onState.add(() => {
    if (!waitsForArm(desk) || wait < 0) return;
    wait = -1;
    void desk.store.queue.flush().then(() => { wait = FIRST; return ask(); });
  });
}

/** In the arm `after` suggestions come when every device was read. @param {Desk} desk */
function waitsForArm(desk) {
  return desk.data.arm === "after" && !desk.state.suggestions.size
    && desk.codebook.devices.every((device) => desk.state.completion[device.id] === "done");
}
