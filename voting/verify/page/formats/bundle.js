// A bundle: its files, and the list of them that BUNDLE.json is.  Nothing in it is believed yet.
import { hex, isHash } from "./bytes.js";
import { FormatFault, Unreadable } from "./faults.js";
import { decode, hasExactly, isObject } from "./jcs.js";
import { fileHash } from "./signatures.js";
import { MANIFEST, MANIFEST_NOTE, readZip } from "./zip.js";

const AT_ONCE = 256;

export class Bundle {
  constructor(zip, listed, digests, bytes) {
    Object.assign(this, zip, { audience: listed.audience, log: listed.log, declared: listed.files, digests, bytes });
    this.paths = [...this.files.keys()].sort();
  }

  /** The content of a file, or undefined where there is none. */
  read(path) {
    return this.files.get(path);
  }

  /** SHA-256, in hex, of a file that is there. */
  digest(path) {
    return this.digests.get(path);
  }

  /** The paths below a folder, in order. */
  under(folder) {
    return this.paths.filter((path) => path.startsWith(folder));
  }
}

/** @returns {Promise<Bundle>} */
export async function readBundle(data, progress = () => {}) {
  const zip = readZip(data), manifest = zip.files.get(MANIFEST);
  if (!manifest || !zip.files.has(MANIFEST_NOTE)) throw new Unreadable("no-bundle", "it has no BUNDLE.json or no BUNDLE.note");
  const listed = readManifest(manifest), digests = new Map(), paths = [...zip.files.keys()];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const batch = paths.slice(start, start + AT_ONCE);
    const hashes = await Promise.all(batch.map((path) => fileHash(zip.files.get(path))));
    batch.forEach((path, i) => digests.set(path, hex(hashes[i])));
    await progress(digests.size, paths.length);
  }
  return new Bundle(zip, listed, digests, data.length);
}

function readManifest(bytes) {
  const refuse = (detail) => new Unreadable("no-bundle", `BUNDLE.json: ${detail}`);
  let value;
  try {
    value = decode(bytes);
  } catch (error) {
    throw error instanceof FormatFault ? refuse(error.message) : error;
  }
  if (!hasExactly(value, ["audience", "files", "format", "log"])) throw refuse("not exactly audience, files, format and log");
  if (value.format !== "voting-bundle/1") throw refuse("not of the format voting-bundle/1");
  if (!["public", "auditor"].includes(value.audience) || typeof value.log !== "string") throw refuse("no audience or no log");
  if (!isObject(value.files) || !Object.values(value.files).every(isHash)) throw refuse("files without their SHA-256");
  return { ...value, files: new Map(Object.entries(value.files)) };
}
