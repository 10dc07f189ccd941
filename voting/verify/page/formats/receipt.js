// A receipt: a tlog-proof v1 file with all that a member needs to check its own vote.  Source: ledger L6.
import { fromHex, isHash, textOf, unb64 } from "./bytes.js";
import { openCheckpoint } from "./checkpoint.js";
import { ballotCommitment, memberCommitment, requireBallot } from "./commitments.js";
import { decodeEntry } from "./entries.js";
import { FormatFault, require } from "./faults.js";
import { decode, hasExactly, isObject } from "./jcs.js";
import { isVote } from "./kinds.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { splitNote } from "./note.js";
import { isSigned } from "./ed25519.js";
import { castMessage } from "./signatures.js";
import { wordsOf } from "./wording.js";

export const HEADER = "c2sp.org/tlog-proof@v1";
const LARGEST_RECEIPT = 200_000;
const LONGEST_PROOF = 64;

/** @typedef {{entry: Uint8Array, key: Uint8Array | null, member: object | null, opening: object | null,
 *   words: Record<string, string>, index: number, hashes: Uint8Array[], checkpoint: Uint8Array}} Receipt */

/** A receipt as it stands in its file, believed by nobody yet.  @returns {Receipt} */
export function parseReceipt(data) {
  require(data.length <= LARGEST_RECEIPT, "the file is too large to be a receipt");
  // Nothing above the first empty line can be empty, so it is the border to the checkpoint.
  const border = data.findIndex((byte, place) => byte === 10 && data[place + 1] === 10);
  require(border >= 0, "there is no checkpoint below an empty line");
  const checkpoint = data.subarray(border + 2);
  splitNote(checkpoint);
  const [header, extra, index, ...hashes] = textOf(data.subarray(0, border)).split("\n");
  require(header === HEADER, `the first line is not ${HEADER}`);
  require(extra?.startsWith("extra "), "the second line is not the extra data");
  require(/^index (0|[1-9][0-9]{0,15})$/.test(index ?? ""), "the third line is not the index");
  const proof = hashes.map(unb64);
  require(proof.length <= LONGEST_PROOF && proof.every((each) => each.length === 32), "a line of the proof is not a hash");
  const number = Number(index.slice("index ".length));
  return { ...readExtra(unb64(extra.slice("extra ".length))), index: number, hashes: proof, checkpoint };
}

function readExtra(bytes) {
  const extra = decode(bytes);
  requireMembers(extra, ["entry", "key", "member", "opening", "words"]);
  const { member, opening, words } = extra;
  require(typeof extra.entry === "string" && (extra.key === null || typeof extra.key === "string"), "entry and key are base64");
  const key = extra.key === null ? null : unb64(extra.key);
  require(key === null || key.length === 32, "the key is not an Ed25519 public key");
  if (member !== null) {
    requireMembers(member, ["id", "name", "salt"]);
    require(typeof member.id === "string" && typeof member.name === "string" && isHash(member.salt), "the member has no id, name and salt");
  }
  if (opening !== null) {
    requireMembers(opening, ["ballot", "salt"]);
    require(isObject(opening.ballot) && isHash(opening.salt), "the opening has no ballot and salt");
  }
  require(isObject(words) && Object.values(words).every((word) => typeof word === "string"), "the words are not strings by motion");
  return { entry: unb64(extra.entry), key, member, opening, words };
}

const requireMembers = (value, names) => require(hasExactly(value, names), `an object does not have exactly ${names.join(", ")}`);

/**
 * Prove a receipt with the log's keys, which come from its owner and never from the receipt.
 * Everything it repeats is recomputed from the entry and the signed checkpoint.
 */
export async function checkReceipt(receipt, verifiers) {
  const checkpoint = await inPart("note", () => openCheckpoint(receipt.checkpoint, verifiers));
  const entry = await inPart("entry", () => decodeEntry(receipt.entry));
  const { body, log } = entry;
  await inPart("index", () => require(entry.index === receipt.index, `the entry belongs at ${entry.index}, not at ${receipt.index}`));
  await inPart("log", () => require(log === checkpoint.origin, "the entry belongs to another log than the checkpoint"));
  await inPart("entry", () => require(isVote(entry), `a ${entry.kind} entry is no vote`));
  const leaf = leafHash(receipt.entry);
  await inPart("inclusion", () => verifyInclusion(leaf, receipt.index, checkpoint.size, receipt.hashes, checkpoint.root));
  await inPart("member", () => requireMember(receipt.member, log, body));
  await inPart("opening", () => requireOpening(receipt.opening, entry));
  await inPart("signature", () => requireSignature(receipt.key, log, body));
  const choices = receipt.opening === null ? {} : receipt.opening.ballot.choices;
  await inPart("words", () => requireWords(receipt.words, wordsOf(choices)));
  return { checkpoint, entry, body, key: receipt.key, base: receipt.opening?.ballot.base ?? null };
}

async function inPart(part, act) {
  try {
    return await act();
  } catch (error) {
    if (error instanceof FormatFault) error.message = `${part}: ${error.message}`;
    throw error;
  }
}

function requireMember(member, log, body) {
  require((member === null) === (body.member === null), "the member is missing, or the entry has none");
  if (member === null) return;
  require(memberCommitment(log, member.id, fromHex(member.salt)) === body.member, "the entry is another member's");
}

function requireOpening(opening, { body, kind, log }) {
  require((opening === null) === (body.commitment === null), "the opening is missing, or the entry has no commitment");
  if (opening === null) return;
  const { ballot } = opening;
  require(ballotCommitment(ballot, fromHex(opening.salt)) === body.commitment, "the entry commits to another ballot");
  requireBallot(ballot);
  require(ballot.log === log && ballot.member === body.member, "the ballot names another log or member than its entry");
  require(kind !== "ballot" || ballot.sequence === body.sequence, "the ballot counts another sequence than its entry");
}

async function requireSignature(key, log, body) {
  require((key === null) === (body.signature === null), "the key is missing, or the entry has no signature");
  if (key === null || body.commitment === null) return;
  const holds = await isSigned(key, unb64(body.signature), castMessage(log, body.commitment));
  require(holds, "the key did not sign this ballot");
}

function requireWords(told, meant) {
  const same = Object.keys(told).length === meant.size && [...meant].every(([number, word]) => told[number] === word);
  require(same, "the words are not those of the choices");
}
