// Checks 4 to 8 and 10: checkpoints, witnesses, time-stamps, the tree, the place of every entry.
import { difference, equal, hex } from "../formats/bytes.js";
import { Refuted, refuting } from "../formats/faults.js";
import { instantText } from "../formats/instants.js";
import { rootOf } from "../formats/merkle.js";
import { isQuorum, readPolicy, signedBy } from "../formats/policy.js";
import { fileHash } from "../formats/signatures.js";
import { filesOf, TILES } from "../formats/tiles.js";
import { readTimestamp } from "../formats/timestamp.js";

/** 4: every checkpoint is strict and signed by the log's key of its time. */
export async function signedCheckpoints(evidence) {
  const signed = await evidence.signed;
  return { items: signed.length, facts: { size: signed.at(-1).size } };
}

/** 5: the final checkpoint is cosigned as the policy of genesis asks. */
export async function witnesses(evidence) {
  const text = evidence.genesis.body.policy;
  if (!text) return { items: 0, notes: [{ code: "no-witnesses" }] };
  const { note } = (await evidence.signed).at(-1);
  const [policy, names] = await refuting(5, "policy", {}, async () => {
    const read = readPolicy(text);
    return [read, await signedBy(read, note)];
  });
  if (policy.logs.length !== 1 || policy.logs[0] !== evidence.held.key.vkey) throw new Refuted(5, "policy-log");
  if (!isQuorum(policy, names)) throw new Refuted(5, "quorum", { names: names.join(", "), quorum: policy.quorum });
  return { items: names.length, notes: [{ code: "cosigned", facts: { names: names.join(", ") } }] };
}

/** 6: the final checkpoint, and every other one that has a stamp, was stamped by a named authority. */
export async function timestamps(evidence) {
  const stamped = evidence.bundle.under("timestamps/"), { timestamps: authorities } = evidence.genesis.body;
  if (!authorities.length) {
    if (stamped.length) throw new Refuted(6, "stamp-without-authority", { path: stamped[0] });
    return { items: 0, notes: [{ code: "no-timestamps" }] };
  }
  const signed = await evidence.signed, notes = new Map(signed.map((each) => [`timestamps/${each.size}.tsr`, each.note]));
  const last = `timestamps/${signed.at(-1).size}.tsr`;
  if (!stamped.includes(last)) throw new Refuted(6, "missing", { path: last });
  let latest = -Infinity;
  for (const path of stamped) {
    if (!notes.has(path)) throw new Refuted(6, "stamp-of-nothing", { path });
    const stamp = await refuting(6, "stamp", { path }, () => readTimestamp(evidence.bundle.read(path), notes.get(path)));
    if (!authorities.includes(hex(await fileHash(stamp.certificate)))) throw new Refuted(6, "stamp-authority", { path });
    latest = Math.max(latest, stamp.at);
  }
  return { items: stamped.length, notes: [{ code: "stamped", facts: { at: instantText(latest) } }] };
}

/** 7: the entries give exactly the tiles, and the root of the final checkpoint. */
export async function tree(evidence) {
  const expected = filesOf(evidence.leaves, evidence.raw), found = evidence.bundle.under(TILES), there = new Set(found);
  for (const path of difference(found, expected.keys())) throw new Refuted(7, there.has(path) ? "extra" : "missing", { path });
  for (const path of found) {
    if (!equal(evidence.bundle.read(path), expected.get(path))) throw new Refuted(7, "tile-differs", { path });
  }
  const size = evidence.leaves.length, top = rootOf(evidence.leaves), final = (await evidence.signed).at(-1);
  if (final.size !== size || !equal(final.root, top)) throw new Refuted(7, "root", { size, signed: final.size });
  return { items: size, facts: { tiles: found.length, root: hex(top) } };
}

/** 8: every checkpoint is the beginning of the next: their roots are those of the same entries. */
export async function consistency(evidence) {
  const signed = await evidence.signed, roots = evidence.roots(signed.map((each) => each.size));
  for (const { size, root } of signed) {
    if (!roots.has(size) || !equal(roots.get(size), root)) throw new Refuted(8, "fork", { size });
  }
  return { items: signed.length };
}

/** 10: every entry is canonical and stands at its index, in its log, not before the one before it. */
export function places(evidence) {
  let before = -Infinity;
  for (const [index, entry] of evidence.entries.entries()) {
    if (entry.index !== index) throw new Refuted(10, "entry-index", { index, found: entry.index });
    if (entry.log !== evidence.held.key.name) throw new Refuted(10, "entry-log", { index, found: entry.log });
    if (entry.time < before) throw new Refuted(10, "entry-time", { index });
    before = entry.time;
  }
  return { items: evidence.entries.length };
}
