// Checks 25 to 27: nothing is lost between the sums, amendments have two persons, erasures are recorded.
import { FormatFault, Refuted, require } from "../formats/faults.js";
import { instantText } from "../formats/instants.js";
import { isObject } from "../formats/jcs.js";
import { FILES, names } from "../formats/lists.js";
import { parseVotes } from "../count/numbers.js";
import { timelines } from "../issued.js";
import { effective, facts, isVoid, reached } from "../recount.js";
import { requireNamed } from "./amended.js";
import { explained, stated } from "./count.js";

const AFTER_INCIDENT = 24 * 60 * 60 * 1000; // milliseconds
const CORRECTABLE = ["tally", "result", "correction"];
const SIDES = ["for", "against", "abstain"];
const REST = ["invalid", "barred", "not_counted"];

/** 25: issued, sent and counted add up: no form, no vote and no member is lost or doubled. */
export function conservation(evidence) {
  const found = { ...formsOf(evidence), ...sentOf(evidence) };
  let items = 0;
  for (const motion of stated(evidence).motions) {
    for (const numbers of [motion, ...(motion.candidates ?? [])]) {
      if (!Object.hasOwn(numbers, "total")) continue;
      requireSums(evidence, motion, numbers);
      items += 1;
    }
  }
  return { items, facts: found, ...explained(evidence) };
}

/** Every form was delivered, or not, or nothing is known of it yet. */
function formsOf(evidence) {
  const arrived = reached(evidence), issued = new Set(timelines(evidence).keys());
  const stray = [...arrived.keys()].filter((member) => !issued.has(member)).sort();
  if (stray.length) throw new Refuted(25, "delivered-unissued", { path: FILES.delivery, member: stray[0] });
  const delivered = [...arrived.values()].filter(Boolean).length;
  return { issued: issued.size, delivered, undelivered: arrived.size - delivered, pending: issued.size - arrived.size };
}

/** Every vote is counted, replaced, refused or void. */
function sentOf(evidence) {
  const { left } = facts(evidence), counting = effective(evidence);
  const counts = new Set([...counting.values()].map(({ order }) => order));
  const found = { sent: 0, counted: 0, replaced: 0, refused: 0, void: 0 };
  for (const vote of evidence.votes) {
    const { index, kind, body } = vote;
    found.sent += 1;
    if (kind === "refused") found.refused += 1;
    else if (counts.has(index)) found.counted += 1;
    else if (isVoid(evidence, vote)) found.void += 1;
    else if (left.has(body.member) && body.received_at >= left.get(body.member)) found.void += 1;
    else if (counting.has(body.member)) found.replaced += 1;
    else throw new Refuted(25, "vote-lost", { index });
  }
  return found;
}

function requireSums(evidence, { number }, numbers) {
  const refuse = (detail) => new Refuted(25, "sums", { motion: number, detail });
  const votes = evidence.votesOf(evidence.roll.keys()), members = BigInt(evidence.roll.size);
  let sums;
  try {
    sums = [...sumOf(numbers, (text) => (text === "0" ? 0n : parseVotes(text))), ...sumOf(numbers.members, whole)];
  } catch (fault) {
    throw fault instanceof FormatFault ? refuse(fault.message) : fault;
  }
  const due = [votes, votes, members, members];
  if (!sums.every((sum, i) => sum === due[i])) throw refuse(sums.join(" "));
}

function whole(value) {
  require(Number.isSafeInteger(value) && value >= 0, "no number of members");
  return BigInt(value);
}

/** What the classes add up to, and what the result says they do. */
function sumOf(numbers, size) {
  require(isObject(numbers), "no numbers");
  const parts = (value) => {
    require(isObject(value), "no parts");
    return Object.entries(value).filter(([name]) => name !== "total").map(([, part]) => size(part));
  };
  const each = [...SIDES.flatMap((side) => parts(numbers[side])), ...parts(numbers.excluded), ...REST.map((name) => size(numbers[name]))];
  return [each.reduce((sum, part) => sum + part, 0n), size(numbers.total)];
}

/** 26: every change after the freeze has two persons and is what it says; what an outage may have changed is said. */
export function amendments(evidence) {
  const amends = evidence.of("amend"), corrections = evidence.of("correction");
  for (const { index, body } of [...amends, ...corrections]) {
    if (body.approvals[0] === body.approvals[1]) throw new Refuted(26, "one-approval", { index });
  }
  for (const { index, body } of corrections) {
    const corrected = evidence.entries[body.of];
    if (!CORRECTABLE.includes(corrected?.kind)) throw new Refuted(26, "corrects-nothing", { index, of: body.of });
  }
  requireNamed(evidence);
  const notes = [
    ...amends.map(({ index, body }) => warning("amended", { index, what: body.what, reason: body.reason })),
    ...corrections.map(({ index, body }) => warning("corrected", { index, reason: body.reason })),
  ];
  return { items: notes.length, notes: [...notes, ...incidentNotes(evidence)] };
}

const warning = (code, facts) => ({ code, facts, isWarning: true });

/** Each incident, and a warning where its silent and late members could have changed a result. */
function incidentNotes(evidence) {
  const { opensAt, closesAt } = evidence.docket, found = [];
  for (const { index, body } of evidence.of("incident")) {
    found.push(warning("incident", { index, at: instantText(body.from), to: instantText(body.to), what: body.what }));
    if (body.to < opensAt || body.from >= closesAt) continue;
    const late = evidence.of("refused").filter(({ body: vote }) => vote.reason === "late" && vote.received_at - body.to <= AFTER_INCIDENT);
    const affected = new Set([...evidence.roll.keys()].filter((member) => !effective(evidence).has(member)));
    for (const { body: vote } of late) if (vote.member !== null) affected.add(vote.member);
    for (const motion of stated(evidence).motions) {
      const { to_flip: toFlip, number } = motion;
      if (typeof toFlip !== "number" || affected.size < toFlip) continue;
      found.push(warning("incident-decides", { index, motion: number, members: affected.size, to_flip: toFlip }));
    }
  }
  return found;
}

/** 27: no more openings and names are gone than the erase entries say. */
export function erasures(evidence) {
  let missing = evidence.unopened.length;
  if (evidence.showsNames) missing += evidence.roll.size - names(evidence.bundle, 15).length;
  const erased = evidence.erasures.reduce((sum, { records }) => sum + records, 0);
  // Fewer may be missed than were erased: what this bundle withholds anyway is not missed.
  if (missing > erased) throw new Refuted(27, "erased", { missing, erased });
  return { items: missing, facts: { erased } };
}
