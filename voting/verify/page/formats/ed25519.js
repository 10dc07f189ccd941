// Ed25519 through WebCrypto, with one verdict in every browser.  On what an honest signer makes all libraries
// agree; on what is made to divide them they do not: some take a key of small order, under which one signature
// fits many messages, some a key in a second spelling, some multiply by the cofactor first.  What could divide
// them is refused before the browser is asked.  Source: RFC 8032, 5.1.7, the equation without the cofactor.
import { fromHex, hex, utf8 } from "./bytes.js";
import { Unreadable } from "./faults.js";

const ED25519 = { name: "Ed25519" };
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const PRIME = 2n ** 255n - 19n;
// The second coordinates of the eight points whose order divides the cofactor.
const OF_EIGHT = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL_ORDER = new Set([0n, 1n, PRIME - 1n, OF_EIGHT, PRIME - OF_EIGHT]);

const NONCE = "356618c1885260c4ea0ac0af99f239a95ee27a379c8d3fc3c3009d4eb9450a24";
// What a browser has to say: RFC 8032, 7.1, TEST 2, and the same over another message; then one nonce, one key,
// and that key moved by a point of order eight, which signed only where the cofactor is multiplied by.
const KNOWN = [
  ["3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", "r", true],
  ["3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", "r!", false],
  ["7cb70881ce397091a20c299b773eef92e2d63a87e4f47a61bf24f563e48bd5e4",
    `${NONCE}2c8957c9bc74649fd8abd45fbc3e6a5ccf44d9991f593af77243abf1b3ec240f`, "cofactor", true],
  ["4f979bc6566416b5dcc673fdc689aa9a761b6a7dfb2bb5a1a13b6438e219be04",
    `${NONCE}2458a98f833a757fbf67e1809d57eb94c4906fa4dc1a54f91f111555c465ee08`, "cofactor", false],
];
const keys = new Map();

/** Refuse to go on in a browser that cannot verify Ed25519, or does it otherwise than others. */
export async function requireEd25519() {
  const answers = [];
  try {
    for (const [key, signature, message] of KNOWN) answers.push(await isSigned(fromHex(key), fromHex(signature), utf8(message)));
  } catch (error) {
    throw new Unreadable("no-ed25519", String(error));
  }
  if (!KNOWN.every(([, , , holds], i) => answers[i] === holds)) throw new Unreadable("no-ed25519");
}

/** Whether `signature` over `message` was made with the private half of `key` (32 bytes). */
export async function isSigned(key, signature, message) {
  if (!mayHold(key, signature)) return false;
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

/**
 * Whether libraries cannot differ about this key and this signature's first half.
 * That the second half is below the group's order is looked at by all of them.
 */
function mayHold(key, signature) {
  if (key.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const y = secondCoordinate(key);
  return y < PRIME && !SMALL_ORDER.has(y) && !SMALL_ORDER.has(secondCoordinate(signature.subarray(0, KEY_BYTES)));
}

/** The second coordinate in an encoded point: 255 bits, the last byte the highest. */
const secondCoordinate = (bytes) => BigInt(`0x${hex(bytes.toReversed())}`) & (2n ** 255n - 1n);
