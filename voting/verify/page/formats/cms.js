// As much of CMS (RFC 5652) as is needed: one signer's signature over a content, with signed attributes.
import { concat, equal } from "./bytes.js";
import { readCertificate, verifierFor } from "./certificate.js";
import { OCTETS, SET } from "./der.js";
import { FormatFault, require } from "./faults.js";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const CONTENT_TYPE = "1.2.840.113549.1.9.3", MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const HASHES = new Map([
  ["2.16.840.1.101.3.4.2.1", "SHA-256"], ["2.16.840.1.101.3.4.2.2", "SHA-384"], ["2.16.840.1.101.3.4.2.3", "SHA-512"],
]);

/** The name, for WebCrypto, of the hash that an AlgorithmIdentifier names. */
export function hashOf(algorithm) {
  const name = HASHES.get(algorithm.parts(1)[0].oid);
  require(name, "a hash that is not SHA-256, SHA-384 or SHA-512");
  return name;
}

export const digest = async (hash, data) => new Uint8Array(await crypto.subtle.digest(hash, data));

/**
 * The one signer's signature in a ContentInfo, verified by its own certificate.
 * Shape   {contentType, content or null where it is detached, certificate, requireOver(content)}.
 */
export async function readSigned(info) {
  const [type, explicit] = info.sequence(2);
  require(type.oid === SIGNED_DATA, "no signed data");
  const [, , encapsulated, ...rest] = only(explicit.parts()).sequence(4);
  const [inner, wrapped] = encapsulated.parts(1);
  const content = wrapped ? wrapped.parts(1)[0].require(OCTETS).content : null;
  const certificates = rest.find((each) => each.tag === 0xa0)?.parts() ?? [];
  const [, signerId, hashName, attributes, method, signature] = only(rest.at(-1).require(SET).parts()).parts(6);
  const hash = hashOf(hashName), signed = readAttributes(attributes);
  require(signed.get(CONTENT_TYPE).oid === inner.oid, "the signer names another kind of content");
  const stated = signed.get(MESSAGE_DIGEST).require(OCTETS).content;
  const certificate = findCertificate(signerId, certificates);
  // The attributes are signed as the SET they are, not under the tag they travel with.
  const message = concat(Uint8Array.of(SET), attributes.whole.subarray(1));
  const verify = await verifierFor(certificate, method, hash);
  require(await verify(signature.require(OCTETS).content, message), "the signature is wrong");
  const requireOver = async (data) => require(equal(await digest(hash, data), stated), "the signature is over another content");
  if (content !== null) await requireOver(content);
  return { contentType: inner.oid, content, certificate, requireOver };
}

function only(values) {
  require(values.length === 1, "not exactly one value");
  return values[0];
}

function readAttributes(attributes) {
  require(attributes.tag === 0xa0, "there are no signed attributes");
  const found = new Map();
  for (const attribute of attributes.parts()) {
    const [name, values] = attribute.parts(2);
    require(!found.has(name.oid), "an attribute stands twice");
    found.set(name.oid, values.parts(1)[0]);
  }
  require(found.get(CONTENT_TYPE) && found.get(MESSAGE_DIGEST), "the signed attributes name no content");
  return found;
}

function findCertificate(signerId, certificates) {
  const [issuer, serial] = signerId.sequence(2);
  for (const each of certificates) {
    const certificate = readCertificate(each);
    if (equal(certificate.issuer, issuer.whole) && certificate.serial === serial.integer) return certificate;
  }
  throw new FormatFault("the signer's certificate is not there");
}
