// Time-stamps (RFC 3161): that an authority saw a checkpoint's bytes at an instant.
import { equal } from "./bytes.js";
import { digest, hashOf, readSigned } from "./cms.js";
import { GENERALIZED_TIME, readDer } from "./der.js";
import { require } from "./faults.js";

const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** The stamp over `stamped`, verified by the certificate in it: {at, certificate in DER}. */
export async function readTimestamp(response, stamped) {
  const [status, token] = readDer(response).sequence(2);
  require(status.parts(1)[0].integer <= 1n, "the authority did not grant it");
  const { contentType, content, certificate } = await readSigned(token);
  require(contentType === TST_INFO && content !== null, "it holds no time-stamp");
  const [, , imprint, , time] = readDer(content).sequence(5);
  const [algorithm, hashed] = imprint.parts(2), at = time.require(GENERALIZED_TIME).instant;
  require(equal(await digest(hashOf(algorithm), stamped), hashed.content), "it is over other bytes");
  require(certificate.usages?.includes(TIME_STAMPING), "the certificate is not one of a time-stamping authority");
  require(certificate.notBefore <= at && at <= certificate.notAfter, "the certificate was not valid at that time");
  return { at, certificate: certificate.whole };
}
