// As little of PDF (ISO 32000-1) as is needed: the files embedded in a result, and its signatures.  Only
// objects that stand in the open are seen; what hides in an object stream is not found, and its check fails.
import { concat, fromHex } from "./bytes.js";
import { FormatFault, require } from "./faults.js";

const LARGEST = 64 * 2 ** 20; // bytes of an embedded file
const SPACE = "[ \\t\\n\\r\\f\\v]";
/** A regular expression in which \s is what PDF calls white space. */
export const pattern = (source, flags = "") => new RegExp(source.replaceAll("\\s", SPACE), flags);
const OBJECT = pattern("(?<![0-9])([0-9]{1,10}) 0 obj\\b", "g");
const FILE_SPEC = pattern("/Type\\s*/Filespec\\b");
const EMBEDDED = pattern("/EF\\s*<<[^<>]*?/(?:UF|F)\\s+([0-9]{1,10}) 0 R");
const NAME = pattern("/(?:UF|F)\\s*\\(([^()\\\\]*)\\)", "g");
const LENGTH = pattern("/Length\\s+([0-9]{1,10})\\b(?!\\s+0 R)");
const FILTER = pattern("/Filter\\s*(\\[[^\\]]*\\]|/[A-Za-z0-9]+)");
const BYTE_RANGE = pattern("/ByteRange\\s*\\[\\s*([0-9]+)\\s+([0-9]+)\\s+([0-9]+)\\s+([0-9]+)\\s*\\]", "g");
const SIGNATURE = pattern("/ByteRange\\b|/Type\\s*/Sig\\b|/FT\\s*/Sig\\b");

/** Bytes as characters, one for each, so that places in the text are places in the bytes. */
export const characters = (data) => new TextDecoder("x-user-defined").decode(data);

/** The objects that stand in the open, in their order: their numbers, and where they begin and end. */
export function objectsIn(text) {
  const starts = [...text.matchAll(OBJECT)];
  return starts.map((start, i) => ({
    number: Number(start[1]), from: start.index + start[0].length, to: starts[i + 1]?.index ?? text.length,
  }));
}

/** Every file of that name in the PDF, the older revisions' included. */
export async function embedded(data, name) {
  const text = characters(data), objects = objectsIn(text), found = [];
  for (const { from, to } of objects) {
    const body = text.slice(from, to);
    if (!FILE_SPEC.test(body) || ![...body.matchAll(NAME)].some((each) => each[1] === name)) continue;
    const reference = EMBEDDED.exec(body);
    require(reference, "a file specification without a file");
    for (const each of objects) if (each.number === Number(reference[1])) found.push(await contentOf(data, text, each));
  }
  return found;
}

async function contentOf(data, text, { from, to }) {
  const body = text.slice(from, to), stream = /\bstream\r?\n/.exec(body);
  require(stream, "an embedded file without content");
  const head = body.slice(0, stream.index), length = LENGTH.exec(head), start = from + stream.index + stream[0].length;
  // A content could hold what looks like the end, or the next object: only its length says where it ends.
  const end = start + Number(length?.[1] ?? NaN);
  require(end <= to && /^[\r\n]*endstream/.test(text.slice(end, end + 64)), "an embedded file whose length is not its own");
  const filters = FILTER.exec(head)?.[1].replace(/[[\]]/g, " ").trim().split(/\s+/) ?? [], packed = data.subarray(start, end);
  require(filters.join() === "" || filters.join() === "/FlateDecode", "an embedded file in another packing than Flate");
  const found = filters.join() ? await inflated(packed) : packed;
  require(found.length <= LARGEST, "an embedded file that is too large");
  return found;
}

async function inflated(packed) {
  const parts = [];
  let size = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (let next = await reader.read(); !next.done && size <= LARGEST; next = await reader.read()) {
      parts.push(next.value);
      size += next.value.length;
    }
    await reader.cancel();
  } catch {
    throw new FormatFault("an embedded file that cannot be unpacked");
  }
  return concat(...parts);
}

/**
 * The signatures in the PDF: {covered, contents padded with zeros, end: where what it covers ends, isWhole}.
 * A trace of none is refused.
 */
export function signaturesIn(data) {
  const text = characters(data);
  if (!SIGNATURE.test(text)) return [];
  const found = [...text.matchAll(BYTE_RANGE)].map((each) => {
    const [start, length, rest, end] = each.slice(1).map(Number);
    require(start === 0 && length < rest && rest <= data.length, "a signature over no sensible range");
    const gap = /^[ \t\n\r\f\v]*<((?:[0-9A-Fa-f]{2})*)>[ \t\n\r\f\v]*$/.exec(text.slice(length, rest));
    require(gap, "a signature that is not in hex digits, or leaves out more than itself");
    const covered = concat(data.subarray(0, length), data.subarray(rest, rest + end));
    return { covered, contents: fromHex(gap[1]), end: rest + end, isWhole: rest + end === data.length };
  });
  require(found.length > 0, "a signature field without a signature");
  return found;
}
