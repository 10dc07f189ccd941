// The officers that a ledger names by commitment, and the list that opens them.  Source: ledger L2, L8.
import { personCommitment } from "./formats/commitments.js";
import { FormatFault, Refuted } from "./formats/faults.js";
import { FILES, persons } from "./formats/lists.js";

/** The person commitments in one entry. */
function namedBy({ kind, body }) {
  if (kind === "ballot" || kind === "refused") return body.entered_by ?? [];
  if (["freeze", "fact", "amend", "correction"].includes(kind)) return body.approvals;
  return kind === "paper" || kind === "operator" ? [body.by] : [];
}

/**
 * Refuse (check 19) unless persons.jsonl lists exactly the officers of the entries; how many there are.
 * In an auditor's bundle each commitment is opened, and no person has two of them.
 */
export function requireOfficers(evidence) {
  const path = FILES.persons, lines = persons(evidence.bundle, 19, evidence.isAuditors);
  const listed = new Set(lines.map(({ pc }) => pc)), acting = new Set();
  for (const entry of evidence.entries) {
    for (const pc of namedBy(entry)) {
      if (!listed.has(pc)) throw new Refuted(19, "officer-unlisted", { index: entry.index });
      acting.add(pc);
    }
  }
  for (const { pc } of lines) if (!acting.has(pc)) throw new Refuted(19, "officer-idle", { path, pc });
  if (evidence.isAuditors) {
    for (const { pc, person, salt } of lines) if (commitmentTo(person, salt) !== pc) throw new Refuted(19, "officer-opening", { pc });
    if (new Set(lines.map(({ person }) => person.id)).size !== lines.length) throw new Refuted(19, "officer-twice", { path });
  }
  return lines.length;
}

/** The commitment, or null to what none can be made of. */
function commitmentTo(person, salt) {
  try {
    return personCommitment(person, salt);
  } catch (fault) {
    if (fault instanceof FormatFault) return null;
    throw fault;
  }
}
