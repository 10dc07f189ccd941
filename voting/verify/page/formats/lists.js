// The lists of a bundle, read strictly: every line canonical, in its order, each thing once.  Source: ledger L8.
import { fromHex, isHash, unb64 } from "./bytes.js";
import { requireBallot } from "./commitments.js";
import { Refuted, refuting, require } from "./faults.js";
import { parseInstant } from "./instants.js";
import { decode, hasExactly } from "./jcs.js";
import { parseVotes } from "../count/numbers.js";

const ROLES = ["administrator", "entry", "checker", "chair", "auditor"];
const CHANNELS = ["mail", "web", "post", "fax", "hand", "phone"];
const LONGEST_VOTES = 40; // characters; more votes than there are atoms is no number of votes
export const FILES = {
  roll: "roll/public.jsonl", names: "roll/private.jsonl", issued: "issued.jsonl", delivery: "delivery.jsonl",
  deemed: "deemed.jsonl", openings: "openings.jsonl", persons: "persons.jsonl",
};

/** Lines end in U+000A; an empty list is an empty file. */
function* linesOf(bundle, path, number) {
  const data = bundle.read(path);
  if (!data) throw new Refuted(number, "missing", { path });
  let place = 1;
  for (let start = 0; start < data.length; place += 1) {
    const end = data.indexOf(10, start);
    if (end < 0) throw new Refuted(number, "line", { path, line: place, detail: "no line feed at its end" });
    yield [place, data.subarray(start, end)];
    start = end + 1;
  }
}

/** The lines of a file, each with exactly these members, as `read` makes them of its value and bytes. */
function listOf(bundle, path, number, members, read) {
  const found = [];
  for (const [line, bytes] of linesOf(bundle, path, number)) {
    found.push(refuting(number, "line", { path, line }, () => {
      const value = decode(bytes);
      require(hasExactly(value, members), `not an object with exactly ${members.join(", ")}`);
      return read(value, bytes);
    }));
  }
  return found;
}

function requireAscending(found, key, path, number) {
  for (let i = 1; i < found.length; i += 1) {
    if (!(found[i - 1][key] < found[i][key])) throw new Refuted(number, "line-order", { path, line: i + 1 });
  }
  return found;
}

const text = (value) => (require(typeof value === "string", "something is not a string"), value);
const hash = (value) => (require(isHash(value), "something is not 64 lowercase hex digits"), value);
const oneOf = (value, words) => (require(words.includes(value), `something is not one of ${words.join(", ")}`), value);
const salt = (value) => fromHex(hash(value));

/** More than nothing, in the one spelling of the ledger, in millionths. */
function votes(value) {
  const fits = text(value).length <= LONGEST_VOTES && !(value.includes(".") && value.endsWith("0"));
  require(fits, "something is no number of votes above 0");
  return parseVotes(value);
}

/** By member: category, votes in millionths, and the line that is its leaf. */
export const roll = (bundle, number) => requireAscending(
  listOf(bundle, FILES.roll, number, ["category", "member", "votes"], (value, line) => (
    { category: text(value.category), member: hash(value.member), votes: votes(value.votes), line })),
  "member", FILES.roll, number);

export const names = (bundle, number) => requireAscending(
  listOf(bundle, FILES.names, number, ["id", "member", "name", "salt"], (value) => (
    { id: text(value.id), member: hash(value.member), name: text(value.name), salt: salt(value.salt) })),
  "member", FILES.names, number);

/** The order within a batch is for its entry to check. */
export const issued = (bundle, number) =>
  listOf(bundle, FILES.issued, number, ["key", "level", "member"], (value, line) => {
    const key = unb64(text(value.key));
    require(key.length === 32, "the key is no Ed25519 public key");
    return { key, level: text(value.level), member: hash(value.member), line };
  });

/** The order within a batch is for its entry to check. */
export const delivery = (bundle, number) =>
  listOf(bundle, FILES.delivery, number, ["channel", "member", "status", "time"], (value, line) => ({
    channel: oneOf(value.channel, CHANNELS), member: hash(value.member), status: oneOf(value.status, ["delivered", "failed"]),
    time: parseInstant(value.time), order: [value.member, value.channel, value.time, value.status].join(" "), line,
  }));

export const deemed = (bundle, number) => requireAscending(
  listOf(bundle, FILES.deemed, number, ["member"], (value) => ({ member: hash(value.member) })),
  "member", FILES.deemed, number).map((each) => each.member);

export const openings = (bundle, number) => requireAscending(
  listOf(bundle, FILES.openings, number, ["ballot", "index", "salt"], (value) => {
    requireBallot(value.ballot);
    require(Number.isInteger(value.index), "the index is no number");
    return { ballot: value.ballot, index: value.index, salt: salt(value.salt) };
  }),
  "index", FILES.openings, number);

/** Officers; with number, name and salt in an auditor's bundle only. */
export const persons = (bundle, number, isOpened) => requireAscending(
  listOf(bundle, FILES.persons, number, isOpened ? ["pc", "person", "salt"] : ["pc", "role"], (value) => {
    // Nothing in a public bundle proves the role; at least it is one.
    if (!isOpened) return { pc: hash(value.pc), role: oneOf(value.role, ROLES) };
    require(hasExactly(value.person, ["id", "name", "role"]), "a person has exactly id, name and role");
    const { id, name, role } = value.person;
    return { pc: hash(value.pc), person: { id: text(id), name: text(name), role: oneOf(role, ROLES) }, salt: salt(value.salt) };
  }),
  "pc", FILES.persons, number);
