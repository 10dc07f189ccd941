// Entries: canonical JSON, at most 16 KiB, each bound to its place.  Source: ledger L1.
import { require } from "./faults.js";
import { count, instant, origin } from "./fields.js";
import { decode, hasExactly } from "./jcs.js";
import { isKind, readBody } from "./kinds.js";

const LARGEST_ENTRY = 16 * 1024;
const MEMBERS = ["body", "index", "kind", "log", "time", "version"];

/** @typedef {{index: number, log: string, time: number, kind: string, body: any}} Entry */

/** The entry whose canonical bytes these are.  @returns {Entry} */
export function decodeEntry(bytes) {
  require(bytes.length <= LARGEST_ENTRY, `an entry of ${bytes.length} bytes; at most ${LARGEST_ENTRY} are allowed`);
  const value = decode(bytes);
  require(hasExactly(value, MEMBERS), `an entry has exactly ${MEMBERS.join(", ")}`);
  require(value.version === 1, "version: is not 1");
  require(isKind(value.kind), "kind: is unknown");
  return {
    index: count(value.index),
    log: origin(value.log),
    time: instant(value.time),
    kind: value.kind,
    body: readBody(value.kind, value.body),
  };
}
