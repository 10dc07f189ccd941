// Checks 11 to 15: the order of the entries, and what was fixed before anybody voted.
import { difference, hex } from "../formats/bytes.js";
import { memberCommitment } from "../formats/commitments.js";
import { Refuted, refuting } from "../formats/faults.js";
import * as lists from "../formats/lists.js";
import { rootOfLines } from "../formats/merkle.js";
import { docketFaults } from "../count/soundness.js";
import { votesText } from "../count/numbers.js";
import { IllegalHistory, replay } from "../order.js";

/** 11: the entries follow each other as the table of kinds allows, up to close and tally. */
export function order(evidence) {
  const { entries } = evidence;
  try {
    const history = replay(entries, periodsOf(evidence));
    return { items: history.size, facts: { ballots: history.ballots, refused: history.refused } };
  } catch (fault) {
    if (fault instanceof IllegalHistory) throw new Refuted(11, "history", { index: fault.index, detail: fault.message });
    throw fault;
  }
}

function periodsOf(evidence) {
  try {
    return new Map(evidence.dockets.map(({ sha256, docket }) => [sha256, docket]));
  } catch (fault) {
    // Check 12 will say so; the order can be judged without a period.
    if (fault instanceof Refuted) return new Map();
    throw fault;
  }
}

/** 12: docket.json is what was frozen, and each amended docket what its amend names; all are sound. */
export function dockets(evidence) {
  const { dockets: found } = evidence;
  for (const { sha256, docket } of found) {
    for (const detail of docketFaults(docket)) throw new Refuted(12, "docket", { path: sha256, detail });
  }
  const amended = new Set(found.slice(1).map(({ sha256 }) => `dockets/${sha256}`));
  for (const path of evidence.bundle.under("dockets/")) if (!amended.has(path)) throw new Refuted(12, "extra", { path });
  return { items: found.length, facts: { sha256: found[0].sha256 } };
}

/** 13: the documents are exactly those that the dockets name, and are what they name. */
export function documents(evidence) {
  const references = evidence.dockets.flatMap(({ docket }) => [...docket.documents, ...docket.motions.flatMap((each) => each.documents)]);
  const named = new Set(references.map(({ sha256 }) => `documents/${sha256}`)), found = evidence.bundle.under("documents/");
  for (const path of difference(found, named)) throw new Refuted(13, named.has(path) ? "missing" : "extra", { path });
  for (const path of found) {
    if (`documents/${evidence.bundle.digest(path)}` !== path) throw new Refuted(13, "file-hash", { path });
  }
  return { items: found.length };
}

/** 14: the public roll is the one that was frozen or last amended; nobody stands on it twice. */
export function roll(evidence) {
  const frozen = evidence.only("freeze").body.roll, lines = [...evidence.roll.values()];
  const votes = votesText(evidence.votesOf(evidence.roll.keys()));
  const amended = evidence.of("amend").findLast(({ body }) => body.what === "roll");
  const root = hex(rootOfLines(lines.map(({ line }) => line)));
  if (root !== (amended ? amended.body.new_sha256 : frozen.root)) throw new Refuted(14, "list-root", { path: lists.FILES.roll });
  if (!amended && (lines.length !== frozen.members || votes !== frozen.votes)) {
    throw new Refuted(14, "roll-totals", { members: lines.length, votes });
  }
  return { items: lines.length, facts: { votes } };
}

/** 15: the private roll opens every member commitment, each to another member. */
export function names(evidence) {
  if (!evidence.showsNames) return { items: 0, status: "withheld", why: evidence.disclosure };
  const lines = lists.names(evidence.bundle, 15), origin = evidence.held.key.name;
  for (const { id, member, salt } of lines) {
    const mc = refuting(15, "name-opening", { member }, () => memberCommitment(origin, id, salt));
    if (mc !== member || !evidence.roll.has(member)) throw new Refuted(15, "name-opening", { member, detail: id });
  }
  if (new Set(lines.map(({ id }) => id)).size !== lines.length) throw new Refuted(15, "same-member", { path: lists.FILES.names });
  const missing = evidence.roll.size - lines.length;
  if (!missing) return { items: lines.length };
  const [erased] = evidence.erasures;
  if (!erased) throw new Refuted(15, "names-missing", { members: missing });
  return { items: lines.length, status: "erased", why: erased.rule };
}
