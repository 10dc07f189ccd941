// The 27 checks, in order, and how they are run.  There is no way to leave one out.
import { Refuted } from "../formats/faults.js";
import { bundleNote, container, givenKey } from "./container.js";
import { deemed, effective, recount } from "./count.js";
import { dockets, documents, names, order, roll } from "./frozen.js";
import { held } from "./held.js";
import { consistency, places, signedCheckpoints, timestamps, tree, witnesses } from "./log.js";
import { resultPapers } from "./papers.js";
import { amendments, conservation, erasures } from "./sums.js";
import { members, openings, papers, period, signatures } from "./votes.js";

const CHECKS = [
  container, bundleNote, givenKey, signedCheckpoints, witnesses, timestamps, tree, consistency, held, places, order, dockets, documents,
  roll, names, members, openings, signatures, papers, period, effective, deemed, recount, resultPapers, conservation, amendments, erasures,
];

/** @typedef {{number: number, status: "proved" | "failed" | "unproved" | "withheld" | "erased", items: number,
 *   facts: Record<string, any>, notes: {code: string, facts: object, isWarning: boolean}[], fault?: string,
 *   restsOn?: number, why?: string}} Finding */

/** @returns {Promise<Finding[]>} */
export async function runChecks(evidence, progress = () => {}) {
  const found = [];
  for (const [place, check] of CHECKS.entries()) {
    await progress(place, CHECKS.length);
    found.push(await run(place + 1, check, evidence));
  }
  return found;
}

async function run(number, check, evidence) {
  const finding = { number, items: 0, facts: {}, notes: [] };
  try {
    const { notes = [], ...proof } = await check(evidence);
    const whole = notes.map((note) => ({ facts: {}, isWarning: false, ...note }));
    return { ...finding, status: "proved", ...proof, notes: whole };
  } catch (fault) {
    if (!(fault instanceof Refuted)) {
      // Whatever stops a check is no proof: it is reported as a failure, never passed over.
      return { ...finding, status: "failed", fault: "unexpected", facts: { detail: String(fault).slice(0, 300) } };
    }
    if (fault.number !== number) return { ...finding, status: "unproved", restsOn: fault.number };
    return { ...finding, status: "failed", fault: fault.fault, facts: fault.facts };
  }
}

export const passes = ({ status }) => status !== "failed" && status !== "unproved";
