// Bytes and their spellings: UTF-8, hex, base64.  Strict: one spelling for each value.
import { FormatFault, require } from "./faults.js";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const HASH = /^[0-9a-f]{64}$/;

export const utf8 = (text) => ENCODER.encode(text);

/** The text of UTF-8 bytes.  A byte order mark stays part of it. */
export function textOf(bytes) {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw new FormatFault("not UTF-8");
  }
}

export const hex = (bytes) => Array.from(bytes, (byte) => HEX[byte]).join("");

export const isHash = (value) => typeof value === "string" && HASH.test(value);

/** The bytes of lowercase hex digits that were found to be such. */
export function fromHex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.substr(2 * i, 2), 16);
  return bytes;
}

export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

export function equal(one, other) {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
}

export function b64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes of padded base64 (RFC 4648 section 4), refused unless they print back to `text`. */
export function unb64(text) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw new FormatFault("not base64");
  }
  // Spare bits under the padding, or a space, would give one key two spellings.
  require(btoa(binary) === text, "not the one base64 form of its bytes");
  return Uint8Array.from(binary, (each) => each.charCodeAt(0));
}

/** Order by code points, as the ledger's lists are sorted; UTF-16 order differs above the first plane. */
export function byCodePoints(one, other) {
  const left = Array.from(one), right = Array.from(other);
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
  }
  return left.length - right.length;
}

/** The sorted elements that stand in one of two collections and not in both. */
export function difference(one, other) {
  const left = new Set(one), right = new Set(other);
  return [...[...left].filter((each) => !right.has(each)), ...[...right].filter((each) => !left.has(each))].sort();
}
