// What makes a docket, a roll or recorded facts unusable.  Source: rules R1, R7, R10.

const STATUTES = ["general-incorporated", "npo", "neighbourhood", "condominium", "company"];
const CLAUSES = ["written", "quorum", "majority", "deemed", "blank", "late", "duplicates"];
const MARKS = ["for", "against", "abstain"];

const isEmpty = (text) => /^[\p{White_Space}\x1c-\x1f]*$/u.test(text);
const hasDoubled = (values) => new Set(values).size !== values.length;

/** All that is wrong with a docket, as "code where"; nothing is wrong with a sound one. */
export function docketFaults(docket) {
  const found = [], { rules, motions } = docket;
  const say = (holds, fault) => holds || found.push(fault);
  say(!isEmpty(docket.body.name), "text-missing body.name");
  say(!isEmpty(docket.title), "text-missing assembly.title");
  say(docket.closesAt > docket.opensAt, "closes-before-opening assembly.closes_at");
  found.push(...silenceFaults(docket, "rules", rules.non_submission), ...testFaults("rules", rules.requires));
  found.push(...brakeFaults("rules", rules.objections));
  say(!rules.quorum || ["at_least", "more_than"].includes(rules.quorum.relation), "quorum-relation rules.quorum.relation");
  for (const name of rules.clauses.keys()) say(CLAUSES.includes(name), `unknown-clause rules.clauses.${name}`);
  say(motions.length > 0, "no-motion motion");
  say(!hasDoubled(motions.map((each) => each.number)), "repeated motion");
  for (const motion of motions) found.push(...motionFaults(docket, motion));
  say(!hasCircle(motions), "conditions-in-circle motion");
  return found;
}

/** Whether silence may count so. */
function silenceFaults(docket, where, setting) {
  if (setting === null || setting === "not_counted") return [];
  const found = [];
  if (isEmpty(docket.rules.clauses.get("deemed") ?? "")) found.push(`deemed-without-clause ${where}.non_submission`);
  if (["for", "proxy_to_chair"].includes(setting) && STATUTES.includes(docket.body.kind)) {
    found.push(`statute-asks-consent ${where}.non_submission`);
  }
  return found;
}

// A list of tests with nothing in it would carry everything.
const testFaults = (where, tests) => (tests !== null && !tests.length ? [`no-requirement ${where}.requires`] : []);

function brakeFaults(where, brake) {
  if (brake === null) return [];
  if ((brake.count === null) === (brake.fraction === null)) return [`brake-unclear ${where}.objections`];
  return brake.count !== null && brake.count < 1 ? [`number-out-of-range ${where}.objections.count`] : [];
}

function motionFaults(docket, motion) {
  const where = `motion.${motion.number}`, found = [];
  const say = (holds, fault) => holds || found.push(fault);
  say(motion.number >= 1, `number-out-of-range ${where}.number`);
  say(!isEmpty(motion.title), `text-missing ${where}.title`);
  const numbers = docket.motions.map((each) => each.number);
  say(motion.dependsOn.every((number) => numbers.includes(number)), `unknown-condition ${where}.depends_on`);
  say(!hasDoubled(motion.dependsOn), `repeated ${where}.depends_on`);
  say(!hasDoubled(motion.barred), `repeated ${where}.barred`);
  say(!hasDoubled(motion.candidates), `repeated ${where}.candidates`);
  found.push(...silenceFaults(docket, where, motion.nonSubmission), ...testFaults(where, motion.requires));
  return [...found, ...brakeFaults(where, motion.objections), ...electionFaults(where, motion)];
}

function electionFaults(where, { isElection, method, seats, candidates }) {
  const given = { method: method !== null, seats: seats !== null, candidates: candidates.length > 0 };
  const code = isElection ? "election-field-missing" : "election-field-unexpected";
  const found = Object.keys(given).filter((name) => given[name] !== isElection).map((name) => `${code} ${where}.${name}`);
  if (!isElection) return found;
  if (candidates.some(isEmpty)) found.push(`text-missing ${where}.candidates`);
  if (seats !== null && seats < 1) found.push(`number-out-of-range ${where}.seats`);
  else if (method === "slate" && seats !== null && candidates.length > seats) found.push(`slate-exceeds-seats ${where}.candidates`);
  return found;
}

/** Whether motions wait for each other. */
function hasCircle(motions) {
  let waiting = motions;
  for (;;) {
    const numbers = new Set(waiting.map((each) => each.number));
    const rest = waiting.filter((motion) => motion.dependsOn.some((number) => numbers.has(number)));
    if (rest.length === waiting.length) return rest.length > 0;
    waiting = rest;
  }
}

/** What a roll lacks: each member once, with more than no votes, and every barred member on it. */
export function rollFaults(docket, roll) {
  const members = new Set(roll.map((each) => each.member)), found = [];
  if (members.size !== roll.length) found.push("repeated roll");
  if (roll.some((each) => each.votes <= 0n)) found.push("number-out-of-range roll.votes");
  for (const motion of docket.motions) {
    if (!motion.barred.every((member) => members.has(member))) found.push(`barred-not-on-roll motion.${motion.number}.barred`);
  }
  return found;
}

/** Recorded facts that do not fit the docket: a count would have to guess what they mean. */
export function factFaults(docket, facts) {
  const motions = new Map(docket.motions.map((each) => [each.number, each])), wrong = [];
  for (const [number, decision] of facts.chair) {
    if (!chairFits(motions.get(number), decision)) wrong.push(`chair.${number}`);
  }
  for (const { number, candidate, mark } of facts.ties) {
    const motion = motions.get(number);
    const byName = motion?.method === "confidence" && motion.candidates.includes(candidate);
    if (!motion || (candidate !== null && !byName) || !["for", "against"].includes(mark)) wrong.push(`ties.${number}`);
  }
  for (const [number, names] of facts.lots) {
    const known = motions.get(number)?.candidates ?? [];
    if (!names.length || hasDoubled(names) || !names.every((name) => known.includes(name))) wrong.push(`lots.${number}`);
  }
  return wrong.map((where) => `fact-unusable ${where}`);
}

function chairFits(motion, decision) {
  if (!motion) return false;
  if (!(decision instanceof Map)) {
    // By plurality there is nothing to be for or against: the chair chooses names, or abstains.
    return motion.method === "plurality" ? decision === "abstain" : MARKS.includes(decision);
  }
  const byName = motion.method === "confidence" || motion.method === "plurality";
  return byName && [...decision].every(([name, mark]) => motion.candidates.includes(name) && MARKS.includes(mark));
}
