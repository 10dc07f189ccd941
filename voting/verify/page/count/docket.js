// docket.json read strictly: a setting that is left out where it must stand, or written where it is the
// default, is refused, so that one docket has one form.  Whether it is sound is for soundness.js.
// Source: ledger L8, docket.json; rules R1, R5, R10.
import { FormatFault } from "../formats/faults.js";
import { parseInstant } from "../formats/instants.js";
import { isObject } from "../formats/jcs.js";
import { parseFraction } from "./numbers.js";

const BODY_KINDS = [
  "voluntary", "general-incorporated", "npo", "neighbourhood", "condominium", "company", "cooperative", "other",
];
const SILENCE = ["not_counted", "for", "against", "abstain", "proxy_to_chair"];
const RELATIONS = ["more_than", "at_least", "less_than", "at_most"];
const UNITS = ["votes", "members"];

/** @typedef {{count: string, relation: string, fraction: import("./numbers.js").Fraction, of: string, by: string,
 *   category: string | null}} Test */
/** @typedef {{count: bigint | null, fraction: object | null}} Brake */
/** @typedef {{number: number, title: string, documents: {name: string, sha256: string}[], isElection: boolean,
 *   dependsOn: number[], requires: Test[] | null, nonSubmission: string | null, barred: string[],
 *   objections: Brake | null, method: string | null, seats: number | null, candidates: string[]}} Motion */
/** @typedef {{body: {kind: string, name: string}, title: string, opensAt: number, closesAt: number,
 *   documents: {name: string, sha256: string}[], motions: Motion[], rules: Record<string, any>}} Docket */

/** Each reader gets a value and its path, and throws where it does not fit. */
const refuse = (where) => new FormatFault(where || "not a docket");

function text(value, where) {
  if (typeof value !== "string") throw refuse(where);
  return value;
}

function whole(value, where) {
  if (!Number.isInteger(value)) throw refuse(where);
  return value;
}

function flag(value, where) {
  if (typeof value !== "boolean") throw refuse(where);
  return value;
}

const word = (...words) => (value, where) => {
  if (!words.includes(value)) throw refuse(where);
  return value;
};

const reading = (read) => (value, where) => {
  try {
    return read(value);
  } catch {
    throw refuse(where);
  }
};
const fraction = reading(parseFraction), instant = reading(parseInstant);
const day = (value, where) => {
  instant(`${text(value, where)}T00:00:00.000Z`, where);
  return value;
};

const orNull = (read) => (value, where) => (value === null ? null : read(value, where));

const list = (read, least = 0) => (value, where) => {
  if (!Array.isArray(value) || value.length < least) throw refuse(where);
  return value.map((each, place) => read(each, `${where}.${place}`));
};

/** An object with all of `required` and some of `optional`; what is left out becomes undefined. */
const object = (required, optional = {}) => (value, where) => {
  if (!isObject(value)) throw refuse(where);
  const found = {};
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) throw refuse(where);
  }
  for (const [name, read] of Object.entries({ ...required, ...optional })) {
    if (Object.hasOwn(value, name)) found[name] = read(value[name], where ? `${where}.${name}` : name);
    else if (Object.hasOwn(required, name)) throw refuse(where);
  }
  return found;
};

const threshold = object(
  { count: word("for", "against", "abstain", "returned", "present"), relation: word(...RELATIONS), fraction,
    of: word("roll", "present", "valid", "yes_no", "returned") },
  { by: word("members"), category: text },
);
const test = (value, where) => ({ by: "votes", category: null, ...threshold(value, where) });
const brakeParts = object({}, { count: whole, fraction });
const brake = (value, where) => ({ count: null, fraction: null, ...brakeParts(value, where) });
const documents = list(object({ name: text, sha256: text }));
const texts = (value, where) => {
  if (!isObject(value)) throw refuse(where);
  return new Map(Object.entries(value).map(([name, each]) => [name, text(each, `${where}.${name}`)]));
};

const rules = object({
  non_submission: word(...SILENCE),
  blank: word("invalid", "for", "against", "abstain"),
  both_marked: word("invalid", "as_blank"),
  duplicates: word("last_received", "web", "paper", "first"),
  blank_overrides: flag,
  late: word("excluded", "not_submitted"),
  undelivered: word("excluded", "not_submitted"),
  quorum: orNull(object({ fraction, relation: word(...RELATIONS), by: word(...UNITS), deemed: flag })),
  requires: list(test),
  tie: word("rejected", "chair"),
  objections: orNull(brake),
  abstain: flag,
  clauses: texts,
  preset: orNull(text),
});

const motionParts = object({ number: whole, title: text, documents }, {
  depends_on: list(whole, 1), requires: list(test), non_submission: word(...SILENCE), barred: list(text, 1), objections: brake,
  kind: word("election"), method: word("confidence", "slate", "plurality"), seats: whole, candidates: list(text, 1),
});

/** @returns {Motion} */
function motion(value, where) {
  const found = motionParts(value, where);
  return {
    number: found.number, title: found.title, documents: found.documents, isElection: found.kind === "election",
    dependsOn: found.depends_on ?? [], requires: found.requires ?? null, nonSubmission: found.non_submission ?? null,
    barred: found.barred ?? [], objections: found.objections ?? null, method: found.method ?? null, seats: found.seats ?? null,
    candidates: found.candidates ?? [],
  };
}

const docketParts = object({
  assembly: object({ closes_at: instant, opens_at: instant, record_date: day, title: text }, { chair: text }),
  body: object({ kind: word(...BODY_KINDS), name: text }),
  format: word("voting-docket/1"),
  motions: list(motion),
  rules,
}, { documents: list(object({ name: text, sha256: text }), 1) });

/** The docket in the value of a docket.json.  @returns {Docket} */
export function readDocket(value) {
  const found = docketParts(value, "");
  const { title, opens_at: opensAt, closes_at: closesAt } = found.assembly;
  return { body: found.body, title, opensAt, closesAt, documents: found.documents ?? [], motions: found.motions, rules: found.rules };
}

/** The tests a motion must meet, what silence is on it, and its brake: its own, else the assembly's. */
export const requiresOf = (docket, one) => one.requires ?? docket.rules.requires;
export const silenceOf = (docket, one) => one.nonSubmission ?? docket.rules.non_submission;
export const objectionsOf = (docket, one) => one.objections ?? docket.rules.objections;
