// Canonical JSON (RFC 8785, JCS), of the values a ledger has: null, booleans, integers from 0 to 2^53-1,
// strings, lists, objects.  What is read must print back to the same bytes; nothing is repaired.
// Source: ledger L1.
import { equal, textOf, utf8 } from "./bytes.js";
import { FormatFault, require } from "./faults.js";

const DEEPEST = 64;

/** The canonical text of a value.  A BigInt counts as the integer that it is. */
function write(value, depth) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  require(depth > 0, "nested too deeply");
  if (typeof value === "bigint" || typeof value === "number") {
    const number = Number(value);
    require(Number.isSafeInteger(number) && number >= 0, "a number that is no integer from 0 to 2^53-1");
    return String(number);
  }
  if (Array.isArray(value)) return `[${value.map((each) => write(each, depth - 1)).join(",")}]`;
  require(typeof value === "object", `a ${typeof value} has no canonical form`);
  // JavaScript compares strings by UTF-16 code units, which is the order of RFC 8785.
  const members = Object.keys(value).sort().map((name) => `${quoted(name)}:${write(value[name], depth - 1)}`);
  return `{${members.join(",")}}`;
}

function quoted(text) {
  require(text.isWellFormed(), "a string holds half of a surrogate pair");
  return JSON.stringify(text);
}

/** The canonical bytes of a value. */
export const encode = (value) => utf8(write(value, DEEPEST));

/** The value whose canonical form is exactly `bytes`. */
export function decode(bytes) {
  let value;
  const text = textOf(bytes);
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FormatFault(error instanceof RangeError ? "nested too deeply" : "not JSON");
  }
  // A doubled name, -0, 1.0, an escape that was not needed: none of them comes back as it was.
  require(equal(encode(value), bytes), "not in canonical form");
  return value;
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is an object with exactly these members. */
export function hasExactly(value, names) {
  return isObject(value) && Object.keys(value).length === names.length && names.every((each) => Object.hasOwn(value, each));
}
