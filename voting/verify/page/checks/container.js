// Checks 1 to 3: the container, the note over its list of files, the key.
import { difference, equal, hex, utf8 } from "../formats/bytes.js";
import { Refuted, refuting } from "../formats/faults.js";
import { FILES } from "../formats/lists.js";
import { readNote } from "../formats/note.js";
import { sha256 } from "../formats/sha256.js";
import { MANIFEST, MANIFEST_NOTE } from "../formats/zip.js";

const ALWAYS = [
  "log.vkey", "docket.json", FILES.roll, FILES.issued, FILES.delivery, FILES.deemed, FILES.persons, "result.json", "checkpoint",
];
// Files of these forms may be there; which of them have to be is for the checks that read them.
const KNOWN = new RegExp(
  "^(dockets/[0-9a-f]{64}|documents/[0-9a-f]{64}|checkpoints/[0-9]+|timestamps/[0-9]+\\.tsr" +
    "|tile/([0-9]|entries)/[x0-9/]+(\\.p/[0-9]+)?|result/[A-Za-z0-9_.-]+\\.pdf)$",
);

/** 1: exactly the files that BUNDLE.json lists, undamaged, and those that this bundle has to have. */
export function container(evidence) {
  const { bundle } = evidence;
  if (!bundle.isOrdered) throw new Refuted(1, "files-order");
  if (bundle.damaged.length) throw new Refuted(1, "damaged", { path: bundle.damaged[0] });
  const files = bundle.paths.filter((path) => path !== MANIFEST && path !== MANIFEST_NOTE), there = new Set(files);
  for (const path of difference(files, bundle.declared.keys())) throw new Refuted(1, there.has(path) ? "extra" : "missing", { path });
  for (const path of files) {
    if (bundle.digest(path) !== bundle.declared.get(path)) throw new Refuted(1, "file-hash", { path });
  }
  const wanted = new Set(ALWAYS);
  if (evidence.showsNames) wanted.add(FILES.names);
  if (evidence.showsOpenings) wanted.add(FILES.openings);
  for (const path of [...wanted].sort()) if (!there.has(path)) throw new Refuted(1, "missing", { path });
  for (const path of files) if (!wanted.has(path) && !KNOWN.test(path)) throw new Refuted(1, "extra", { path });
  return { items: files.length, facts: { bytes: bundle.bytes, audience: bundle.audience } };
}

/** 2: the list of files is signed by the log's current key. */
export async function bundleNote(evidence) {
  const { bundle } = evidence, path = MANIFEST_NOTE, { verifier } = evidence.keys.at(-1);
  const { text } = await refuting(2, "note", { path }, () => readNote(bundle.read(path), [verifier]));
  const due = utf8(`voting/bundle/v1\n${bundle.log}\n${hex(sha256(bundle.read(MANIFEST)))}\n`);
  if (!equal(utf8(text), due) || bundle.log !== evidence.held.key.name) throw new Refuted(2, "note-text", { path });
  return { items: 1 };
}

/** 3: the key that the user was given is the key with which the log began. */
export function givenKey(evidence) {
  const { vkey } = evidence.held.key, found = evidence.only("genesis").body.log_key;
  if (found !== vkey) throw new Refuted(3, "other-key", { given: vkey, found });
  const file = evidence.bundle.read("log.vkey");
  if (!file || !equal(file, utf8(`${vkey}\n`))) throw new Refuted(3, "vkey-file", { path: "log.vkey" });
  return { items: 1, facts: { vkey } };
}
