// The bundle as the count takes it: submissions and facts, members named by their commitments.
// Source: rules R2, R3; ledger L3, L8.
import { hex } from "./formats/bytes.js";
import { MARKS } from "./formats/commitments.js";
import { Refuted } from "./formats/faults.js";
import { FILES, delivery } from "./formats/lists.js";
import { rootOfLines } from "./formats/merkle.js";
import { effectiveFirst } from "./count/answers.js";
import { isGivenOn } from "./evidence.js";

/**
 * All that counts for something: ballots, and what was refused as late or early.
 * A vote whose opening is withheld or erased stands as a proxy: who answered, and when, is known all the same.
 */
export function submissions(evidence) {
  return evidence.once("submissions", () => {
    const { closesAt } = evidence.docket, found = [];
    for (const entry of evidence.votes) {
      const { kind, body } = entry;
      if (body.member === null || body.commitment === null) continue;
      if (kind === "ballot") {
        found.push({ ...submission(evidence, entry, body.received_at), isVoid: isVoid(evidence, entry) });
      } else if (body.reason === "late") {
        // A sheet that was registered after the close is late whatever hour it claims.
        found.push(submission(evidence, entry, Math.max(body.received_at, closesAt)));
      } else if (body.reason === "early") {
        found.push(submission(evidence, entry, body.received_at));
      }
    }
    return found;
  });
}

/** Whether a ballot answers texts that were amended (ledger L3, amend). */
export const isVoid = (evidence, ballot) => evidence.newTexts.some((amend) => !isGivenOn(amend, ballot));

function submission(evidence, { index, body }, at) {
  const ballot = evidence.openings.get(index)?.ballot ?? { choices: {}, proxy: true };
  return {
    member: body.member, at, isPaper: body.channel !== "web", order: index, isProxy: ballot.proxy === true,
    hasDefect: ballot.defect !== undefined,
    choices: new Map(Object.entries(ballot.choices).map(([number, choice]) => [Number(number), choice])),
  };
}

/** The submission that counts, by member.  Source: rules R2.3, R2.4, R3. */
export function effective(evidence) {
  return evidence.once("effective", () => {
    const { opensAt, closesAt, rules } = evidence.docket, { left } = facts(evidence), inTime = new Map();
    for (const each of submissions(evidence)) {
      if (!evidence.roll.has(each.member)) throw new Refuted(16, "not-on-roll", { index: each.order });
      const end = Math.min(closesAt, left.get(each.member) ?? closesAt);
      if (each.isVoid || each.at < opensAt || each.at >= end) continue;
      if (!inTime.has(each.member)) inTime.set(each.member, []);
      inTime.get(each.member).push(each);
    }
    return new Map([...inTime].map(([member, sent]) => [member, effectiveFirst(sent, rules.duplicates)[0]]));
  });
}

/** What else the count uses (check 21): leavings, decisions, lots, and who could not be reached. */
export function facts(evidence) {
  return evidence.once("facts", () => {
    const left = new Map(), chair = new Map(), lots = new Map(), ties = new Map();
    for (const entry of evidence.of("fact")) {
      const { what, member, motion, at, value } = entry.body, refusal = new Refuted(21, "fact", { index: entry.index });
      const mark = (word) => {
        if (!MARKS.includes(word)) throw refusal;
        return word;
      };
      const isTable = value instanceof Map, isList = Array.isArray(value);
      if (member !== null) {
        if (!evidence.roll.has(member)) throw refusal;
        left.set(member, Math.min(at, left.get(member) ?? at));
      } else if (what === "lot") {
        if (isTable) throw refusal;
        lots.set(motion, isList ? value : [value]);
      } else if (isList) {
        throw refusal;
      } else if (what === "chair_decision") {
        chair.set(motion, isTable ? value : mark(value));
      } else {
        const named = isTable ? [...value] : [[null, mark(value)]];
        for (const [candidate, word] of named) {
          ties.set(JSON.stringify([motion, candidate]), { number: motion, candidate, mark: word });
        }
      }
    }
    const undelivered = new Set([...reached(evidence)].filter(([, arrived]) => !arrived).map(([member]) => member));
    return { left, undelivered, chair, ties: [...ties.values()], lots };
  });
}

/**
 * Whether a notice arrived, for every member that has a delivery (check 25); pending ones are not in it.
 * Source  ledger L3: undelivered where the latest delivery of each channel failed.
 */
export function reached(evidence) {
  return evidence.once("reached", () => {
    const lines = delivery(evidence.bundle, 25), path = FILES.delivery, latest = new Map();
    let place = 0;
    for (const { index, body } of evidence.of("delivery")) {
      const batch = lines.slice(place, place + body.delivered + body.failed);
      place += batch.length;
      const delivered = batch.filter((each) => each.status === "delivered").length;
      if (delivered !== body.delivered || batch.length - delivered !== body.failed) throw new Refuted(25, "batch", { path, index });
      const isSorted = batch.every((each, i) => i === 0 || batch[i - 1].order <= each.order);
      const root = hex(rootOfLines(batch.map((each) => each.line)));
      if (!isSorted || root !== body.root) throw new Refuted(25, "batch-root", { path, index });
      for (const each of batch) {
        const key = `${each.member} ${each.channel}`;
        if (!latest.has(key) || each.time >= latest.get(key).time) latest.set(key, each);
      }
    }
    if (place !== lines.length) throw new Refuted(25, "batch-rest", { path });
    const found = new Map();
    for (const { member, status } of latest.values()) found.set(member, found.get(member) === true || status === "delivered");
    return found;
  });
}

/** The roll as the count takes it. */
export const rollOf = (evidence) => [...evidence.roll.values()];
