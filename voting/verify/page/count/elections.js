// Who gets the seats.  Source: rules R10.
import { chosenNames } from "./answers.js";

/**
 * The strongest get the seats.  Those tied for the last ones get them as a lot names them; a lot that names
 * too few of them decides nothing.
 * @param {[string, bigint][]} strength @returns {{elected: Set<string>, isTied: boolean}}
 */
function seat(strength, seats, lot) {
  const elected = new Set(strength.map(([name]) => name));
  if (strength.length <= seats) return { elected, isTied: false };
  const last = strength.map(([, votes]) => votes).sort((one, other) => (one < other ? 1 : one > other ? -1 : 0))[seats - 1];
  const above = strength.filter(([, votes]) => votes > last).map(([name]) => name);
  const level = strength.filter(([, votes]) => votes === last).map(([name]) => name);
  const left = seats - above.length;
  if (level.length === left) return { elected: new Set([...above, ...level]), isTied: false };
  const drawn = lot.filter((name) => level.includes(name)).slice(0, left);
  return drawn.length === left ? { elected: new Set([...above, ...drawn]), isTied: false } : { elected: new Set(above), isTied: true };
}

function outcomeOf(elected, seats, isPending) {
  if (isPending) return "pending";
  return elected === seats ? "elected" : "vacancy";
}

/** Each candidate that was carried, the most votes for first.  `counts` in the order of the candidates. */
export function byConfidence(motion, counts, lot, gate) {
  // Who awaits the chair takes part in the ranking: nobody is elected who might still lose the seat.
  const inRace = counts.map((count, i) => [motion.candidates[i], count]).filter(([, count]) =>
    gate === null && (count.outcome === "carried" || count.outcome === "pending"));
  const { elected, isTied } = seat(inRace.map(([name, count]) => [name, count.votes.for.total]), motion.seats, lot);
  const candidates = motion.candidates.map((name, i) =>
    ({ name, elected: elected.has(name) && counts[i].outcome === "carried", count: counts[i] }));
  const isWaiting = counts.some((count) => count.outcome === "pending");
  const number = candidates.filter((each) => each.elected).length;
  return { outcome: gate ?? outcomeOf(number, motion.seats, isWaiting || isTied), candidates };
}

/** The candidates with the most votes.  Nobody's choice is no choice: no vote, no seat. */
export function byPlurality(rules, question, voters, lot, gate) {
  const { motion } = question;
  const none = () => ({ votes: 0n, members: 0n });
  const sums = { returned: none(), blank: none(), invalid: none() };
  const chosen = new Map(motion.candidates.map((name) => [name, none()]));
  const add = (sum, votes) => {
    sum.votes += votes;
    sum.members += 1n;
  };
  for (const voter of voters) {
    if (voter.case.standing !== "answered" || motion.barred.includes(voter.member)) continue;
    const names = chosenNames(rules, question, voter.case.sheets);
    add(sums.returned, voter.votes);
    if (names === null) add(sums.invalid, voter.votes);
    else if (!names.length) add(sums.blank, voter.votes);
    for (const name of names ?? []) add(chosen.get(name), voter.votes);
  }
  const strength = [...chosen].filter(([, sum]) => gate === null && sum.votes > 0n).map(([name, sum]) => [name, sum.votes]);
  const { elected, isTied } = seat(strength, motion.seats, lot);
  return {
    outcome: gate ?? outcomeOf(elected.size, motion.seats, isTied),
    candidates: [...chosen].map(([name, sum]) => ({ name, ...sum, elected: elected.has(name) })), ...sums,
  };
}
