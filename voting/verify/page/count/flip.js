// How many members would have to answer otherwise to turn a motion over: one is moved after the other and
// the tests are looked at again.  Source: rules R8, to_flip.
import { byCodePoints } from "../formats/bytes.js";
import { holds } from "./numbers.js";
import { measure, within } from "./measures.js";

// Against, abstain and invalid are moved before the rest, in this order.
const RANKS = ["against", "abstain", "invalid"];
const rankOf = (side) => (RANKS.includes(side) ? RANKS.indexOf(side) : RANKS.length);

const isHeld = (test, { value, base }) => holds(test.relation, test.fraction, value, base);
const larger = (one, other) => (one.votes < other.votes ? 1 : one.votes > other.votes ? -1 : 0);

/** How often a moved member is then more, or less, counted on both sides of a test. */
function stepOf(test, category, before, after) {
  if (test.category !== null && test.category !== category) return { value: 0n, base: 0n };
  const change = (term) => BigInt(within(term, ...after)) - BigInt(within(term, ...before));
  return { value: change(test.count), base: change(test.of) };
}

function moved(test, balance, step, votes) {
  const size = test.by === "votes" ? votes : 1n;
  return { value: balance.value + step.value * size, base: balance.base + step.base * size };
}

/** Members counted for that must move to against until a carried motion fails; null where none suffice. */
export function toReject(tests, stands, found) {
  const movable = stands.filter((each) => each.side === "for").sort(larger);
  // It is enough that one test fails, so each is tried with its own category foremost among equals.
  const numbers = tests.map((test) => untilItFails(test, movable, found)).filter((each) => each !== null);
  return numbers.length ? Math.min(...numbers) : null;
}

function untilItFails(test, movable, found) {
  const foreign = (each) => Number(test.category !== null && each.category !== test.category);
  const ordered = [...movable].sort((one, other) => larger(one, other) || foreign(one) - foreign(other));
  let balance = measure(test, found);
  for (const [place, each] of ordered.entries()) {
    const step = stepOf(test, each.category, ["for", each.isReturned], ["against", each.isReturned]);
    balance = moved(test, balance, step, each.votes);
    if (!isHeld(test, balance)) return place + 1;
  }
  return null;
}

/** Members not counted for that must move to for, as returned ones, until all tests hold; null as above. */
export function toCarry(tests, stands, found) {
  const state = { tests, balances: tests.map((test) => measure(test, found)), count: 0 };
  for (const level of levelsOf(stands)) {
    while (level.length) {
      const sort = mostUseful(level, state);
      if (moveUntilATestTurns(sort, state)) return state.count;
      if (!sort.members) level.splice(level.indexOf(sort), 1);
    }
  }
  return null;
}

/** Those that can be moved, by votes from the largest, then by rank; members that count alike together. */
function levelsOf(stands) {
  const levels = new Map();
  for (const { side, votes, category, isReturned } of stands) {
    if (side === "for" || side === "barred") continue;
    const rank = rankOf(side), key = `${votes} ${rank}`, kind = `${isReturned} ${category}`;
    if (!levels.has(key)) levels.set(key, { votes, rank, sorts: new Map() });
    const { sorts } = levels.get(key);
    if (!sorts.has(kind)) sorts.set(kind, { side: RANKS[rank] ?? "not_counted", votes, category, isReturned, members: 0 });
    sorts.get(kind).members += 1;
  }
  return [...levels.values()].sort((one, other) => larger(one, other) || one.rank - other.rank).map(({ sorts }) => [...sorts.values()]);
}

const stepsOf = (sort, tests) => tests.map((test) => stepOf(test, sort.category, [sort.side, sort.isReturned], ["for", true]));

/** How much nearer an unmet test comes; over an empty base nothing holds, so whoever fills it helps. */
function gainOf({ relation, fraction: { p, q } }, balance, step) {
  const gain = (q * step.value - p * step.base) * (relation === "less_than" || relation === "at_most" ? -1n : 1n);
  return balance.base === 0n && step.base > 0n && gain < 1n ? 1n : gain;
}

/** Those who bring most of the unmet tests nearer, and those nearest; then by category, then who answered. */
function mostUseful(level, { tests, balances }) {
  const unmet = tests.map((_, i) => i).filter((i) => !isHeld(tests[i], balances[i]));
  const judged = level.map((sort) => {
    const steps = stepsOf(sort, tests), gains = unmet.map((i) => gainOf(tests[i], balances[i], steps[i]));
    return { sort, nearer: gains.filter((gain) => gain > 0n).length, sum: gains.reduce((sum, gain) => sum + gain, 0n) };
  });
  judged.sort((one, other) =>
    other.nearer - one.nearer || Number(other.sum > one.sum) - Number(other.sum < one.sum) ||
    byCodePoints(one.sort.category, other.sort.category) || other.sort.isReturned - one.sort.isReturned);
  return judged[0].sort;
}

/** Move members of one sort until any test gives another answer than before; whether all hold then. */
function moveUntilATestTurns(sort, state) {
  const { tests } = state, steps = stepsOf(sort, tests);
  const before = tests.map((test, i) => isHeld(test, state.balances[i]));
  while (sort.members > 0) {
    state.balances = state.balances.map((balance, i) => moved(tests[i], balance, steps[i], sort.votes));
    sort.members -= 1;
    state.count += 1;
    const now = tests.map((test, i) => isHeld(test, state.balances[i]));
    if (now.every(Boolean)) return true;
    if (now.some((answer, i) => answer !== before[i])) return false;
  }
  return false;
}
