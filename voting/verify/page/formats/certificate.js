// As much of an X.509 certificate (RFC 5280) as is needed to verify with its key and to name its owner.
// Whether it is to be trusted is not decided here.
import { concat, textOf } from "./bytes.js";
import { BITS, OCTETS, readDer, SEQUENCE } from "./der.js";
import { FormatFault, require } from "./faults.js";

const EXTENDED_KEY_USAGE = "2.5.29.37";
const RSA = "1.2.840.113549.1.1.1", RSA_PSS = "1.2.840.113549.1.1.10", EC = "1.2.840.10045.2.1", ED25519 = "1.3.101.112";
const CURVES = new Map([
  ["1.2.840.10045.3.1.7", ["P-256", 32]], ["1.3.132.0.34", ["P-384", 48]], ["1.3.132.0.35", ["P-521", 66]],
]);
// AlgorithmIdentifier of rsaEncryption, which WebCrypto wants in front of every RSA key.
const RSA_HEAD = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
const SHORT = new Map([
  ["2.5.4.3", "CN"], ["2.5.4.6", "C"], ["2.5.4.7", "L"], ["2.5.4.8", "ST"], ["2.5.4.10", "O"], ["2.5.4.11", "OU"],
]);

/** @typedef {{whole: Uint8Array, serial: bigint, issuer: Uint8Array, subject: string, notBefore: number, notAfter: number,
 *   usages: string[] | null, key: import("./der.js").Der}} Certificate */

/** @param {import("./der.js").Der} value @returns {Certificate} */
export function readCertificate(value) {
  const [signed] = value.sequence(1), parts = signed.sequence(6);
  // The version stands first, in a tag of its own; only version 3 has extensions.
  if (parts[0].tag === 0xa0) parts.shift();
  const [serial, , issuer, validity, subject, key] = parts, [notBefore, notAfter] = validity.sequence(2);
  require(key, "a certificate that is cut off");
  return {
    whole: value.whole, serial: serial.integer, issuer: issuer.whole, subject: nameText(subject.require(SEQUENCE)),
    notBefore: notBefore.instant, notAfter: notAfter.instant, usages: usagesIn(parts.find((each) => each.tag === 0xa3)),
    key: key.require(SEQUENCE),
  };
}

/** A name as people read it, the most particular part first.  Source: RFC 4514. */
function nameText(name) {
  const parts = name.parts().flatMap((each) => each.parts()).map((each) => {
    const [type, value] = each.sequence(2);
    return `${SHORT.get(type.oid) ?? type.oid}=${textOf(value.content).replace(/[,+"\\<>;=]/g, "\\$&")}`;
  });
  return parts.reverse().join(",");
}

/** The purposes of an extended key usage; null where there is none. */
function usagesIn(extensions) {
  if (!extensions) return null;
  for (const extension of extensions.parts(1)[0].sequence()) {
    const [name, ...rest] = extension.sequence(2);
    if (name.oid === EXTENDED_KEY_USAGE) return readDer(rest.at(-1).require(OCTETS).content).sequence().map((each) => each.oid);
  }
  return null;
}

/**
 * How to verify with a certificate's key: what importKey and verify of WebCrypto want, and the form of a
 * signature they take.
 * @param {import("./der.js").Der} method the AlgorithmIdentifier of the signature @param {string} hash as SHA-256
 */
export async function verifierFor({ key }, method, hash) {
  const [algorithm, bits] = key.parts(2), [name, curve] = algorithm.sequence(1);
  bits.require(BITS);
  if (name.oid === RSA || name.oid === RSA_PSS) {
    const isPss = method.parts(1)[0].oid === RSA_PSS, head = lengthOf(RSA_HEAD.length + bits.whole.length);
    const spki = concat(Uint8Array.of(SEQUENCE), head, RSA_HEAD, bits.whole);
    const own = { name: isPss ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash };
    return verifying(spki, own, isPss ? { ...own, saltLength: saltLengthIn(method) } : own, (signature) => signature);
  }
  if (name.oid === EC && curve && CURVES.has(curve.oid)) {
    const [namedCurve, size] = CURVES.get(curve.oid);
    return verifying(key.whole, { name: "ECDSA", namedCurve }, { name: "ECDSA", hash }, (signature) => pairOf(signature, size));
  }
  if (name.oid === ED25519) return verifying(key.whole, { name: "Ed25519" }, { name: "Ed25519" }, (signature) => signature);
  throw new FormatFault("a key that this browser cannot verify with: not RSA, ECDSA P-256, P-384, P-521 or Ed25519");
}

async function verifying(spki, importing, using, formed) {
  let key;
  try {
    key = await crypto.subtle.importKey("spki", spki, importing, false, ["verify"]);
  } catch (error) {
    throw new FormatFault(`a key that this browser cannot read: ${error.name}`);
  }
  return (signature, message) => crypto.subtle.verify(using, key, formed(signature), message);
}

function lengthOf(size) {
  if (size < 0x80) return Uint8Array.of(size);
  return size < 0x100 ? Uint8Array.of(0x81, size) : Uint8Array.of(0x82, size >> 8, size & 0xff);
}

/** The bytes of salt that the parameters of RSASSA-PSS name; 20 where they are silent.  Source: RFC 4055 3.1. */
function saltLengthIn(method) {
  const salt = method.parts()[1]?.parts().find((each) => each.tag === 0xa2);
  return salt ? Number(salt.parts(1)[0].integer) : 20;
}

/** The two numbers of an ECDSA signature, each in so many bytes, one after the other. */
function pairOf(signature, size) {
  const numbers = readDer(signature).sequence().map((each) => each.integer);
  require(numbers.length === 2 && numbers.every((number) => number < 1n << BigInt(8 * size)), "an ECDSA signature of other numbers");
  const bytes = new Uint8Array(2 * size);
  numbers.forEach((number, i) => {
    for (let rest = number, place = (i + 1) * size - 1; rest > 0n; rest >>= 8n, place -= 1) bytes[place] = Number(rest & 255n);
  });
  return bytes;
}
