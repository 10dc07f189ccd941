// The count: docket, roll, submissions and facts in, the value of result.json out.  Member by member, in whole
// numbers.  Source: rules R2 to R8, R10; count-interface, result.json.
import { FormatFault } from "../formats/faults.js";
import { caseOf, placeOf, questionsOf } from "./answers.js";
import { objectionsOf, requiresOf } from "./docket.js";
import { byConfidence, byPlurality } from "./elections.js";
import { applied, numbersOf, piles } from "./measures.js";
import { holds, neededText, ONE_VOTE } from "./numbers.js";
import { candidateJson, countJson, pluralityJson, resultJson } from "./result.js";
import { docketFaults, factFaults, rollFaults } from "./soundness.js";
import { carriedWithoutDeemed, flagsOf, outcomeOf, toFlip } from "./verdict.js";

/** @typedef {{member: string, votes: bigint, category: string}} RollMember votes in millionths */

/** Every member of the roll with what became of it. */
function casesOf(docket, roll, submissions, facts) {
  const sent = new Map(roll.map(({ member }) => [member, []]));
  // Who is not on the roll is in no number at all.
  for (const each of submissions) sent.get(each.member)?.push(each);
  return roll.map((each) => ({ ...each, case: caseOf(docket, each.member, sent.get(each.member), facts) }));
}

/**
 * The value of result.json, without what only a ledger can tell.
 * @param {import("./docket.js").Docket} docket @param {RollMember[]} roll
 * @param {import("./answers.js").Submission[]} submissions early and late ones too, in any order
 * @param {import("./answers.js").Facts} facts
 */
export function count(docket, roll, submissions, facts) {
  const [fault] = [...docketFaults(docket), ...rollFaults(docket, roll), ...factFaults(docket, facts)];
  if (fault) throw new FormatFault(fault);
  const voters = casesOf(docket, roll, submissions, facts), questions = questionsOf(docket, facts);
  const isWhole = roll.every(({ votes }) => votes % ONE_VOTE === 0n);
  const sitting = { docket, facts, voters, questions, isWhole, stands: questions.map((each) => standsOn(docket, each, voters)) };
  const quorum = quorumOf(sitting), done = new Map();
  const motions = docket.motions.map((motion) => countMotion(sitting, motion, quorum, done));
  return resultJson({ all: voters, returned: voters.filter(hasAnswered), quorum, motions });
}

const hasAnswered = (voter) => voter.case.standing === "answered";

/** Where every member stands on a yes-or-no question. */
function standsOn(docket, question, voters) {
  if (question.motion.method === "plurality") return [];
  const barred = new Set(question.motion.barred);
  return voters.map((voter) => {
    const place = placeOf(docket.rules, question, voter.case, barred.has(voter.member));
    return { ...place, isReturned: hasAnswered(voter), votes: voter.votes, category: voter.category, case: voter.case };
  });
}

function sumOf(voters, unit) {
  return unit === "members" ? BigInt(voters.length) : voters.reduce((sum, { votes }) => sum + votes, 0n);
}

/** Whether enough of the whole roll, barred members included, have answered.  Source: rules R6. */
function quorumOf({ docket, voters, stands, isWhole }) {
  const { quorum } = docket.rules;
  if (quorum === null) return { needed: null, counted: sumOf(voters.filter(hasAnswered), "votes"), by: "votes", met: true };
  const isDeemed = (_, i) => quorum.deemed && stands.some((each) => each[i]?.from === "deemed");
  const counted = sumOf(voters.filter((voter, i) => hasAnswered(voter) || isDeemed(voter, i)), quorum.by);
  const base = sumOf(voters, quorum.by);
  const needed = neededText(quorum.relation, quorum.fraction, base, quorum.by, isWhole);
  return { needed, counted, by: quorum.by, met: holds(quorum.relation, quorum.fraction, counted, base) };
}

/** One motion, after those it depends on.  Shape: `done` has the finished ones by number. */
function countMotion(sitting, motion, quorum, done) {
  if (done.has(motion.number)) return done.get(motion.number);
  const conditions = motion.dependsOn.map((number) =>
    countMotion(sitting, sitting.docket.motions.find((each) => each.number === number), quorum, done).outcome);
  const found = decided(sitting, motion, gateOf(quorum, conditions));
  done.set(motion.number, found);
  return found;
}

