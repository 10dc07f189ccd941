// Check 9: what the user holds, checkpoints and receipts, belongs to the same history.
import { equal, hex } from "../formats/bytes.js";
import { openInForce, statedIn } from "../formats/checkpoint.js";
import { Refuted, refuting } from "../formats/faults.js";
import { checkReceipt } from "../formats/receipt.js";
import { isClash, pairsOf } from "../clashes.js";
import { keyAt } from "../issued.js";

/** 9: each checkpoint is a beginning of the final one, and each receipt tells what stands in the log. */
export async function held(evidence) {
  const { checkpoints, receipts } = evidence.held;
  const notes = [...checkpoints, ...receipts.map(({ name, receipt }) => ({ name, note: receipt.checkpoint }))];
  const sizes = notes.map(({ name, note }) => sizeOf(evidence, name, note));
  const roots = evidence.roots(sizes);
  for (const [i, { name, note }] of notes.entries()) await requireBeginning(evidence, name, note, sizes[i], roots);
  for (const { name, receipt } of receipts) await requireInLog(evidence, name, receipt);
  const clash = pairsOf(receipts).find(isClash);
  if (clash) throw new Refuted(9, "receipt-clash", { name: clash.first, other: clash.second, id: clash.id });
  return { items: notes.length, facts: { checkpoints: checkpoints.length, receipts: receipts.length } };
}

/** The size that a checkpoint of this very log states; last year's file is no forged one. */
function sizeOf(evidence, name, note) {
  const { origin, size } = refuting(9, "held-note", { name }, () => statedIn(note));
  if (origin !== evidence.keys[0].verifier.name) throw new Refuted(9, "held-other", { name, log: origin });
  return size;
}

async function requireBeginning(evidence, name, note, size, roots) {
  const { keys } = evidence, { root } = await refuting(9, "held-note", { name }, () => openInForce(note, keys, size));
  const found = evidence.leaves.length;
  if (size > found) throw new Refuted(9, "held-longer", { name, size, found });
  if (!equal(roots.get(size), root)) throw new Refuted(9, "held-fork", { name, size });
}

async function requireInLog(evidence, name, receipt) {
  const verifiers = evidence.keys.map((each) => each.verifier), { index } = receipt;
  const checked = await refuting(9, "receipt", { name }, () => checkReceipt(receipt, verifiers));
  const entry = evidence.raw[index];
  if (!entry || !equal(entry, receipt.entry)) throw new Refuted(9, "receipt-entry", { name, index });
  if (checked.key !== null && checked.body.member !== null) {
    const issued = keyAt(evidence, checked.body.member, index);
    if (!issued?.key || !equal(issued.key, checked.key)) throw new Refuted(9, "receipt-key", { name, index });
  }
  const named = hex(evidence.leaves[evidence.textsOf(checked.entry).index]);
  if (checked.base !== null && checked.base !== named) throw new Refuted(9, "receipt-base", { name, index });
}
