// Salted commitments, and what a ballot's commitment may open to.  Source: ledger L2.
import { concat, hex, isHash, utf8 } from "./bytes.js";
import { require } from "./faults.js";
import { encode, isObject } from "./jcs.js";
import { sha256 } from "./sha256.js";

export const MARKS = ["for", "against", "abstain", "blank", "both"];
const ZERO = Uint8Array.of(0);

/** SHA-256 over a label and fields, parted by one zero byte, in hex. */
function commit(label, ...fields) {
  return hex(sha256(concat(utf8(label), ...fields.flatMap((field) => [ZERO, field]))));
}

// A control character could move the border between two fields.
const requirePlain = (...texts) => require(!texts.some((text) => /[\0-\x1f]/.test(text)), "a control character in an origin or an id");

/** mc: what stands for a member in one log.  `salt` is 32 bytes. */
export function memberCommitment(origin, id, salt) {
  requirePlain(origin, id);
  return commit("voting/member/v1", utf8(origin), utf8(id), salt);
}

/** bc: what a ballot was committed to. */
export const ballotCommitment = (ballot, salt) => commit("voting/ballot/v1", salt, encode(ballot));

/** pc: what stands for an officer. */
export function personCommitment(person, salt) {
  requirePlain(person.id);
  return commit("voting/person/v1", salt, encode({ id: person.id, name: person.name, role: person.role }));
}

/** Refuse what is not the opening of a ballot: other members, types or marks. */
export function requireBallot(ballot) {
  require(isObject(ballot), "a ballot is an object");
  const due = ["base", "choices", "log", "member", "sequence"], names = Object.keys(ballot);
  require(due.every((name) => names.includes(name)), "a ballot has base, choices, log, member and sequence");
  require(names.every((name) => due.includes(name) || name === "proxy" || name === "defect"), "a ballot has something unknown");
  require(isHash(ballot.base) && isHash(ballot.member), "a ballot's base and member are 64 lowercase hex digits");
  require(typeof ballot.log === "string", "a ballot's log is a string");
  require(Number.isInteger(ballot.sequence) && ballot.sequence >= 1, "a ballot's sequence counts from 1");
  requireChoices(ballot.choices);
  if ("defect" in ballot) require(typeof ballot.defect === "string" && ballot.defect, "a ballot's defect is a text");
  if ("proxy" in ballot) {
    require(ballot.proxy === true && !Object.keys(ballot.choices).length, "a proxy is true and has no choices of its own");
  }
}

function requireChoices(choices) {
  require(isObject(choices), "choices are an object");
  for (const [number, choice] of Object.entries(choices)) {
    require(/^[1-9][0-9]{0,8}$/.test(number), "choices go by the number of the motion");
    require(isChoice(choice), `the choice on motion ${number} is none`);
  }
}

/** A mark, marks by candidate, or the names of chosen candidates, each once. */
function isChoice(choice) {
  if (typeof choice === "string") return MARKS.includes(choice);
  if (Array.isArray(choice)) {
    return choice.every((name) => typeof name === "string") && new Set(choice).size === choice.length;
  }
  const marks = isObject(choice) ? Object.values(choice) : [];
  return marks.length > 0 && marks.every((mark) => MARKS.includes(mark));
}
