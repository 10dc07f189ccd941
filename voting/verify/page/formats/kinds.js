// The kinds of entries: exactly the members of each body, and the rules within one entry.  Source: ledger L3.
import { require } from "./faults.js";
import {
  anyText, base64, count, decision, fromOne, hash, instant, list, nullable, object, oneOf, origin, target, text, vkey, votes,
} from "./fields.js";

const channel = oneOf("web", "post", "fax", "mail", "hand", "paper");
const level = oneOf("K0", "K1", "KP");
const pair = list(hash, 2);
const sent = {
  channel, level, received_at: instant, signature: nullable(base64(64)), paper: nullable(count), entered_by: nullable(pair),
};

/** Null in one place exactly where something else is so. */
const exactly = (isNull, holds, what) => require(isNull === holds, what);

function paperForm(body) {
  const byWeb = body.channel === "web";
  exactly(byWeb, body.level !== "KP", "level: KP exactly for the channels other than web");
  exactly(body.paper === null, byWeb, "paper: null exactly for the channel web");
  exactly(body.entered_by === null, byWeb, "entered_by: null exactly for the channel web");
}

/** @type {Record<string, [Record<string, Function>, ((body: any) => void)?]>} readers, and what must fit */
const BODIES = {
  genesis: [{
    software: object({ name: text, version: text }), log_key: vkey, policy: anyText, timestamps: list(hash),
    disclosure: oneOf("L0", "L1", "L2"), previous: nullable(object({ log: origin, checkpoint_sha256: hash })),
  }],
  freeze: [{ docket_sha256: hash, roll: object({ members: count, votes, root: hash }), approvals: pair }],
  issue: [{ members: count, root: hash, level: oneOf("K0", "K1") }],
  delivery: [{ delivered: count, failed: count, root: hash }],
  ballot: [{ member: hash, sequence: fromOne, replaces: nullable(count), commitment: hash, ...sent }, (body) => {
    paperForm(body);
    exactly(body.signature === null, body.level === "KP", "signature: null exactly for level KP");
    exactly(body.replaces === null, body.sequence === 1, "replaces: null exactly for the first ballot");
  }],
  refused: [{
    member: nullable(hash), reason: oneOf("late", "early", "suspended", "not_on_roll", "invalid"), commitment: nullable(hash), ...sent,
  }, (body) => {
    paperForm(body);
    exactly(body.member === null, body.reason === "not_on_roll", "member: null exactly for reason not_on_roll");
    require(body.member !== null || body.commitment === null, "commitment: a ballot names its member, and there is none");
    exactly(body.signature === null, body.level === "KP" || body.commitment === null,
      "signature: null exactly for level KP or without a commitment");
  }],
  paper: [{ serial: text, arrived_at: instant, scan_sha256: hash, by: hash }],
  credential: [{ member: hash, operation: oneOf("reissue", "revoke"), key: nullable(base64(32)), reason: text }, (body) =>
    exactly(body.key === null, body.operation === "revoke", "key: null exactly for a revocation")],
  fact: [{
    what: oneOf("left", "chair_decision", "tie_decision", "lot"), motion: nullable(fromOne), member: nullable(hash), at: instant,
    value: decision, approvals: pair,
  }, (body) => {
    const leaves = body.what === "left";
    exactly(body.member === null, !leaves, "member: given exactly for left");
    exactly(body.motion === null, leaves, "motion: null exactly for left");
    exactly(body.value === null, leaves, "value: null exactly for left");
  }],
  amend: [{
    what: oneOf("period", "rules", "texts", "roll", "paper"), old_sha256: hash, new_sha256: hash, reason: text, approvals: pair,
  }],
  incident: [{ from: instant, to: instant, what: oneOf("outage", "restore", "clock") }, (body) =>
    require(body.from <= body.to, "to: an incident ends after it began")],
  operator: [{ action: text, by: hash, target: nullable(target) }],
  close: [{ closes_at: instant, last_index: count, members: count, votes }],
  deemed: [{ members: count, votes, root: hash, clause: anyText }],
  tally: [{ result_sha256: hash }],
  result: [{ documents: list(hash) }],
  correction: [{ of: count, reason: text, result_sha256: hash, approvals: pair }],
  key: [{ operation: oneOf("rotate"), vkey }],
  erase: [{ records: count, root: hash, rule: text }],
};

export const isKind = (kind) => typeof kind === "string" && Object.hasOwn(BODIES, kind);

/** The body of an entry of one kind, instants as whole milliseconds. */
export function readBody(kind, value) {
  const [readers, requireSound] = BODIES[kind];
  const body = object(readers)(value);
  requireSound?.(body);
  return body;
}

export const isVote = (entry) => entry.kind === "ballot" || entry.kind === "refused";