/** What keeps a motion from being decided at all, or null.  Source: rules R7, the first three. */
function gateOf(quorum, conditions) {
  if (!quorum.met) return "not_formed";
  if (conditions.includes("pending")) return "pending";
  return conditions.every((outcome) => outcome === "carried" || outcome === "elected") ? null : "condition_failed";
}

function decided(sitting, motion, gate) {
  const { docket, facts, voters } = sitting;
  const own = sitting.questions.filter((each) => each.motion === motion), lot = facts.lots.get(motion.number) ?? [];
  const head = { number: motion.number, title: motion.title };
  if (motion.isElection) Object.assign(head, { kind: "election", method: motion.method, seats: motion.seats });
  if (motion.method === "plurality") {
    const found = byPlurality(docket.rules, own[0], voters, lot, gate);
    return { ...head, outcome: found.outcome, ...pluralityJson(found) };
  }
  const counts = own.map((question) => countQuestion(sitting, question, gate));
  if (motion.method === "confidence") {
    const { outcome, candidates } = byConfidence(motion, counts, lot, gate);
    return { ...head, outcome, candidates: candidates.map(candidateJson) };
  }
  const [only] = counts, found = { ...head, ...countJson(only) };
  // A slate is one motion for all of its candidates.
  if (motion.method === "slate") found.candidates = motion.candidates.map((name) => ({ name, elected: only.outcome === "carried" }));
  return found;
}

/** One question: its numbers always, its outcome by the first of R7 that fits. */
function countQuestion({ docket, facts, questions, stands, isWhole }, question, gate) {
  const { motion } = question, own = stands[questions.indexOf(question)], found = piles(own);
  const rule = { tests: requiresOf(docket, motion), tie: docket.rules.tie, decision: tieDecision(question, facts) };
  const votes = numbersOf(found, "votes"), members = numbersOf(found, "members");
  const outcome = gate ?? (isObjected(objectionsOf(docket, motion), votes, members) ? "objected" : outcomeOf(rule, found));
  return {
    outcome, votes, members,
    tests: rule.tests.map((test) => applied(test, found, isWhole)),
    carriedWithoutDeemed: carriedWithoutDeemed(rule, found, outcome),
    toFlip: toFlip(rule, own, found, outcome),
    flags: flagsOf(docket.rules, question, rule, own, found, outcome),
    lateMarks: own.filter((each) => each.case.standing === "silent" && each.side !== "barred" && each.case.sheets.length)
      .map((each) => lateMark(each.case.sheets[0], question.slot)),
  };
}

/** How a late answer was marked, whatever the rules would have made of it. */
function lateMark(sheet, slot) {
  if (sheet.hasDefect) return "defect";
  return sheet.isProxy ? "proxy" : sheet.slots[slot];
}

/** Whether the expressed votes against reach the brake; without any objection nothing is reached. */
function isObjected(brake, votes, members) {
  if (brake === null || members.against.expressed === 0n) return false;
  if (brake.count !== null) return members.against.expressed >= BigInt(brake.count);
  return holds("at_least", brake.fraction, votes.against.expressed, votes.total - votes.barred);
}

/** The chair's decision on this candidate, else on the whole motion. */
function tieDecision({ motion, candidate }, { ties }) {
  const find = (name) => ties.find((each) => each.number === motion.number && each.candidate === name)?.mark;
  return (candidate === null ? undefined : find(candidate)) ?? find(null) ?? null;
}

/** The members whose silence counts as something on some motion, sorted.  Source: rules R2.7; ledger L3, deemed. */
export function silentMembers(docket, roll, submissions, facts) {
  const deeming = questionsOf(docket, facts).filter((each) => each.silence !== "not_counted").map((each) => each.motion);
  return casesOf(docket, roll, submissions, facts)
    .filter((voter) => voter.case.standing === "silent" && deeming.some((motion) => !motion.barred.includes(voter.member)))
    .map((voter) => voter.member).sort();
}
