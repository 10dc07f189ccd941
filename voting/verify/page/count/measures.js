// The numbers of one question and the tests put to them.  Source: rules R4, R5.
import { holds, neededText } from "./numbers.js";

/** @typedef {{side: string, from: string | null, isReturned: boolean, votes: bigint, category: string, case: object}} Stand
 *   one member on one question */
/** @typedef {Omit<Stand, "case"> & {members: bigint}} Pile members that stand alike, added up */

const VALID = ["for", "against", "abstain"];
const SIDES = {
  for: ["for"], against: ["against"], abstain: ["abstain"], yes_no: ["for", "against"], valid: VALID, present: [...VALID, "invalid"],
};
export const PROVENANCES = ["expressed", "proxy", "blank", "deemed"];

/** Whether a member that stands so is counted in a term of a test. */
export function within(term, side, isReturned) {
  if (side === "barred") return false;
  if (term === "returned") return isReturned;
  return term === "roll" || SIDES[term].includes(side);
}

/** Stands added up by place, return and category.  @param {Iterable<Stand>} stands @returns {Pile[]} */
export function piles(stands) {
  const found = new Map();
  for (const { side, from, isReturned, votes, category } of stands) {
    const key = `${side} ${from} ${isReturned} ${category}`;
    const pile = found.get(key);
    if (pile) {
      pile.votes += votes;
      pile.members += 1n;
    } else {
      found.set(key, { side, from, isReturned, category, votes, members: 1n });
    }
  }
  return [...found.values()];
}

/** Both sides of a test in its own unit: what is counted, and the base. */
export function measure(test, found) {
  let value = 0n, base = 0n;
  for (const pile of found) {
    if (test.category !== null && test.category !== pile.category) continue;
    if (within(test.count, pile.side, pile.isReturned)) value += pile[test.by];
    if (within(test.of, pile.side, pile.isReturned)) base += pile[test.by];
  }
  return { value, base };
}

export function isMet(test, found) {
  const { value, base } = measure(test, found);
  return holds(test.relation, test.fraction, value, base);
}

/** A test as it came out. */
export function applied(test, found, isWhole) {
  const { value, base } = measure(test, found);
  const needed = neededText(test.relation, test.fraction, base, test.by, isWhole);
  return { test, value, base, needed, met: holds(test.relation, test.fraction, value, base) };
}

/** All numbers of one question in one unit; they add up to the roll.  @param {"votes" | "members"} unit */
export function numbersOf(found, unit) {
  const sum = (side, from = null) =>
    found.reduce((total, pile) => (pile.side === side && pile.from === from ? total + pile[unit] : total), 0n);
  const parts = (side) => {
    const each = Object.fromEntries(PROVENANCES.map((from) => [from, sum(side, from)]));
    return { ...each, total: PROVENANCES.reduce((total, from) => total + each[from], 0n) };
  };
  return {
    for: parts("for"), against: parts("against"), abstain: parts("abstain"), invalid: sum("invalid"),
    excluded: { late: sum("late"), undelivered: sum("undelivered"), left: sum("left") },
    barred: sum("barred"), not_counted: sum("not_counted"), total: found.reduce((total, pile) => total + pile[unit], 0n),
  };
}
