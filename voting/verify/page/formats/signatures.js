// What is signed, and what a browser must be able to do.  Where it lacks something, everything is refused, nothing
// skipped.
import { concat, equal, hex, utf8 } from "./bytes.js";
import { isSigned, requireEd25519 } from "./ed25519.js";
import { Unreadable } from "./faults.js";
import { sha256 } from "./sha256.js";

const AT_ONCE = 256;

/** Refuse to go on in a browser that cannot verify Ed25519, or hashes otherwise than this page. */
export async function requireCapable() {
  if (!Map.groupBy || !String.prototype.isWellFormed) throw new Unreadable("old-browser");
  if (!globalThis.crypto?.subtle) throw new Unreadable("no-webcrypto");
  await requireEd25519();
  for (const size of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) % 256);
    if (!equal(sha256(bytes), await fileHash(bytes))) throw new Unreadable("no-sha256");
  }
}

/** The 32 bytes of SHA-256 over a whole file. */
export async function fileHash(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
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
