// The count alone, from plain values, for whoever compares it with another count.
import { utf8 } from "../formats/bytes.js";
import { decode, encode, isObject } from "../formats/jcs.js";
import { parseInstant } from "../formats/instants.js";
import { readDocket } from "./docket.js";
import { parseVotes } from "./numbers.js";
import { count, silentMembers } from "./tally.js";

const tableOrMark = (value) => (isObject(value) ? new Map(Object.entries(value)) : value);
const byNumber = (value, read) => new Map(Object.entries(value).map(([number, each]) => [Number(number), read(each)]));

/**
 * The text of result.json, without what only a ledger can tell, and the silent members, of JSON text:
 * {docket, roll: [{member, votes, category}], submissions: [{member, choices, received_at, channel, order,
 * proxy, defect}], facts: {left, undelivered, chair, ties: [{number, candidate, mark}], lots}}.
 */
export function countJson(text) {
  const { docket, roll, submissions, facts } = decode(utf8(text));
  const given = [
    readDocket(docket),
    roll.map((each) => ({ ...each, votes: parseVotes(each.votes) })),
    submissions.map((each) => ({
      member: each.member, choices: byNumber(each.choices, (choice) => choice), at: parseInstant(each.received_at),
      isPaper: each.channel !== "web", order: each.order, isProxy: each.proxy, hasDefect: each.defect !== null,
    })),
    {
      left: new Map(Object.entries(facts.left).map(([member, at]) => [member, parseInstant(at)])),
      undelivered: new Set(facts.undelivered), chair: byNumber(facts.chair, tableOrMark), ties: facts.ties,
      lots: byNumber(facts.lots, (names) => names),
    },
  ];
  return { result: new TextDecoder().decode(encode(count(...given))), silent: silentMembers(...given) };
}
