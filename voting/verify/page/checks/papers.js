// Check 24: the PDFs of the result are those that the ledger names, and carry the result that it names.
import { hex } from "../formats/bytes.js";
import { readSigned } from "../formats/cms.js";
import { readDer } from "../formats/der.js";
import { FormatFault, Refuted, refuting } from "../formats/faults.js";
import { embedded, signaturesIn } from "../formats/pdf.js";
import { requireOnlySignatures } from "../formats/pdf-additions.js";
import { fileHash } from "../formats/signatures.js";
import { resultInForce } from "./count.js";

/** 24: hash in the `result` entry, the embedded result.json, and the signature where there is one. */
export async function resultPapers(evidence) {
  const found = evidence.bundle.under("result/");
  const named = evidence.of("result").flatMap(({ index, body }) => body.documents.map((digest) => ({ index, digest })));
  const isNamed = found.length === named.length && found.every((path, i) => evidence.bundle.digest(path) === named[i].digest);
  if (!isNamed) throw new Refuted(24, "papers", { found: found.length, named: named.length });
  if (!evidence.isAuditors && !evidence.of("result").length) throw new Refuted(24, "uncertified");
  const notes = [];
  for (const [i, path] of found.entries()) {
    const data = evidence.bundle.read(path);
    await requireResult(path, data, resultInForce(evidence, named[i].index));
    notes.push(await signatureNote(path, data));
  }
  if (!found.length) notes.push({ code: "no-papers" });
  return { items: found.length, notes };
}

async function requireResult(path, data, digest) {
  const results = await refuting(24, "pdf", { path }, () => embedded(data, "result.json"));
  if (!results.length) throw new Refuted(24, "pdf-without-result", { path });
  for (const each of results) if (hex(await fileHash(each)) !== digest) throw new Refuted(24, "pdf-result", { path });
}

/** What the PDF's own signature proves; a wrong one refutes. */
async function signatureNote(path, data) {
  return refuting(24, "pdf-signature", { path }, async () => {
    const found = signaturesIn(data), names = [];
    requireOnlySignatures(data, found);
    if (!found.length) return { code: "pdf-unsigned", facts: { path } };
    for (const each of found) {
      const signed = await readSigned(readDer(each.contents, { isPadded: true }));
      await signed.requireOver(each.covered);
      names.push(signed.certificate.subject);
    }
    if (!found.at(-1).isWhole) throw new FormatFault("it does not cover the whole file");
    return { code: "pdf-signed", facts: { path, names: names.join(", ") } };
  });
}
