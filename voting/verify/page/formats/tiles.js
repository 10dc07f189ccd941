// A log's files as C2SP tlog-tiles lays them out: all full tiles, and the partial ones of the last size.
import { concat } from "./bytes.js";
import { FormatFault, require } from "./faults.js";
import { rootOf } from "./merkle.js";

const WIDTH = 256;
export const TILES = "tile/";
export const ENTRIES = "tile/entries/";

/** x001/x234/067 for 1,234,067; a partial one ends in .p/ and its width. */
function pathOf(folder, number, width = WIDTH) {
  const parts = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return folder + parts.join("/") + (width === WIDTH ? "" : `.p/${width}`);
}

function* chunks(items) {
  for (let start = 0; start < items.length; start += WIDTH) yield items.slice(start, start + WIDTH);
}

/** The files of hashes and of entries that these entries give, by path. */
export function filesOf(leaves, entries) {
  const files = new Map();
  for (let nodes = leaves, level = 0; nodes.length; level += 1) {
    const above = [];
    let number = 0;
    for (const tile of chunks(nodes)) {
      files.set(pathOf(`${TILES}${level}/`, number, tile.length), concat(...tile));
      if (tile.length === WIDTH) above.push(rootOf(tile));
      number += 1;
    }
    nodes = above;
  }
  let number = 0;
  for (const bundle of chunks(entries)) {
    const parts = bundle.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]);
    files.set(pathOf(ENTRIES, number, bundle.length), concat(...parts));
    number += 1;
  }
  return files;
}

/**
 * The entries in the files below tile/entries/, from the first bundle to the first partial or missing one.
 * @param {string[]} paths sorted @param {(path: string) => Uint8Array} read
 */
export function readEntries(paths, read) {
  const there = new Set(paths), entries = [];
  let number = 0;
  for (; there.has(pathOf(ENTRIES, number)); number += 1) take(pathOf(ENTRIES, number), WIDTH);
  const stem = `${pathOf(ENTRIES, number)}.p/`;
  const partial = paths.filter((path) => path.startsWith(stem) && !path.slice(stem.length).includes("/")).at(-1);
  if (partial !== undefined) {
    const width = partial.slice(stem.length);
    if (!/^[1-9][0-9]{0,2}$/.test(width) || width === String(WIDTH)) throw new FormatFault(`${partial} is no path of a bundle`);
    take(partial, Number(width));
  }
  return entries;

  function take(path, count) {
    const before = entries.length;
    entries.push(...split(read(path)));
    require(entries.length - before === count, `${path} holds ${entries.length - before} entries`);
  }
}

function split(data) {
  const found = [];
  for (let place = 0; place < data.length; ) {
    require(place + 2 <= data.length, "an entry is cut off");
    const end = place + 2 + data[place] * 256 + data[place + 1];
    require(end <= data.length, "an entry is cut off");
    found.push(data.subarray(place + 2, end));
    place = end;
  }
  return found;
}
