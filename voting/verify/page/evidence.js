// What the checks share.  Each fact is read from the bundle once and belongs to one check: if it is not so,
// that check fails, and every other that asks for it learns on which one it rests.
import { refuting, Refuted } from "./formats/faults.js";
import { openInForce } from "./formats/checkpoint.js";
import { equal } from "./formats/bytes.js";
import { decodeEntry } from "./formats/entries.js";
import { decode } from "./formats/jcs.js";
import { isVote } from "./formats/kinds.js";
import * as lists from "./formats/lists.js";
import { leafHash, rootsAt } from "./formats/merkle.js";
import { parseVkey } from "./formats/note.js";
import { ENTRIES, readEntries } from "./formats/tiles.js";
import { readDocket } from "./count/docket.js";

/** @typedef {import("./formats/entries.js").Entry} Entry */
/** @typedef {{key: import("./formats/note.js").Verifier, checkpoints: {name: string, note: Uint8Array}[],
 *   receipts: {name: string, receipt: import("./formats/receipt.js").Receipt}[]}} Held what the user holds */

// An amend of these brings a new docket; one of the roll a new roll, one of paper a sheet.
const OF_DOCKET = ["period", "rules", "texts"];

export class Evidence {
  #known = new Map();

  /** @param {import("./formats/bundle.js").Bundle} bundle @param {Held} held */
  constructor(bundle, held, progress = () => {}) {
    Object.assign(this, { bundle, held, progress });
  }

