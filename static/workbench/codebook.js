/** The scheme of the project, with look-ups. The JSON is what framing.scheme gives. */

/**
 * @typedef {{id: string, name: string, definition: string, yes: string, near_miss: string, test: string}} Value
 * @typedef {{id: string, name: string, question: string, kind: "choice" | "scale" | "text" | "entity",
 *   key: string, values: Value[], default: string, presets: string[], hint: string}} Attribute
 * @typedef {Value & {key: string, does: string, enabled: boolean}} Label
 * @typedef {{id: string, name: string, badge: string, line: "solid" | "dotted" | "dashed" | "double",
 *   minimum: number, maximum: number | null, key: string, anchor_allowed: boolean,
 *   sibling: boolean, hint: string}} Role
 * @typedef {{id: string, name: string, badge: string, family: "lt" | "at" | "om",
 *   unit: "span" | "relation" | "document", complete_key: string, summary: string, roles: Role[],
 *   labels: Label[], attributes: Attribute[], rulings: {name: string, text: string}[]}} Device
 */

/** The codebook of one project. */
export class Codebook {
  /** @param {any} scheme @param {string} preset */
  constructor(scheme, preset) {
    this.preset = preset;
    /** @type {Device[]} */
    this.devices = scheme.devices.map(enabledOnly);
    /** @type {Value[]} */
    this.flags = scheme.flags ?? [];
    /** @type {Value[]} */
    this.confidence = scheme.confidence ?? [];
    /** With the labels that are switched off: old annotations may carry them. @type {Map<string, Device>} */
    this.byId = new Map(scheme.devices.map((/** @type {Device} */ device) => [device.id, device]));
  }

  /** Return a device with the labels that are on. @param {string} id @returns {Device} */
  device(id) {
    const device = this.devices.find((candidate) => candidate.id === id);
    if (!device) throw new Error(`the codebook has no device ${id}`);
    return device;
  }

  /** @param {string} device @param {string} id the id itself stands in for a label that is gone */
  labelName(device, id) {
    return this.byId.get(device)?.labels.find((label) => label.id === id)?.name ?? id;
  }

  /** @param {string} device @param {string} id @returns {Role | undefined} */
  role(device, id) {
    return this.byId.get(device)?.roles.find((role) => role.id === id);
  }

  /** @param {Attribute} attribute */
  required(attribute) {
    return attribute.presets.includes(this.preset);
  }

  /** Return the device of a unit that a person adds by one key, the first of its kind. @param {Device["unit"]} unit */
  ofUnit(unit) {
    return this.devices.find((device) => device.unit === unit) ?? null;
  }

  /** Return what the scheme says about the values where nothing else is known. @param {string} device */
  defaults(device) {
    /** @type {Record<string, string>} */
    const values = {};
    for (const attribute of this.device(device).attributes) {
      if (attribute.default) values[attribute.id] = attribute.default;
    }
    return values;
  }

  /** Name a painted thing in words: "loaded term, epithet". @param {{device: string, label: string}} item */
  describe({device, label}) {
    const known = this.byId.get(device);
    if (!known) return label;
    const name = singular(known.name);
    return known.labels.length > 1 ? `${name}, ${this.labelName(device, label)}` : name;
  }
}

/** @param {string} name "Loaded terms" reads "loaded term" of one. */
function singular(name) {
  return name.toLowerCase().replace(/s$/, "");
}

/** @param {Device} device @returns {Device} */
function enabledOnly(device) {
  return {...device, labels: device.labels.filter((label) => label.enabled !== false)};
}
