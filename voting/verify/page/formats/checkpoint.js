// Checkpoints (C2SP tlog-checkpoint): exactly three lines, signed by the log's keys.  Source: ledger L6.
import { equal, unb64 } from "./bytes.js";
import { require } from "./faults.js";
import { EMPTY_ROOT } from "./merkle.js";
import { readNote, requireName, splitNote } from "./note.js";

/** @typedef {{origin: string, size: number, root: Uint8Array}} Checkpoint */

/** The checkpoint in a note's text.  @returns {Checkpoint} */
export function parseCheckpoint(text) {
  const lines = text.split("\n");
  require(lines.length === 4 && lines[3] === "", "a checkpoint has exactly three lines");
  const [origin, size, encoded] = lines;
  require(/^(0|[1-9][0-9]{0,15})$/.test(size), "the size is no plain decimal number");
  requireName(origin);
  const root = unb64(encoded);
  require(Number.isSafeInteger(Number(size)) && root.length === 32, "a size above 2^53-1, or a root that is no hash");
  require(size !== "0" || equal(root, EMPTY_ROOT), "an empty log has the root of no entries");
  return { origin, size: Number(size), root };
}

/** What a checkpoint's note states, its signatures not looked at. */
export const statedIn = (note) => parseCheckpoint(splitNote(note).text);

/** The checkpoint in a note that one of the log's own keys has signed. */
export async function openCheckpoint(note, verifiers) {
  const { text, signedBy } = await readNote(note, verifiers);
  const checkpoint = parseCheckpoint(text);
  const own = verifiers.some((each) => signedBy.has(each.vkey) && each.name === checkpoint.origin);
  require(own, "signed by known keys, but not by the log's own");
  return checkpoint;
}

/**
 * A checkpoint of `size` entries, signed by every key that had to: the one in force, and where a key was
 * replaced since the checkpoint before (of `before` entries) the one it replaced as well.
 * @param {{index: number, verifier: object}[]} keys the log's keys with the entries that brought them
 * Source: ledger L3, key.
 */
export async function openInForce(note, keys, size, before = null) {
  const known = keys.filter((each) => each.index < size);
  if (!known.length) known.push(keys[0]);
  let first = known.length - 1;
  while (before !== null && first > 0 && known[first].index >= before) first -= 1;
  const wanted = known.slice(first).map((each) => each.verifier);
  const { text, signedBy } = await readNote(note, wanted);
  require(signedBy.size === new Set(wanted.map((each) => each.vkey)).size, "a key of the log that was in force has not signed it");
  const checkpoint = parseCheckpoint(text);
  require(checkpoint.origin === keys[0].verifier.name && checkpoint.size === size, "it is the checkpoint of another log or size");
  return checkpoint;
}
