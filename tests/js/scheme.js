/** A small codebook in the shape that framing.scheme gives. */

const value = (id) => ({id, name: id, definition: "", yes: "", near_miss: "", test: ""});
const label = (id, key, enabled = true) => ({...value(id), name: id.split(".")[1], key, enabled});
const attribute = (id, key, values = [], presets = []) => ({
  id, name: id, question: `${id}?`, kind: values.length ? "choice" : "text", key, values: values.map(value), default: "", presets, hint: "",
});
const role = (id, badge, key, minimum, maximum, extra = {}) => ({
  id, name: id, badge, line: "solid", minimum, maximum, key, anchor_allowed: false, sibling: false, hint: "", ...extra,
});

export const SCHEME = {
  id: "test-1", version: 1,
  devices: [
    {
      id: "loaded_terms", name: "Loaded terms", badge: "L", family: "lt", unit: "span", complete_key: "Shift+L", summary: "",
      roles: [role("span", "L", "", 1, 1)],
      labels: [label("lt.epithet", "2"), label("lt.scale", "8"), label("lt.off", "d", false)],
      attributes: [attribute("polarity", "Alt+1..2", ["neg", "pos"], ["full"]), attribute("voice", "v", ["author", "source"], ["core", "full"])],
      rulings: [],
    },
    {
      id: "attribution", name: "Attribution", badge: "A", family: "at", unit: "relation", complete_key: "Shift+A", summary: "",
      roles: [role("source", "S", "s", 0, null), role("cue", "Q", "q", 0, 1), role("content", "C", "c", 1, null)],
      labels: [label("at.attribution", "")],
      attributes: [attribute("source_type", "t", ["named_person", "author"], ["core"])], rulings: [],
    },
    {
      id: "omission", name: "Omission", badge: "O", family: "om", unit: "document", complete_key: "Shift+O", summary: "",
      roles: [role("anchor", "O", "o", 0, 1, {anchor_allowed: true}), role("evidence", "E", "", 1, null, {sibling: true})],
      labels: [label("om.actor", "1"), label("om.source", "2")],
      attributes: [attribute("missing", "m")], rulings: [],
    },
  ],
  flags: [value("discuss")], confidence: [value("low")],
};
