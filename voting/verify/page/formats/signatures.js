// Ed25519 and file hashes through WebCrypto.  Where a browser lacks it, everything is refused, nothing skipped.
import { concat, equal, fromHex, hex, utf8 } from "./bytes.js";
import { Unreadable } from "./faults.js";
import { sha256 } from "./sha256.js";

const AT_ONCE = 256;
const ED25519 = { name: "Ed25519" };
// RFC 8032, 7.1, TEST 2: the browser has to accept it, and refuse it over another message.
const KNOWN = {
  key: fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
  message: fromHex("72"),
  signature: fromHex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ),
};
const keys = new Map();

/** Refuse to go on in a browser that cannot verify Ed25519, or hashes otherwise than this page. */
export async function requireCapable() {
  if (!Map.groupBy || !String.prototype.isWellFormed) throw new Unreadable("old-browser");
  if (!globalThis.crypto?.subtle) throw new Unreadable("no-webcrypto");
  let accepts, refuses;
  try {
    accepts = await isSigned(KNOWN.key, KNOWN.signature, KNOWN.message);
    refuses = !(await isSigned(KNOWN.key, KNOWN.signature, utf8("r!")));
  } catch (error) {
    throw new Unreadable("no-ed25519", String(error));
  }
  if (!accepts || !refuses) throw new Unreadable("no-ed25519");
  for (const size of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) % 256);
    if (!equal(sha256(bytes), await fileHash(bytes))) throw new Unreadable("no-sha256");
  }
}

/** The 32 bytes of SHA-256 over a whole file. */
export async function fileHash(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Whether `signature` over `message` was made with the private half of `key` (32 bytes). */
export async function isSigned(key, signature, message) {
  const name = hex(key);
  if (!keys.has(name)) keys.set(name, crypto.subtle.importKey("raw", key, ED25519, false, ["verify"]));
  let known;
  try {
    known = await keys.get(name);
  } catch (error) {
    // 32 bytes that are no point of the curve have signed nothing.
    if (error.name === "DataError") return false;
    throw error;
  }
  return crypto.subtle.verify(ED25519, known, signature, message);
}

/** Whether each of many signatures is right, in order; many at a time.  Shape: {key, signature, message}. */
export async function areSigned(jobs, progress = () => {}) {
  const found = [];
  for (let start = 0; start < jobs.length; start += AT_ONCE) {
    const batch = jobs.slice(start, start + AT_ONCE);
    found.push(...(await Promise.all(batch.map((job) => isSigned(job.key, job.signature, job.message)))));
    await progress(found.length, jobs.length);
  }
  return found;
}

/** The message that a member's key signs to cast the ballot behind a commitment.  Source: ledger L5. */
export const castMessage = (origin, commitment) => utf8(`voting/cast/v1\n${origin}\n${commitment}\n`);

/** The four bytes, in hex, that with the name tell which key signed.  Source: C2SP signed-note. */
export const keyId = (name, type, key) => hex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), key)).subarray(0, 4));
