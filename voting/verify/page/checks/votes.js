// Checks 16 to 20: who voted, what the votes open to, who signed them, on what paper, and when.
import { hex, unb64 } from "../formats/bytes.js";
import { ballotCommitment } from "../formats/commitments.js";
import { Refuted, refuting } from "../formats/faults.js";
import { areSigned, castMessage } from "../formats/signatures.js";
import { votesText } from "../count/numbers.js";
import { batches, keyAt } from "../issued.js";
import { requireOfficers } from "../officers.js";

const ANSWERED_WITHIN = 60_000; // milliseconds

/** 16: every sender is on the roll; sequences and replacements are unbroken; the close counts right. */
export function members(evidence) {
  const { votes } = evidence, close = evidence.only("close"), latest = new Map(), voted = new Set();
  for (const { index, kind, body } of votes) {
    if (body.member !== null && !evidence.roll.has(body.member)) throw new Refuted(16, "not-on-roll", { index });
    if (kind !== "ballot") continue;
    const before = latest.get(body.member);
    const isNext = body.sequence === (before?.sequence ?? 0) + 1 && body.replaces === (before?.index ?? null);
    if (!isNext) throw new Refuted(16, "sequence", { index });
    latest.set(body.member, { index, sequence: body.sequence });
    if (index < close.index) voted.add(body.member);
  }
  const sum = votesText(evidence.votesOf(voted));
  if (close.body.members !== voted.size || close.body.votes !== sum) {
    throw new Refuted(16, "close-totals", { index: close.index, members: voted.size, votes: sum });
  }
  return { items: votes.length, facts: { members: latest.size } };
}

/** 17: every vote opens to what it committed to, and says in it where it belongs; none is doubled. */
export function openings(evidence) {
  if (!evidence.showsOpenings) return { items: 0, status: "withheld", why: evidence.disclosure };
  const seen = new Set(), sequences = new Map(), due = new Set();
  // Which motions each docket has, by the entry that brought it: what a vote has to answer.
  const motions = new Map(evidence.dockets.map(({ index, docket }) => [index, new Set(docket.motions.map(({ number }) => String(number)))]));
  for (const entry of evidence.votes) {
    const { index, kind, body } = entry;
    if (body.commitment === null || body.member === null) continue;
    due.add(index);
    if (seen.has(body.commitment)) throw new Refuted(17, "commitment-twice", { index });
    seen.add(body.commitment);
    const sequence = (sequences.get(body.member) ?? 0) + 1;
    requireOpened(evidence, entry, sequence, motions);
    // A refused one carries the number it would have had, and uses none up.
    if (kind === "ballot") sequences.set(body.member, sequence);
  }
  for (const index of evidence.openings.keys()) if (!due.has(index)) throw new Refuted(17, "opening-of-nothing", { index });
  const missing = evidence.unopened, [erased] = evidence.erasures;
  if (missing.length && !erased) throw new Refuted(17, "opening-missing", { index: missing[0] });
  return missing.length ? { items: due.size - missing.length, status: "erased", why: erased.rule } : { items: due.size };
}

function requireOpened(evidence, entry, sequence, motions) {
  const { index, kind, log, body } = entry, texts = evidence.textsOf(entry).index;
  const opening = evidence.openings.get(index);
  if (!opening) return;
  const { ballot, salt } = opening;
  const bc = refuting(17, "opening", { index }, () => ballotCommitment(ballot, salt));
  if (bc !== body.commitment) throw new Refuted(17, "opening", { index });
  const wanted = { log, member: body.member, sequence, base: hex(evidence.leaves[texts]) };
  for (const [member, value] of Object.entries(wanted)) {
    if (ballot[member] !== value) throw new Refuted(17, "opening-says", { index, member });
  }
  // What was refused as unreadable may be anything.
  const counts = kind === "ballot" || body.reason === "late" || body.reason === "early";
  if (!counts || ballot.proxy) return;
  const answered = Object.keys(ballot.choices), asked = motions.get(texts);
  if (answered.length !== asked.size || !answered.every((number) => asked.has(number))) {
    throw new Refuted(17, "opening-motions", { index });
  }
}

