// The Merkle tree of RFC 6962 and RFC 9162 over SHA-256.
import { equal } from "./bytes.js";
import { require } from "./faults.js";
import { sha256 } from "./sha256.js";

const LEAF = Uint8Array.of(0), NODE = Uint8Array.of(1);
export const EMPTY_ROOT = sha256(new Uint8Array());

export const leafHash = (data) => sha256(LEAF, data);
export const nodeHash = (left, right) => sha256(NODE, left, right);

/** The root over leaf hashes in order.  A node without a partner moves up as it is. */
export function rootOf(leaves) {
  if (!leaves.length) return EMPTY_ROOT;
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i < level.length; i += 2) {
      above.push(i + 1 < level.length ? nodeHash(level[i], level[i + 1]) : level[i]);
    }
    level = above;
  }
  return level[0];
}

/** The root over lines that are bytes already; of none, SHA-256 of nothing. */
export const rootOfLines = (lines) => rootOf(lines.map(leafHash));

/**
 * The roots over the first so many leaves, by size, for the sizes that the log has reached.
 * Kept on the way are the roots of the perfect subtrees, largest first: one for each bit of the size.
 */
export function rootsAt(leaves, sizes) {
  const wanted = new Set(sizes), found = new Map(), whole = [];
  for (let size = 0; size <= leaves.length; size += 1) {
    if (wanted.has(size)) found.set(size, whole.length ? whole.reduceRight((right, left) => nodeHash(left, right)) : EMPTY_ROOT);
    if (size === leaves.length) break;
    let node = leaves[size];
    for (let ones = size; ones & 1; ones = Math.floor(ones / 2)) node = nodeHash(whole.pop(), node);
    whole.push(node);
  }
  return found;
}

/** Prove that a leaf hash stands at `index` in the tree of `size` leaves with this root.  RFC 9162 2.1.3.2. */
export function verifyInclusion(leaf, index, size, proof, root) {
  require(index < size, `index ${index} is outside a tree of ${size}`);
  // Sizes go up to 2^53-1: halves by division, because shifts are 32 bits wide.
  const half = (number) => Math.floor(number / 2);
  let place = index, last = size - 1, node = leaf;
  for (const sibling of proof) {
    require(last > 0, "the proof is too long");
    if (place % 2 === 1 || place === last) {
      node = nodeHash(sibling, node);
      while (place % 2 === 0 && place > 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      node = nodeHash(node, sibling);
    }
    place = half(place);
    last = half(last);
  }
  require(last === 0, "the proof is too short");
  require(equal(node, root), "the proof leads to another root");
}
