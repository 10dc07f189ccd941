// Signed notes (C2SP signed-note) and verifier keys: text, an empty line, signature lines.
import { b64, concat, hex, textOf, unb64, utf8 } from "./bytes.js";
import { FormatFault, require } from "./faults.js";
import { isSigned } from "./ed25519.js";
import { keyId } from "./signatures.js";

export const LARGEST_NOTE = 1_000_000;
const MOST_SIGNATURES = 100;
const ED25519 = 1;
const DASH = "\u2014 ";

/** @typedef {{name: string, key: Uint8Array, id: string, vkey: string}} Verifier */

/** Refuse what cannot be the name of a key: empty, with any space, a plus or a control character. */
export function requireName(name) {
  const fits = name !== "" && !/[\p{White_Space}+\0-\x1f]/u.test(name) && name.isWellFormed();
  require(fits, "a key name is not empty and holds no space, plus or control character");
}

/** The key written as name+hash+base64, refused unless it prints back to itself.  @returns {Verifier} */
export function parseVkey(vkey) {
  const { name, id, type, key } = splitVkey(vkey);
  require(type === ED25519, "not an Ed25519 verifier key (signature type 1)");
  requireName(name);
  require(key.length === 32, "an Ed25519 public key has 32 bytes");
  const found = { name, key, id: keyId(name, type, key) };
  require(`${name}+${found.id}+${b64(concat(Uint8Array.of(type), key))}` === vkey && id === found.id,
    "the hash of the verifier key is not that of its name and key");
  return { ...found, vkey };
}

/** The parts of a verifier key of any type.  Neither a name nor a hash can hold a plus; base64 can. */
export function splitVkey(vkey) {
  const [name, id, ...rest] = vkey.split("+");
  require(rest.length > 0, "a verifier key has three parts");
  const bytes = unb64(rest.join("+"));
  return { name, id, type: bytes[0], key: bytes.subarray(1) };
}

/** A note's text and signature lines, the syntax checked and no signature verified. */
export function splitNote(bytes) {
  require(bytes.length <= LARGEST_NOTE, "the note is too large");
  const whole = textOf(bytes);
  // The text may hold empty lines itself: the last one is the border.
  const border = whole.lastIndexOf("\n\n");
  require(border >= 0 && whole.endsWith("\n") && whole.length > border + 2, "the note has no signature lines");
  const text = whole.slice(0, border + 1);
  require(!/[\0-\x09\x0b-\x1f]/.test(text), "a note's text holds a control character");
  const lines = whole.slice(border + 2, -1).split("\n");
  require(lines.length <= MOST_SIGNATURES, "the note has too many signatures");
  return { text, lines: lines.map(signatureLine) };
}

function signatureLine(line) {
  require(line.startsWith(DASH), "a signature line does not begin with a dash");
  const space = line.indexOf(" ", DASH.length);
  const name = line.slice(DASH.length, space < 0 ? undefined : space);
  requireName(name);
  const data = unb64(space < 0 ? "" : line.slice(space + 1));
  require(data.length >= 5, "a signature is too short");
  return { name, id: hex(data.subarray(0, 4)), signature: data.subarray(4) };
}

/**
 * The text of a note and which of the known keys have signed it, at least one.
 * A wrong signature by a known key refuses the note; one by an unknown key is passed over.
 * @param {Uint8Array} bytes @param {Verifier[]} verifiers
 */
export async function readNote(bytes, verifiers) {
  const known = new Map(verifiers.map((each) => [`${each.name}+${each.id}`, each]));
  const different = new Set(verifiers.map((each) => each.vkey));
  require(known.size === different.size, "two of the known keys share a name and an id");
  const { text, lines } = splitNote(bytes);
  const signedBy = new Set();
  for (const line of lines) {
    const verifier = known.get(`${line.name}+${line.id}`);
    if (!verifier) continue;
    const holds = await isSigned(verifier.key, line.signature, utf8(text));
    if (!holds) throw new FormatFault(`the signature of ${line.name} is wrong`);
    signedBy.add(verifier.vkey);
  }
  require(signedBy.size > 0, "no known key has signed the note");
  return { text, signedBy };
}
