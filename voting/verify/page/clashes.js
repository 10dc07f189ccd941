// Receipts that cannot both be true, though each of them is on its own: the name beside a member's number is
// for people, and no commitment covers it.
import { equal } from "./formats/bytes.js";
import { encode } from "./formats/jcs.js";

const isSame = (one, other) => one !== null && other !== null && equal(encode(one), encode(other));

/** @typedef {{name: string, receipt: import("./formats/receipt.js").Receipt}} Held */
/** @returns {"entry" | "name" | "vote" | "same" | null} what two receipts of one log contradict each other in, or share */
function between(one, other) {
  if (one.index === other.index && !equal(one.entry, other.entry)) return "entry";
  const [mine, theirs] = [one.member, other.member];
  const isOneMember = mine !== null && theirs !== null && mine.id === theirs.id && mine.salt === theirs.salt;
  if (isOneMember && mine.name !== theirs.name) return "name";
  if (one.index !== other.index) return isSame(one.opening, other.opening) ? "vote" : null;
  return "same";
}

/** Every pair of receipts that has something between it: {what, first, second, index, id}.  @param {Held[]} receipts */
export function pairsOf(receipts) {
  const found = [];
  receipts.forEach(({ name: first, receipt: one }, place) => {
    for (const { name: second, receipt: other } of receipts.slice(place + 1)) {
      const what = between(one, other);
      if (what) found.push({ what, first, second, index: one.index, id: one.member?.id ?? "" });
    }
  });
  return found;
}

/** Two of one entry are right for two copies of one member; all else cannot be. */
export const isClash = ({ what }) => what !== "same";
