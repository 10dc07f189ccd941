// A count as the values of result.json: votes as decimal strings, members as integers.
// Source: count-interface, result.json.
import { fractionText, votesText } from "./numbers.js";

const inUnit = (size, unit) => (unit === "votes" ? votesText(size) : size);
// Of members it is always a whole number.
const neededIn = (text, unit) => (unit === "votes" ? text : BigInt(text));

const amount = (voters) => ({ members: voters.length, votes: votesText(voters.reduce((sum, { votes }) => sum + votes, 0n)) });

export function resultJson({ all, returned, quorum, motions }) {
  const needed = quorum.needed === null ? null : neededIn(quorum.needed, quorum.by);
  return {
    format: "voting-result/1",
    roll: amount(all),
    returned: amount(returned),
    quorum: { needed, counted: inUnit(quorum.counted, quorum.by), met: quorum.met },
    motions,
  };
}

/** The same numbers with every size in its spelling. */
function spelled(numbers, unit) {
  return Object.fromEntries(Object.entries(numbers).map(([name, size]) =>
    [name, typeof size === "bigint" ? inUnit(size, unit) : spelled(size, unit)]));
}

function testJson({ test, value, base, needed, met }) {
  const found = { count: test.count, relation: test.relation, fraction: fractionText(test.fraction), of: test.of };
  if (test.by !== "votes") found.by = test.by;
  if (test.category !== null) found.category = test.category;
  return { ...found, value: inUnit(value, test.by), base: inUnit(base, test.by), needed: neededIn(needed, test.by), met };
}

/** One yes-or-no question: a motion, a candidate or a slate. */
export function countJson(one) {
  const found = {
    outcome: one.outcome, ...spelled(one.votes, "votes"), members: spelled(one.members, "members"), tests: one.tests.map(testJson),
    carried_without_deemed: one.carriedWithoutDeemed, to_flip: one.toFlip, flags: one.flags,
  };
  if (one.flags.includes("late_as_silence")) found.late_as_silence = { members: one.lateMarks.length, marks: tallied(one.lateMarks) };
  return found;
}

/** How often each word stands in a list. */
export function tallied(words) {
  const found = {};
  for (const word of words) found[word] = (found[word] ?? 0) + 1;
  return found;
}

export const candidateJson = ({ name, elected, count }) => ({ name, elected, ...countJson(count) });

export function pluralityJson({ candidates, returned, blank, invalid }) {
  return {
    candidates: candidates.map(({ name, votes, members, elected }) => ({ name, votes: votesText(votes), members, elected })),
    returned: votesText(returned.votes), blank: votesText(blank.votes), invalid: votesText(invalid.votes),
    members: { returned: returned.members, blank: blank.members, invalid: invalid.members },
  };
}
