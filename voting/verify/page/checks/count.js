// Checks 21 to 23: which ballots count, who was silent, and the whole count once more.
import { difference, equal, fromHex, hex } from "../formats/bytes.js";
import { Refuted, refuting, require } from "../formats/faults.js";
import { decode, encode, isObject } from "../formats/jcs.js";
import { deemed as deemedLines } from "../formats/lists.js";
import { rootOfLines } from "../formats/merkle.js";
import { votesText } from "../count/numbers.js";
import { tallied } from "../count/result.js";
import { count, silentMembers } from "../count/tally.js";
import { effective as effectiveOf, facts, rollOf, submissions } from "../recount.js";

const RESULT = "result.json";
const same = (one, other) => other !== undefined && equal(encode(one), encode(other));

/** 21: one ballot of each member counts, by the rules; the result names their number and levels. */
export function effective(evidence) {
  const found = effectiveOf(evidence), result = stated(evidence), votes = votesText(evidence.votesOf(found.keys()));
  if (!same({ members: found.size, votes }, result.returned)) throw new Refuted(21, "returned", { members: found.size, votes });
  if (!same(levelsOf(evidence), result.levels)) throw new Refuted(21, "levels");
  return { items: found.size, facts: { votes }, ...explained(evidence) };
}

function levelsOf(evidence) {
  const level = new Map(evidence.votes.map(({ index, body }) => [index, body.level]));
  return tallied([...effectiveOf(evidence).values()].map(({ order }) => level.get(order)));
}

/** 22: the members named as deemed are the silent ones of the roll, all of them and no other. */
export function deemed(evidence) {
  const { index, body } = evidence.only("deemed"), listed = deemedLines(evidence.bundle, 22);
  const given = [evidence.docket, rollOf(evidence), submissions(evidence), facts(evidence)];
  const silent = refuting(22, "uncountable", {}, () => silentMembers(...given));
  for (const member of difference(silent, listed)) {
    throw new Refuted(22, listed.includes(member) ? "not-silent" : "silent-missing", { member });
  }
  const votes = votesText(evidence.votesOf(listed)), root = hex(rootOfLines(listed.map(fromHex)));
  if (body.members !== listed.length || body.votes !== votes || body.root !== root) {
    throw new Refuted(22, "deemed-entry", { path: "deemed.jsonl", index });
  }
  if (body.clause !== (evidence.docket.rules.clauses.get("deemed") ?? "")) throw new Refuted(22, "deemed-clause", { index });
  return { items: listed.length, facts: { votes }, ...explained(evidence) };
}

/** 23: counting again gives result.json, to the byte, and that is the one the ledger names. */
export function recount(evidence) {
  const found = evidence.bundle.read(RESULT);
  if (!found) throw new Refuted(23, "missing", { path: RESULT });
  if (evidence.bundle.digest(RESULT) !== resultInForce(evidence)) throw new Refuted(23, "result-hash");
  const partly = explained(evidence);
  if (partly) return { items: 0, ...partly };
  const given = [evidence.docket, rollOf(evidence), submissions(evidence), facts(evidence)];
  const counted = { ...refuting(23, "uncountable", {}, () => count(...given)), ...fromLedger(evidence) };
  const bytes = encode(counted);
  if (!equal(bytes, found)) throw new Refuted(23, "recount", { where: firstDifference(decode(bytes), stated(evidence)) });
  return { items: counted.motions.length, facts: { roll: counted.roll.members } };
}

/** The SHA-256 of the result that the ledger names last (before entry `before`). */
export function resultInForce(evidence, before = Infinity) {
  const tally = evidence.only("tally"), correction = evidence.of("correction").findLast(({ index }) => index < before);
  return (correction ?? tally).body.result_sha256;
}

/** result.json as a value (check 23); its numbers are for the count to compare. */
export function stated(evidence) {
  return evidence.once("stated", () => refuting(23, "result-form", {}, () => {
    const value = decode(evidence.bundle.read(RESULT) ?? new Uint8Array());
    require(isObject(value) && Array.isArray(value.motions) && value.motions.every(isMotion), "no object with motions");
    return value;
  }));
}

function isMotion(value) {
  const isNamed = isObject(value) && typeof value.number === "number" && typeof value.title === "string";
  const candidates = value?.candidates ?? [];
  return isNamed && typeof value.outcome === "string" && Array.isArray(candidates) && candidates.every(isObject);
}

/** What explains that not everything lies open; null where it does. */
export function explained(evidence) {
  if (!evidence.showsOpenings) return { status: "withheld", why: evidence.disclosure };
  const [erased] = evidence.erasures;
  return evidence.unopened.length && erased ? { status: "erased", why: erased.rule } : null;
}

/** What result.json has of the ledger alone.  Source: ledger L8. */
function fromLedger(evidence) {
  const namedAt = (evidence.of("correction").at(-1) ?? evidence.only("tally")).index;
  const before = (kind) => evidence.of(kind).filter(({ index }) => index < namedAt).map(({ index }) => index);
  const refused = tallied(evidence.of("refused").map(({ body }) => body.reason));
  return { levels: levelsOf(evidence), refused, amendments: before("amend"), incidents: before("incident") };
}

/** The first place where two values differ, as motions.0.for.deemed; empty where nowhere. */
function firstDifference(ours, theirs, path = "") {
  const isList = Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length;
  if (!isList && !(isObject(ours) && isObject(theirs))) return ours === theirs ? "" : path || ".";
  for (const name of [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()) {
    const inside = firstDifference(ours[name] ?? null, theirs[name] ?? null, path ? `${path}.${name}` : name);
    if (inside) return inside;
  }
  return "";
}
