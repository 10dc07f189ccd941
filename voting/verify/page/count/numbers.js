// Exact numbers: votes in millionths and fractions of two whole numbers, all BigInt.  Nothing is ever rounded.
// Source: rules R1; ledger L1; count-interface, result.json.
import { require } from "../formats/faults.js";

export const ONE_VOTE = 1_000_000n;

/** @typedef {{p: bigint, q: bigint}} Fraction */

/** Votes above 0, written as a decimal with at most six places, in millionths. */
export function parseVotes(text) {
  const found = typeof text === "string" && /^(0|[1-9][0-9]*)(?:\.([0-9]{1,6}))?$/.exec(text);
  require(found, "no number of votes");
  const votes = BigInt(found[1]) * ONE_VOTE + BigInt((found[2] ?? "").padEnd(6, "0"));
  require(votes > 0n, "no number of votes above 0");
  return votes;
}

/** The one spelling of votes in millionths. */
export function votesText(votes) {
  const rest = votes % ONE_VOTE;
  if (rest === 0n) return String(votes / ONE_VOTE);
  return `${votes / ONE_VOTE}.${String(rest).padStart(6, "0").replace(/0+$/, "")}`;
}

const divisor = (one, other) => (other === 0n ? one : divisor(other, one % other));

/** "p/q" in lowest terms with 0 < p/q <= 1.  @returns {Fraction} */
export function parseFraction(text) {
  const found = typeof text === "string" && /^([1-9][0-9]{0,17})\/([1-9][0-9]{0,17})$/.exec(text);
  require(found, "no fraction");
  const p = BigInt(found[1]), q = BigInt(found[2]);
  require(p <= q && divisor(p, q) === 1n, "a fraction above 1, or not in lowest terms");
  return { p, q };
}

export const fractionText = ({ p, q }) => `${p}/${q}`;

/** Whether a value stands in a relation to a fraction of a base.  Over an empty base nothing holds. */
export function holds(relation, { p, q }, value, base) {
  if (base === 0n) return false;
  const given = value * q, asked = base * p;
  if (relation === "more_than") return given > asked;
  if (relation === "at_least") return given >= asked;
  return relation === "less_than" ? given < asked : given <= asked;
}

/**
 * What meets a test, as printed: of whole votes, or members, the smallest whole number that does (for
 * less_than and at_most the largest, never under 0); of parts of votes the bound itself.
 * @param {"votes" | "members"} unit of `base`, votes in millionths @param {boolean} whole no part of a vote on the roll
 */
export function neededText(relation, { p, q }, base, unit, whole) {
  const top = base * p, bottom = unit === "votes" ? q * ONE_VOTE : q;
  if (unit === "votes" && !whole) return boundText(top, bottom);
  const below = top / bottom, isExact = top % bottom === 0n;
  if (relation === "more_than") return String(below + 1n);
  if (relation === "at_least") return String(isExact ? below : below + 1n);
  if (relation === "at_most" || !isExact) return String(below);
  return String(below > 0n ? below - 1n : 0n);
}

/** A fraction as a decimal where that ends, else as p/q in lowest terms. */
function boundText(top, bottom) {
  const common = divisor(top, bottom);
  let p = top / common;
  const q = bottom / common;
  let twosAndFives = q;
  for (const prime of [2n, 5n]) while (twosAndFives % prime === 0n) twosAndFives /= prime;
  if (twosAndFives !== 1n) return `${p}/${q}`;
  let text = String(p / q), digits = "";
  for (p %= q; p > 0n; p %= q) {
    p *= 10n;
    digits += p / q;
  }
  return digits ? `${text}.${digits}` : text;
}
