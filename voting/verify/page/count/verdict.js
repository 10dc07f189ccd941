// The outcome by the tests, and what is reported beside it.  Source: rules R7, R8.
import { markedPlace } from "./answers.js";
import { toCarry, toReject } from "./flip.js";
import { isMet, measure, numbersOf, piles, within } from "./measures.js";

/** @typedef {{tests: object[], tie: "rejected" | "chair", decision: string | null}} Rule */

/** Carried, rejected, or pending for a decision of the chair.  @param {Rule} rule */
export function outcomeOf(rule, found) {
  if (rule.tie === "chair" && isTie(rule.tests, found)) {
    if (rule.decision === null) return "pending";
    return rule.decision === "for" ? "carried" : "rejected";
  }
  return rule.tests.every((test) => isMet(test, found)) ? "carried" : "rejected";
}

/** One test asks for more than half, and for and against are half of its base each, not 0. */
function isTie(tests, found) {
  const [test] = tests;
  const asksHalf = test.fraction.p === 1n && test.fraction.q === 2n;
  if (tests.length !== 1 || test.count !== "for" || test.relation !== "more_than" || !asksHalf) return false;
  const { value, base } = measure(test, found), against = measure({ ...test, count: "against" }, found).value;
  return value === against && value !== 0n && value * 2n === base;
}

const isDecided = (outcome) => outcome === "carried" || outcome === "rejected";

/** The same members, of whose votes only the expressed ones and proxies count. */
const withoutDeemed = (found) =>
  found.map((pile) => (pile.from === "deemed" || pile.from === "blank" ? { ...pile, side: "not_counted", from: null } : pile));

export function carriedWithoutDeemed(rule, found, outcome) {
  return isDecided(outcome) ? outcomeOf(rule, withoutDeemed(found)) === "carried" : null;
}

export function toFlip(rule, stands, found, outcome) {
  if (!isDecided(outcome) || (rule.tie === "chair" && isTie(rule.tests, found))) return null;
  return (outcome === "carried" ? toReject : toCarry)(rule.tests, stands, found);
}

/** The flags of one question, in the order of R8. */
export function flagsOf(rules, question, rule, stands, found, outcome) {
  const carried = outcome === "carried", votes = numbersOf(found, "votes");
  const counts = (each) => each.side !== "barred";
  const isLate = (each) => counts(each) && each.case.standing !== "answered" && each.case.sheets.length > 0;
  const isUnreached = (each) => counts(each) && each.case.isUnreached;
  // Only the tests of this motion are put again; conditions, quorum and objections stay as they are.
  const decides = (concerned, suppose) => isDecided(outcome) && stands.some(concerned) &&
    (outcomeOf(rule, piles(stands.map((each) => (concerned(each) ? { ...each, ...suppose(each), isReturned: true } : each)))) === "carried") !== carried;
  const raised = {
    deemed_decides: isDecided(outcome) && carriedWithoutDeemed(rule, found, outcome) !== carried,
    low_response: isLow(found),
    against_leads: votes.against.expressed > votes.for.expressed,
    late_decides: decides(isLate, (each) => markedPlace(rules, question, each.case.sheets)),
    undelivered_decides: decides(isUnreached, () => ({ side: "against", from: "expressed" })),
    late_as_silence: stands.some((each) => isLate(each) && each.side !== "late"),
  };
  return Object.keys(raised).filter((name) => raised[name]);
}

/** Whether under 30 % of the members that may vote on this motion have answered. */
function isLow(found) {
  let returned = 0n, roll = 0n;
  for (const { side, isReturned, members } of found) {
    if (within("returned", side, isReturned)) returned += members;
    if (within("roll", side, isReturned)) roll += members;
  }
  return returned * 10n < roll * 3n;
}
