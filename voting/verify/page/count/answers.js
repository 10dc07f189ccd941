// What one member's answer, or silence, is worth on each question.  Source: rules R2, R3, R10.
import { FormatFault } from "../formats/faults.js";
import { isObject } from "../formats/jcs.js";
import { silenceOf } from "./docket.js";

/** @typedef {{member: string, choices: Map<number, any>, at: number, isPaper: boolean, order: number, isProxy: boolean,
 *   hasDefect: boolean, isVoid?: boolean}} Submission given on a text amended since where isVoid */
/** @typedef {{left: Map<string, number>, undelivered: Set<string>, chair: Map<number, string | Map<string, string>>,
 *   ties: {number: number, candidate: string | null, mark: string}[], lots: Map<number, string[]>}} Facts */
/** @typedef {{slots: any[], isProxy: boolean, hasDefect: boolean}} Sheet what stands on a submission, by question */
/** @typedef {{standing: "answered" | "left" | "late" | "undelivered" | "void" | "silent", sheets: Sheet[], isUnreached: boolean}} Case */
/** @typedef {{motion: object, slot: number, candidate: string | null, silence: string, chair: any}} Question */

const MARKS = ["for", "against", "abstain"];

/** The questions of a docket: each motion is one, by confidence each candidate is one.  @returns {Question[]} */
export function questionsOf(docket, facts) {
  const found = [];
  for (const motion of docket.motions) {
    const isPlurality = motion.method === "plurality";
    for (const candidate of motion.method === "confidence" ? motion.candidates : [null]) {
      const decision = facts.chair.get(motion.number);
      const named = decision instanceof Map ? decision.get(candidate) : decision;
      const chosen = decision instanceof Map ? motion.candidates.filter((name) => decision.get(name) === "for") : [];
      found.push({
        motion, candidate, slot: found.length, silence: isPlurality ? "not_counted" : silenceOf(docket, motion),
        chair: isPlurality ? chosen : named ?? null,
      });
    }
  }
  return found;
}

/** At one instant web comes after paper, then the order of entry decides. */
const byReceipt = (one, other) => one.at - other.at || other.isPaper - one.isPaper || one.order - other.order;

/** The submission that counts, then those received before it, the latest first. */
export function effectiveFirst(submissions, duplicates) {
  const ordered = [...submissions].sort(byReceipt);
  if (duplicates === "first") return ordered.slice(0, 1);
  let last = ordered.length - 1;
  if (duplicates === "web" || duplicates === "paper") {
    const preferred = ordered.findLastIndex((each) => each.isPaper === (duplicates === "paper"));
    if (preferred >= 0) last = preferred;
  }
  return ordered.slice(0, last + 1).reverse();
}

/** What became of a member in the whole assembly.  Source: rules R2, steps 3 to 7.  @returns {Case} */
export function caseOf(docket, member, sent, facts) {
  const { rules, opensAt, closesAt } = docket;
  // What was given on a text that was amended since is worth nothing, and yet no silence.
  const submissions = sent.filter((each) => !each.isVoid), hasVoid = submissions.length < sent.length;
  const inTime = submissions.filter((each) => each.at >= opensAt && each.at < closesAt);
  const sheetsOf = (sent) => (sent.length ? effectiveFirst(sent, rules.duplicates).map((each) => sheetOf(docket, each)) : []);
  const leftAt = facts.left.get(member);
  if (leftAt !== undefined && leftAt < closesAt) {
    const stands = inTime.filter((each) => each.at < leftAt);
    return { standing: stands.length ? "answered" : "left", sheets: sheetsOf(stands), isUnreached: false };
  }
  if (inTime.length) return { standing: "answered", sheets: sheetsOf(inTime), isUnreached: false };
  const late = submissions.filter((each) => each.at >= closesAt);
  if (hasVoid && !(late.length && rules.late === "excluded")) return { standing: "void", sheets: [], isUnreached: false };
  if (late.length) return { standing: rules.late === "excluded" ? "late" : "silent", sheets: sheetsOf(late), isUnreached: false };
  const isUnreached = !submissions.length && facts.undelivered.has(member);
  return { standing: isUnreached && rules.undelivered === "excluded" ? "undelivered" : "silent", sheets: [], isUnreached };
}

/** What stands on a submission, question by question; a motion it does not name is unmarked.  @returns {Sheet} */
function sheetOf(docket, submission) {
  const slots = docket.motions.flatMap((motion) => slotsOf(motion, submission.choices.get(motion.number) ?? "blank", submission));
  return { slots, isProxy: submission.isProxy, hasDefect: submission.hasDefect };
}

function slotsOf(motion, choice, submission) {
  const unusable = () => new FormatFault(`unusable-choice ${submission.member} ${motion.number}`);
  const known = (names) => names.every((name) => motion.candidates.includes(name));
  if (motion.method === "plurality") {
    const names = choice === "blank" ? [] : choice;
    if (!Array.isArray(names) || !known(names)) throw unusable();
    return [[...new Set(names)]];
  }
  if (motion.method === "confidence") {
    if (typeof choice === "string") return motion.candidates.map(() => choice);
    if (!isObject(choice) || !known(Object.keys(choice))) throw unusable();
    return motion.candidates.map((name) => (Object.hasOwn(choice, name) ? choice[name] : "blank"));
  }
  if (typeof choice !== "string") throw unusable();
  return [choice];
}

/** @typedef {{side: string, from: string | null}} Place a provenance only with for, against, abstain */
const at = (side, from = null) => ({ side, from });

/** Where a member is counted on a question that is not one by plurality.  @returns {Place} */
export function placeOf(rules, question, { standing, sheets }, isBarred) {
  if (isBarred) return at("barred");
  if (standing === "answered") return markedPlace(rules, question, sheets);
  if (standing === "void") return at("not_counted");
  if (standing !== "silent") return at(standing);
  if (question.silence === "not_counted") return at("not_counted");
  return at(question.silence === "proxy_to_chair" ? question.chair ?? "abstain" : question.silence, "deemed");
}

/** What the effective one of several sheets says.  Source: rules R3.  @returns {Place} */
export function markedPlace(rules, { slot, chair }, sheets) {
  const [first] = sheets;
  if (first.hasDefect) return at("invalid");
  if (first.isProxy) return at(chair ?? "abstain", "proxy");
  if (first.slots[slot] === "both" && rules.both_marked === "invalid") return at("invalid");
  const asked = rules.blank_overrides ? [first] : sheets;
  const clear = asked.find((each) => !each.isProxy && !each.hasDefect && MARKS.includes(each.slots[slot]));
  if (clear) return at(clear.slots[slot], "expressed");
  return rules.blank === "invalid" ? at("invalid") : at(rules.blank, "blank");
}

/** The names that a member chose by plurality; null where its vote is invalid. */
export function chosenNames(rules, { motion, slot, chair }, sheets) {
  const [first] = sheets, seats = motion.seats;
  if (first.hasDefect) return null;
  if (first.isProxy) return chair.length > seats ? null : chair;
  if (first.slots[slot].length > seats) return null;
  const asked = rules.blank_overrides ? [first] : sheets;
  // Only a valid choice fills a blank, as only a clear mark does on a motion.
  const clear = asked.find(({ isProxy, hasDefect, slots }) => !isProxy && !hasDefect && slots[slot].length > 0 && slots[slot].length <= seats);
  return clear ? clear.slots[slot] : [];
}