/** 18: every vote by the web is signed by the key that its member had been issued by then. */
export async function signatures(evidence) {
  const issued = batches(evidence), jobs = [];
  let signed = 0, fault = null;
  for (const { index, kind, body } of evidence.votes) {
    if (body.signature === null || body.commitment === null || body.member === null) continue;
    signed += 1;
    // A vote refused as invalid may be so for its signature.
    if (kind === "refused" && body.reason === "invalid") continue;
    const held = keyAt(evidence, body.member, index);
    if (!held?.key) fault = new Refuted(18, "no-key", { index });
    else if (held.level !== body.level) fault = new Refuted(18, "level", { index, level: body.level, issued: held.level });
    // What stands before it is verified all the same: the first fault is the one that is told.
    if (fault) break;
    const message = castMessage(evidence.held.key.name, body.commitment);
    jobs.push({ index, key: held.key, signature: unb64(body.signature), message });
  }
  const answers = await areSigned(jobs, evidence.progress), wrong = answers.indexOf(false);
  if (wrong >= 0) throw new Refuted(18, "signature", { index: jobs[wrong].index });
  if (fault) throw fault;
  const keys = issued.reduce((sum, batch) => sum + batch.length, 0);
  return { items: signed, facts: { unsigned: evidence.votes.length - signed, keys }, notes: levelNotes(evidence) };
}

/** With K0 the service has made the code itself: the signature does not bind the service. */
function levelNotes(evidence) {
  const number = evidence.of("ballot").filter(({ body }) => body.level === "K0").length;
  return number ? [{ code: "k0", facts: { number } }] : [];
}

/** 19: every sheet arrived before it was read, by two known officers, and was used exactly once. */
export function papers(evidence) {
  const officers = requireOfficers(evidence), deemed = evidence.only("deemed").index;
  const serials = new Set(), waiting = new Map();
  for (const { index, kind, time, body } of evidence.entries) {
    if (kind === "paper") {
      if (serials.has(body.serial) || body.arrived_at > time) throw new Refuted(19, "paper", { index });
      serials.add(body.serial);
      waiting.set(index, body.arrived_at);
    } else if ((kind === "ballot" || kind === "refused") && body.paper !== null) {
      const { paper, entered_by: readers } = body, arrivedAt = waiting.get(paper);
      waiting.delete(paper);
      if (arrivedAt === undefined || index > deemed) throw new Refuted(19, "paper-used", { index, paper });
      if (arrivedAt !== body.received_at) throw new Refuted(19, "paper-time", { index, paper });
      if (readers === null || readers[0] === readers[1]) throw new Refuted(19, "one-reader", { index });
    }
  }
  for (const index of waiting.keys()) throw new Refuted(19, "paper-left", { index });
  return { items: serials.size, facts: { officers } };
}

/** 20: what counts was received in the period, what was refused as late, early or suspended was so. */
export function period(evidence) {
  const close = evidence.only("close"), { closesAt } = evidence.docket;
  if (close.body.closes_at !== closesAt || close.time < closesAt) throw new Refuted(20, "close-time", { index: close.index });
  const admitted = new Set(evidence.of("amend").filter(({ body }) => body.what === "paper").map(({ body }) => body.new_sha256));
  const late = new Map(evidence.of("paper").filter(({ index }) => index > close.index).map(({ index, body }) => [index, body.scan_sha256]));
  for (const { index, kind, time, body } of evidence.votes) {
    const { opensAt, closesAt: ownClose } = evidence.docketAt(index), at = body.received_at;
    const isEarly = at < opensAt, isLate = at >= ownClose, isLateSheet = late.has(body.paper);
    const isExcused = () => evidence.of("incident").some((each) => each.body.from <= at && at <= each.body.to);
    if (kind === "ballot") {
      const isFoundLate = isLateSheet && !admitted.has(late.get(body.paper));
      if (isEarly || isLate || isFoundLate || at >= closesAt) throw new Refuted(20, "out-of-period", { index });
    } else if (body.reason === "late" && !isLate && !isLateSheet) {
      throw new Refuted(20, "not-late", { index });
    } else if (body.reason === "early" && !isEarly) {
      throw new Refuted(20, "not-early", { index });
    } else if (body.reason === "suspended" && !isExcused()) {
      throw new Refuted(20, "not-suspended", { index });
    }
    const isPrompt = time >= at && time - at <= ANSWERED_WITHIN;
    if (body.paper === null && !isPrompt && !isExcused()) throw new Refuted(20, "not-prompt", { index });
  }
  return { items: evidence.votes.length };
}
