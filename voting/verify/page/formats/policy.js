// Witness policies (C2SP tlog-policy) and Ed25519 cosignatures (C2SP tlog-cosignature).
import { utf8 } from "./bytes.js";
import { FormatFault, require } from "./faults.js";
import { parseVkey, requireName, splitNote, splitVkey } from "./note.js";
import { isSigned } from "./ed25519.js";
import { keyId } from "./signatures.js";

const COSIGNATURE = 4;

/** @typedef {{logs: string[], parties: Map<string, {key?: Uint8Array, name?: string, id?: string, needed?: number,
 *   members?: string[]}>, quorum: string | null}} Policy witnesses and groups by name, in order */

/** The policy in a text.  @returns {Policy} */
export function readPolicy(text) {
  const policy = { logs: [], parties: new Map(), quorum: null }, grouped = new Set();
  for (const line of text.split("\n")) {
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (words.length && !words[0].startsWith("#")) readLine(policy, grouped, words);
  }
  require(policy.quorum !== null, "no quorum");
  const keys = [...policy.parties.values()].filter((each) => each.key).map((each) => each.key.join());
  require(new Set(keys).size === keys.length, "one key for two witnesses");
  return policy;
}

function readLine(policy, grouped, words) {
  const [kind, name, ...rest] = words;
  const define = (party) => {
    require(name !== "none" && !policy.parties.has(name), `${name} is defined twice`);
    policy.parties.set(name, party);
  };
  if (kind === "log" && name && rest.length <= 1) policy.logs.push(parseVkey(name).vkey);
  else if (kind === "witness" && (rest.length === 1 || rest.length === 2)) define(readWitness(rest[0]));
  else if (kind === "group" && rest.length >= 2) define(readGroup(policy, grouped, rest));
  else if (kind === "quorum" && name && !rest.length && policy.quorum === null && (name === "none" || policy.parties.has(name))) {
    policy.quorum = name;
  } else throw new FormatFault(`a line that says nothing: ${words.join(" ").slice(0, 80)}`);
}

/** A verifier key of signature type 4. */
function readWitness(vkey) {
  const { name, id, type, key } = splitVkey(vkey);
  requireName(name);
  require(type === COSIGNATURE && key.length === 32 && keyId(name, type, key) === id, "a witness's key is no Ed25519 cosignature key");
  return { name, id, key };
}

function readGroup({ parties }, grouped, [threshold, ...members]) {
  const isSound = new Set(members).size === members.length && members.every((each) => parties.has(each) && !grouped.has(each));
  require(isSound, "a member of a group is unknown, or stands in two places");
  members.forEach((each) => grouped.add(each));
  const named = { any: 1, all: members.length };
  const needed = named[threshold] ?? (/^[1-9][0-9]{0,3}$/.test(threshold) ? Number(threshold) : 0);
  require(needed >= 1 && needed <= members.length, "a group's threshold is none");
  return { needed, members };
}

/** The names of the witnesses that cosigned a note; a cosignature of one of them that is wrong refuses it. */
export async function signedBy({ parties }, note) {
  const { text, lines } = splitNote(note), found = [];
  for (const [party, witness] of parties) {
    if (!witness.key) continue;
    const own = lines.filter((line) => line.name === witness.name && line.id === witness.id);
    for (const { signature } of own) {
      require(signature.length === 72 && signature[0] < 0x80, `the cosignature of ${witness.name} is none`);
      const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
      const holds = await isSigned(witness.key, signature.subarray(8), utf8(`cosignature/v1\ntime ${time}\n${text}`));
      require(holds, `the cosignature of ${witness.name} is wrong`);
    }
    if (own.length) found.push(party);
  }
  return found;
}

/** Whether these witnesses are what the policy asks for. */
export function isQuorum({ parties, quorum }, names) {
  if (quorum === "none") return true;
  const isThere = (name) => {
    const { members, needed } = parties.get(name);
    return members ? members.filter(isThere).length >= needed : names.includes(name);
  };
  return isThere(quorum);
}
