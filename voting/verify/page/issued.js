// Who was issued which key, and from when.  Source: ledger L3, issue and credential; L8, issued.jsonl.
import { hex, unb64 } from "./formats/bytes.js";
import { Refuted } from "./formats/faults.js";
import { FILES, issued as issuedLines } from "./formats/lists.js";
import { rootOfLines } from "./formats/merkle.js";

/** The leaves of each issue entry, as its root and level say (check 18). */
export function batches(evidence) {
  return evidence.once("batches", () => {
    const lines = issuedLines(evidence.bundle, 18), path = FILES.issued;
    let place = 0;
    const found = evidence.of("issue").map(({ index, body }) => {
      const batch = lines.slice(place, place + body.members);
      place += body.members;
      const isSorted = batch.every((each, i) => i === 0 || batch[i - 1].member < each.member);
      if (batch.length !== body.members || !isSorted) throw new Refuted(18, "batch", { path, index });
      if (hex(rootOfLines(batch.map((each) => each.line))) !== body.root) throw new Refuted(18, "batch-root", { path, index });
      const isKnown = (each) => each.level === body.level && evidence.roll.has(each.member);
      if (!batch.every(isKnown)) throw new Refuted(18, "batch", { path, index });
      return batch;
    });
    if (place !== lines.length) throw new Refuted(18, "batch-rest", { path });
    return found;
  });
}

/** The keys of every member in the order in which they began to hold: {index, key or null, level}. */
export function timelines(evidence) {
  return evidence.once("timelines", () => {
    const found = new Map(), issues = [...batches(evidence)];
    for (const { index, kind, body } of evidence.entries) {
      if (kind === "issue") {
        for (const { member, key, level } of issues.shift()) {
          if (!found.has(member)) found.set(member, []);
          found.get(member).push({ index, key, level });
        }
      } else if (kind === "credential") {
        const own = found.get(body.member);
        if (!own) throw new Refuted(18, "credential", { index });
        own.push({ index, key: body.key === null ? null : unb64(body.key), level: own.at(-1).level });
      }
    }
    return found;
  });
}

/** The key that a member had when entry `index` was written; undefined before any was issued. */
export const keyAt = (evidence, member, index) => timelines(evidence).get(member)?.findLast((each) => each.index < index);
