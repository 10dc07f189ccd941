// What may stand in an entry: each reader gives the value it accepts and refuses everything else.
// Source: ledger L1, L3.
import { isHash, unb64 } from "./bytes.js";
import { MARKS } from "./commitments.js";
import { FormatFault, require } from "./faults.js";
import { isObject } from "./jcs.js";
import { parseInstant } from "./instants.js";
import { parseVkey, requireName } from "./note.js";

/** @typedef {(value: unknown) => any} Reader */

function string(value) {
  require(typeof value === "string", "is not a string");
  return value;
}

/** Text that may be empty: no control characters but the line feed. */
export function anyText(value) {
  require(!/[\0-\x09\x0b-\x1f]/.test(string(value)), "holds a control character");
  return value;
}

export function text(value) {
  require(anyText(value) !== "", "is empty");
  return value;
}

export function count(value) {
  require(Number.isSafeInteger(value) && value >= 0, "is not an integer from 0 to 2^53-1");
  return value;
}

export function fromOne(value) {
  require(count(value) > 0, "counts from 1");
  return value;
}

export function hash(value) {
  require(isHash(value), "is not 64 lowercase hex digits");
  return value;
}

/** @returns {Reader} strings that match a pattern as a whole */
const matching = (pattern, what) => (value) => {
  require(pattern.test(string(value)), `is not ${what}`);
  return value;
};

export const votes = matching(/^(0|[1-9][0-9]*)(\.[0-9]{0,5}[1-9])?$/, "a decimal number of votes");
export const target = matching(/^(member:[0-9a-f]{64}|entry:(0|[1-9][0-9]{0,15}))$/, "member:<mc> or entry:<index>");

/** The instant in whole milliseconds. */
export const instant = (value) => parseInstant(string(value));

/** Base64 of so many bytes, as it stands. */
export const base64 = (length) => (value) => {
  require(unb64(string(value)).length === length, `is not base64 of ${length} bytes`);
  return value;
};

export function vkey(value) {
  parseVkey(string(value));
  return value;
}

export function origin(value) {
  requireName(string(value));
  return value;
}

export const oneOf = (...words) => (value) => {
  require(words.includes(value), `is not one of ${words.join(", ")}`);
  return value;
};

export const nullable = (reader) => (value) => (value === null ? null : reader(value));

export const list = (reader, exactly = null) => (value) => {
  require(Array.isArray(value), "is not a list");
  require(exactly === null || value.length === exactly, `does not have exactly ${exactly} items`);
  return value.map(reader);
};

/** An object with exactly these members.  @param {Record<string, Reader>} readers */
export const object = (readers) => (value) => {
  require(isObject(value), "is not an object");
  const found = {};
  for (const name of Object.keys(value)) require(Object.hasOwn(readers, name), `member '${name}' is unknown`);
  for (const [name, reader] of Object.entries(readers)) {
    require(Object.hasOwn(value, name), `member '${name}' is missing`);
    found[name] = naming(name, reader, value[name]);
  }
  return found;
};

function naming(name, reader, value) {
  try {
    return reader(value);
  } catch (error) {
    if (error instanceof FormatFault) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** What was decided: null, a word, marks by candidate (a Map), or the candidates drawn, in order. */
export function decision(value) {
  if (value === null) return null;
  if (typeof value === "string") return text(value);
  if (Array.isArray(value) && value.length) return value.map(text);
  const marks = isObject(value) ? Object.entries(value) : [];
  require(marks.length > 0 && marks.every(([, mark]) => MARKS.includes(mark)), "is no decision");
  return new Map(marks.map(([name, mark]) => [text(name), mark]));
}