  /** The fact `name`, made at the first question; a refutation is remembered as well. */
  once(name, make) {
    if (!this.#known.has(name)) this.#known.set(name, attempt(make));
    const { value, fault } = this.#known.get(name);
    if (fault) throw fault;
    return value;
  }

  get isAuditors() {
    return this.bundle.audience === "auditor";
  }

  get disclosure() {
    return this.genesis.body.disclosure;
  }

  /** Whether the private roll is due.  Source: ledger L7, L8. */
  get showsNames() {
    return this.isAuditors || this.disclosure === "L0";
  }

  get showsOpenings() {
    return this.isAuditors || this.disclosure !== "L2";
  }

  /** The entries' bytes as they stand in the tiles (check 7). */
  get raw() {
    return this.once("raw", () => {
      const read = (path) => this.bundle.read(path);
      const found = refuting(7, "tile", {}, () => readEntries(this.bundle.under(ENTRIES), read));
      if (!found.length) throw new Refuted(7, "no-entries");
      return found;
    });
  }

  get leaves() {
    return this.once("leaves", () => this.raw.map(leafHash));
  }

  /** The entries read (check 10); their places and times are that check's to compare.  @returns {Entry[]} */
  get entries() {
    return this.once("entries", () => this.raw.map((bytes, index) => refuting(10, "entry", { index }, () => decodeEntry(bytes))));
  }

  /** The entries of one kind, in order.  @returns {Entry[]} */
  of(kind) {
    return this.once("by kind", () => Map.groupBy(this.entries, (entry) => entry.kind)).get(kind) ?? [];
  }

  /** Everything that was sent: ballots and refused ones, in order. */
  get votes() {
    return this.once("votes", () => this.entries.filter(isVote));
  }

  get genesis() {
    const [first] = this.entries;
    if (first.kind !== "genesis") throw new Refuted(11, "no-entry-of", { kind: "genesis" });
    return first;
  }

  /** The first entry of a kind that has to be there (check 11). */
  only(kind) {
    const [found] = this.of(kind);
    if (!found) throw new Refuted(11, "no-entry-of", { kind });
    return found;
  }

  /** The log's keys with the index of the entry that brought each; the first is the user's. */
  get keys() {
    const rotated = this.of("key").map(({ index, body }) => ({ index, verifier: parseVkey(body.vkey) }));
    return [{ index: 0, verifier: this.held.key }, ...rotated];
  }

  /** The checkpoints by size, strict and signed (check 4), with their notes.  A promise. */
  get signed() {
    return this.once("signed", () => this.#signed());
  }

  async #signed() {
    const { keys } = this, found = [];
    const places = this.bundle.under("checkpoints/").map((path) => ({ path, size: sizeIn(path) }));
    places.sort((one, other) => one.size - other.size);
    for (const { path, size } of places) {
      const note = this.bundle.read(path), before = found.at(-1)?.size ?? 0;
      const checkpoint = await refuting(4, "checkpoint", { path }, () => openInForce(note, keys, size, before));
      found.push({ ...checkpoint, note });
      if (found.length % 64 === 0) await this.progress(found.length, places.length);
    }
    if (!found.length) throw new Refuted(4, "missing", { path: "checkpoints/" });
    const last = this.bundle.read("checkpoint");
    if (!last || !equal(last, found.at(-1).note)) throw new Refuted(4, "last-checkpoint", { path: "checkpoint" });
    return found;
  }

  /** The roots over the first so many entries, for the sizes that the log has reached. */
  roots(sizes) {
    return rootsAt(this.leaves, sizes);
  }

  /** The docket of the freeze and those of later amends, in order (check 12). */
  get dockets() {
    return this.once("dockets", () => {
      const freeze = this.only("freeze");
      const found = [this.#docketOf(freeze.index, "docket.json", freeze.body.docket_sha256)];
      for (const { index, body } of this.of("amend")) {
        if (OF_DOCKET.includes(body.what)) found.push(this.#docketOf(index, `dockets/${body.new_sha256}`, body.new_sha256));
      }
      return found;
    });
  }

  #docketOf(index, path, sha256) {
    const data = this.bundle.read(path);
    if (!data) throw new Refuted(12, "missing", { path });
    if (this.bundle.digest(path) !== sha256) throw new Refuted(12, "docket-hash", { path });
    return refuting(12, "docket", { path }, () => {
      const value = decode(data);
      return { index, sha256, value, docket: readDocket(value) };
    });
  }

  /** The docket by which the assembly is counted: the last one. */
  get docket() {
    return this.dockets.at(-1).docket;
  }

  /** The docket in force when entry `index` was written. */
  docketAt(index) {
    return this.dockets[Math.max(0, this.dockets.findLastIndex((each) => each.index < index))].docket;
  }

  /** The public roll by member (check 14). */
  get roll() {
    return this.once("roll", () => new Map(lists.roll(this.bundle, 14).map((each) => [each.member, each])));
  }

  /** The openings by index (check 17); none where they are withheld. */
  get openings() {
    return this.once("openings", () => {
      const found = this.showsOpenings ? lists.openings(this.bundle, 17) : [];
      return new Map(found.map((each) => [each.index, each]));
    });
  }

  /** The indices of votes whose opening is due and not there. */
  get unopened() {
    if (!this.showsOpenings) return [];
    const due = this.votes.filter(({ body }) => body.commitment !== null).map(({ index }) => index);
    return due.filter((index) => !this.openings.has(index));
  }

  get erasures() {
    return this.of("erase").map(({ body }) => body);
  }

  /** The votes of these members, in millionths. */
  votesOf(members) {
    let sum = 0n;
    for (const member of members) sum += this.roll.get(member).votes;
    return sum;
  }

  /** The entries that brought new texts, in order. */
  get newTexts() {
    return this.once("new texts", () => this.of("amend").filter(({ body }) => body.what === "texts"));
  }

  /** The entry whose texts a vote answers, and whose leaf it names: the freeze, or an amend of texts. */
  textsOf(vote) {
    return this.newTexts.findLast((amend) => isGivenOn(amend, vote)) ?? this.only("freeze");
  }
}

/**
 * Whether a vote was given on the texts that an amend brought, or on later ones (ledger L3, amend).
 * By the web it answers those under which it was recorded; a sheet those under which it arrived, by its place in
 * the log and by its hour, whenever two persons came to read it.
 */
export function isGivenOn(amend, { index, body }) {
  if (body.paper === null) return index > amend.index;
  return body.paper > amend.index && body.received_at >= amend.time;
}

function attempt(make) {
  try {
    return { value: make() };
  } catch (fault) {
    if (fault instanceof Refuted) return { fault };
    throw fault;
  }
}

function sizeIn(path) {
  const size = path.slice("checkpoints/".length);
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size)) throw new Refuted(4, "checkpoint-place", { path });
  return Number(size);
}
