// The one zip that a bundle is: stored, 1980-01-01, made by Unix 2.0, mode 0100644, nothing optional.  Every
// header is built anew and compared; what differs in one byte is no bundle.  Source: ledger L8.
import { equal, utf8 } from "./bytes.js";
import { Unreadable } from "./faults.js";

const LOCAL = 30, CENTRAL = 46, END = 22;
const MOST_FILES = 2 ** 16 - 2;
const LARGEST_FILE = 2 * 2 ** 30, LARGEST_BUNDLE = 3 * 2 ** 30;
const NEEDS = 20, MADE_BY = (3 << 8) | 20, DATE = (1 << 5) | 1, MODE = (0o100644 << 16) >>> 0;
const PATH = /^[A-Za-z0-9_.-]{1,100}(\/[A-Za-z0-9_.-]{1,100}){0,9}$/;
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export const MANIFEST = "BUNDLE.json";
export const MANIFEST_NOTE = "BUNDLE.note";

function crc32(bytes) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) crc = (crc >>> 8) ^ CRC[(crc ^ bytes[i]) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

/** A header of little-endian numbers, each with its width in bytes, and a name behind it. */
function header(signature, numbers, name = "") {
  const size = numbers.reduce((sum, [width]) => sum + width, 4);
  const bytes = new Uint8Array(size + name.length), view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let place = 4;
  for (const [width, number] of numbers) {
    if (width === 2) view.setUint16(place, number, true);
    else view.setUint32(place, number, true);
    place += width;
  }
  bytes.set(utf8(name), size);
  return bytes;
}

const common = (crc, size, name) => [
  [2, NEEDS], [2, 0], [2, 0], [2, 0], [2, DATE], [4, crc], [4, size], [4, size], [2, name.length], [2, 0],
];
const localHeader = (name, crc, size) => header(0x04034b50, common(crc, size, name), name);
const centralHeader = (name, crc, size, offset) =>
  header(0x02014b50, [[2, MADE_BY], ...common(crc, size, name), [2, 0], [2, 0], [2, 0], [4, MODE], [4, offset]], name);
const endRecord = (files, size, offset) => header(0x06054b50, [[2, 0], [2, 0], [2, files], [2, files], [4, size], [4, offset], [2, 0]]);

function requireZip(holds, detail) {
  if (!holds) throw new Unreadable("no-bundle", detail);
}

/**
 * The files of a bundle's zip.
 * Shape   `files` by path (the first of doubled ones); `damaged` are paths whose CRC is wrong; `isOrdered`
 *         tells whether each path stands once and in its place.
 */
export function readZip(data) {
  requireZip(data.length >= END && data.length <= LARGEST_BUNDLE, "it is empty or larger than 3 GiB");
  const view = new DataView(data.buffer, data.byteOffset, data.length), end = data.length - END;
  const count = view.getUint16(end + 8, true), size = view.getUint32(end + 12, true), offset = view.getUint32(end + 16, true);
  requireZip(equal(data.subarray(end), endRecord(count, size, offset)), "the zip's end is not the one a bundle has");
  requireZip(count <= MOST_FILES && offset + size === end, "the zip's directory does not stand right before its end");
  const files = new Map(), names = [], damaged = [];
  let place = 0;
  for (const { name, crc, length } of directory(data, view, count, offset, end)) {
    const head = localHeader(name, crc, length), start = place + head.length;
    requireZip(start + length <= offset && equal(data.subarray(place, start), head), `the header of ${name} is not the one a bundle has`);
    const content = data.subarray(start, start + length);
    if (crc32(content) !== crc) damaged.push(name);
    if (!files.has(name)) files.set(name, content);
    names.push(name);
    place = start + length;
  }
  requireZip(place === offset, "something stands between the files and the directory");
  return { files, damaged, isOrdered: isOrdered(names) };
}

function* directory(data, view, count, offset, end) {
  let place = offset, expected = 0;
  for (let number = 0; number < count; number += 1) {
    requireZip(place + CENTRAL <= end, "the zip's directory is cut off");
    const crc = view.getUint32(place + 16, true), length = view.getUint32(place + 24, true);
    const bytes = data.subarray(place + CENTRAL, Math.min(end, place + CENTRAL + view.getUint16(place + 28, true)));
    const name = String.fromCharCode(...bytes);
    requireZip(PATH.test(name) && !name.includes("..") && length <= LARGEST_FILE, "a path or a size that no bundle has");
    const head = centralHeader(name, crc, length, expected);
    requireZip(equal(data.subarray(place, place + head.length), head), `the directory's line of ${name} is not the one a bundle has`);
    expected += LOCAL + name.length + length;
    requireZip(expected <= LARGEST_BUNDLE, "the files are larger than a bundle may be");
    yield { name, crc, length };
    place += head.length;
  }
  requireZip(place === end, "the zip's directory is longer than its files");
}

/** Whether each name stands once, BUNDLE.json and BUNDLE.note first, the others by their bytes. */
function isOrdered(names) {
  const rank = (name) => (name === MANIFEST ? 0 : name === MANIFEST_NOTE ? 1 : 2);
  return names.every((name, i) => {
    if (i === 0) return true;
    const before = names[i - 1];
    return rank(before) < rank(name) || (rank(before) === rank(name) && before < name);
  });
}
