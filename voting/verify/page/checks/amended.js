// What an amend may change: the part of the docket that it names, and nothing beside it.
import { equal } from "../formats/bytes.js";
import { Refuted } from "../formats/faults.js";
import { encode } from "../formats/jcs.js";

/** Refuse an amended docket that differs from the one before in more than its amend says (check 26). */
export function requireNamed(evidence) {
  const amends = new Map(evidence.of("amend").map(({ index, body }) => [index, body.what]));
  const [first, ...later] = evidence.dockets;
  let before = first.value;
  for (const { index, value } of later) {
    const what = amends.get(index);
    if (!equal(encode(amendedAs(before, value, what)), encode(value))) throw new Refuted(26, "amended-beside", { index, what });
    before = value;
  }
}

/** The docket.json `before` with those parts of `after` that an amend of this sort may bring. */
function amendedAs(before, after, what) {
  if (what === "period") return { ...before, assembly: { ...before.assembly, ...periodOf(after) } };
  if (what === "rules") return { ...before, rules: after.rules, motions: withRulesOf(before.motions, after.motions) };
  // Texts: the papers and everything about the motions, but neither period, rules nor body.
  const { record_date: recordDate } = before.assembly;
  const assembly = { ...after.assembly, ...periodOf(before), record_date: recordDate };
  return { ...after, body: before.body, rules: before.rules, assembly };
}

const periodOf = ({ assembly }) => ({ opens_at: assembly.opens_at, closes_at: assembly.closes_at });

/** The motions before, each with the rules that hold for it afterwards. */
function withRulesOf(before, after) {
  const isSame = before.length === after.length && before.every(({ number }, i) => number === after[i].number);
  if (!isSame) return before;
  return before.map(({ title, documents, candidates }, i) => {
    const { candidates: _, ...others } = after[i];
    return { ...others, title, documents, ...(candidates ? { candidates } : {}) };
  });
}
