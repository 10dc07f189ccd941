// What may stand in a PDF between one signature and the next: the next signature, in the empty field that was
// kept for it.  A signature covers the file up to itself, so whoever signs later could have changed what was
// signed before; anything that a page shows, or could show instead, is refused.
import { require } from "./faults.js";
import { characters, objectsIn, pattern } from "./pdf.js";

const FIELD = pattern("/FT\\s*/Sig\\b");
const SIGNATURE = pattern("/Type\\s*/Sig\\b");
const LOOKS = pattern("/AP\\s*<<\\s*/N\\s+([0-9]+) 0 R\\s*>>", "g");
const PLACE = pattern("/Rect\\s*\\[([^\\]]*)\\]", "g");
const MORE = pattern("/(?:A|AA|Kids|Parent|MK|DA)\\b");
const STREAM = /\bstream\r?\n/;
const ROOT = pattern("/Root\\s+([0-9]{1,10}) 0 R", "g");
const PREVIOUS = pattern("/Prev\\s+([0-9]{1,10})\\b", "g");
const TABLE = pattern("(?<!start)xref\\s+((?:[0-9]{1,10} [0-9]{1,10}(?: [nf])?\\s+)+)trailer\\b", "g");
const SECTION = /(?<![0-9])([0-9]{1,10}) ([0-9]{1,10})(?! ?[nf0-9])/g;
const START = pattern("startxref\\s+([0-9]{1,10})\\s+%%EOF", "g");

/** What stands in the brackets of `form`, wherever it occurs. */
const every = (form, text) => [...text.matchAll(form)].map((each) => each[1]);
const isSame = (one, other) => one.length === other.length && one.every((each, i) => each === other[i]);

/** Refuse where anything but signatures was added after the first one.  Shape: `found` as of signaturesIn. */
export function requireOnlySignatures(data, found) {
  const text = characters(data), ends = found.map(({ end }) => end).sort((one, other) => one - other);
  for (let i = 1; i < ends.length; i += 1) requireSignature(text.slice(0, ends[i - 1]), text.slice(ends[i - 1], ends[i]));
}

function requireSignature(signed, added) {
  // Of an object that stands twice, the later one is meant.
  const known = new Map(bodiesIn(signed)), fresh = bodiesIn(added);
  for (const [number, body] of fresh) {
    require(!STREAM.test(body), "content was added between two signatures");
    if (known.has(number)) requireFilled(known.get(number), body);
    else require(SIGNATURE.test(body), "something was added between two signatures");
  }
  requireTable(signed, added, new Set(fresh.map(([number]) => number)));
}

const bodiesIn = (text) => objectsIn(text).map(({ number, from, to }) => [number, text.slice(from, to)]);

/** The one object that may change is the field that is signed: where it is and how it looks stays. */
function requireFilled(empty, field) {
  require(FIELD.test(empty) && FIELD.test(field) && !MORE.test(field), "something was changed between two signatures");
  const stays = isSame(every(LOOKS, empty), every(LOOKS, field)) && isSame(cornersOf(empty), cornersOf(field));
  require(stays, "a field was changed between two signatures");
}

function cornersOf(body) {
  const numbers = every(PLACE, body).flatMap((each) => each.split(/[ \t\n\r\f\v]+/).filter(Boolean));
  require(numbers.every((each) => /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(each)), "a field without a place");
  return numbers.map(Number);
}

/** The table of the addition names what was added and nothing else, and goes on from the one before. */
function requireTable(signed, added, fresh) {
  const tables = every(TABLE, added), starts = every(START, added), before = every(START, signed).slice(-1);
  require(tables.length === 1 && starts.length === 1 && before.length === 1, "an addition without a table of its own");
  const goesOn = Number(starts[0]) === signed.length + added.indexOf("xref") && isSame(every(PREVIOUS, added), before);
  require(goesOn, "an addition that does not go on from what was signed");
  require(isSame(every(ROOT, added), every(ROOT, signed).slice(-1)), "another beginning was added between two signatures");
  for (const [, first, count] of tables[0].matchAll(SECTION)) {
    for (let at = 0; at < Math.min(Number(count), added.length); at += 1) {
      const number = Number(first) + at;
      require(number === 0 || fresh.has(number), "the table of an addition names what was signed before");
    }
  }
}
