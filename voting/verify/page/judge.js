// The one way in: a key and files in, everything that can be said about them out.  The page and the tests
// call the same function.
import { b64, hex } from "./formats/bytes.js";
import { readBundle } from "./formats/bundle.js";
import { openCheckpoint, statedIn } from "./formats/checkpoint.js";
import { FormatFault, Refuted, Unreadable } from "./formats/faults.js";
import { instantText } from "./formats/instants.js";
import { parseVkey } from "./formats/note.js";
import { checkReceipt, HEADER, parseReceipt } from "./formats/receipt.js";
import { requireCapable } from "./formats/signatures.js";
import { stated } from "./checks/count.js";
import { passes, runChecks } from "./checks/run.js";
import { isClash, pairsOf } from "./clashes.js";
import { Evidence } from "./evidence.js";

/** @typedef {{name: string, bytes: Uint8Array}} Given a file as the user gave it */
/** @typedef {{exit: 0 | 1 | 2, verdict: "verified" | "refuted" | "unreadable", unreadable: object[], log: string,
 *   audience: string | null, checks: object[], motions: object[], receipts: object[], checkpoints: object[],
 *   pairs: object[]}} Report what receipts have between them is in pairs */

const VERDICTS = ["verified", "refuted", "unreadable"];

/**
 * Check a bundle, receipts and checkpoints with the log's key, which the user has from elsewhere.
 * @param {{key: string, files: Given[]}} given
 * @param {(part: "files" | "checks", done: number, of: number) => Promise<void> | void} progress
 * @returns {Promise<Report>}
 */
export async function judge({ key, files }, progress = () => {}) {
  const report = { unreadable: [], log: "", audience: null, checks: [], motions: [], receipts: [], checkpoints: [], pairs: [] };
  const close = (exit) => ({ exit, verdict: VERDICTS[exit], ...report });
  const read = await readAll(key, files, report.unreadable, (done, of) => progress("files", done, of));
  if (report.unreadable.length) return close(2);
  report.log = read.key.name;
  let verifiers = [read.key];
  if (read.bundle) {
    const evidence = new Evidence(read.bundle, read, () => progress("checks", report.checks.length, 27));
    report.audience = read.bundle.audience;
    report.log = read.bundle.log;
    report.checks = await runChecks(evidence, (done, of) => progress("checks", done, of));
    report.motions = orElse([], () => stated(evidence).motions);
    verifiers = orElse(verifiers, () => evidence.keys.map((each) => each.verifier));
  }
  for (const { name, receipt } of read.receipts) report.receipts.push(await receiptReport(name, receipt, verifiers));
  for (const { name, note } of read.checkpoints) report.checkpoints.push(await checkpointReport(name, note, verifiers));
  report.pairs = pairsOf(read.receipts);
  const alone = read.bundle ? [] : [...report.receipts, ...report.checkpoints];
  const holds = report.checks.every(passes) && alone.every((each) => each.holds) && !report.pairs.some(isClash);
  return close(holds ? 0 : 1);
}

function orElse(otherwise, make) {
  try {
    return make();
  } catch (fault) {
    if (fault instanceof Refuted) return otherwise;
    throw fault;
  }
}

/** Everything that was given, each file by what it is.  What cannot be read is added to `unreadable`. */
async function readAll(vkey, files, unreadable, progress) {
  const found = { key: null, bundle: null, receipts: [], checkpoints: [] };
  const attempt = async (name, code, act) => {
    try {
      await act();
    } catch (fault) {
      if (fault instanceof Unreadable) unreadable.push({ name, code: fault.code, detail: fault.detail });
      else if (fault instanceof FormatFault) unreadable.push({ name, code, detail: fault.message });
      else throw fault;
    }
  };
  await attempt("", "no-browser", requireCapable);
  if (unreadable.length) return found;
  await attempt("", vkey.trim() ? "no-key" : "key-missing", () => {
    found.key = parseVkey(vkey.trim());
  });
  if (!files.length) unreadable.push({ name: "", code: "no-files", detail: "" });
  for (const { name, bytes } of files) {
    const kind = kindOf(bytes);
    await attempt(name, `no-${kind}`, async () => {
      if (kind === "receipt") found.receipts.push({ name, receipt: parseReceipt(bytes) });
      else if (kind === "checkpoint") found.checkpoints.push({ name, note: statedIn(bytes) && bytes });
      else if (kind !== "bundle") throw new Unreadable(kind);
      else if (found.bundle) throw new Unreadable("two-bundles");
      else found.bundle = await readBundle(bytes, progress);
    });
  }
  return found;
}

/** What a file means to be, by how it begins; the rest of it is for the strict readers. */
function kindOf(bytes) {
  const head = String.fromCharCode(...bytes.subarray(0, 300));
  if (head.startsWith("PK")) return "bundle";
  if (head.startsWith(HEADER.slice(0, 20))) return "receipt";
  if (head.startsWith("%PDF")) return "is-pdf";
  if (/^[^\n ]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\n?$/.test(head)) return "is-key";
  return /^[^\n]+\n[0-9]+\n[A-Za-z0-9+/=]+\n/.test(head) ? "checkpoint" : "is-unknown";
}

/** What a receipt proves by itself, with the log's keys. */
async function receiptReport(name, receipt, verifiers) {
  let checked;
  try {
    checked = await checkReceipt(receipt, verifiers);
  } catch (fault) {
    if (fault instanceof FormatFault) return { name, holds: false, detail: fault.message, other: otherLog(receipt.checkpoint, verifiers) };
    throw fault;
  }
  const { checkpoint, entry, body } = checked, { member, opening, words } = receipt;
  return {
    name, holds: true, log: checkpoint.origin, size: checkpoint.size, index: entry.index, written: instantText(entry.time),
    member: member && { id: member.id, name: member.name }, received: instantText(body.received_at), channel: body.channel,
    level: body.level, reason: entry.kind === "refused" ? body.reason : null, sequence: body.sequence ?? null,
    words, isProxy: opening?.ballot.proxy === true, defect: opening?.ballot.defect ?? null,
  };
}

/** What a checkpoint proves by itself: that the log has promised it. */
async function checkpointReport(name, note, verifiers) {
  try {
    const { origin, size, root } = await openCheckpoint(note, verifiers);
    return { name, holds: true, log: origin, size, root: b64(root), hex: hex(root) };
  } catch (fault) {
    if (fault instanceof FormatFault) return { name, holds: false, detail: fault.message, other: otherLog(note, verifiers) };
    throw fault;
  }
}

/** The log that a checkpoint names, where it is another one: last year's file, more often than a fraud.  Else null. */
function otherLog(note, [first]) {
  try {
    const { origin } = statedIn(note);
    return origin === first.name ? null : origin;
  } catch (fault) {
    // It names nothing that could be one.
    if (fault instanceof FormatFault) return null;
    throw fault;
  }
}
