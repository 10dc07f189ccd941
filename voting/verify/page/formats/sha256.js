// SHA-256 (FIPS 180-4) that answers at once: a tree asks for tens of thousands of small hashes, one after
// the other.  Whole files and all signatures go through WebCrypto; at the start both are compared.
import { concat } from "./bytes.js";

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);

/** The largest whole number whose `power`-th power is at most `value`. */
function wholeRoot(value, power) {
  let low = 0n, high = 1n << 40n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

// The first 32 bits of the fractions of square and cube roots of the first primes.
const START = PRIMES.slice(0, 8).map((prime) => Number(wholeRoot(BigInt(prime) << 64n, 2n) & 0xffffffffn) | 0);
const ROUND = Int32Array.from(PRIMES, (prime) => Number(wholeRoot(BigInt(prime) << 96n, 3n) & 0xffffffffn) | 0);
const SCHEDULE = new Int32Array(64);

function padded(message) {
  const size = Math.ceil((message.length + 9) / 64) * 64;
  const whole = new Uint8Array(size);
  whole.set(message);
  whole[message.length] = 0x80;
  new DataView(whole.buffer).setBigUint64(size - 8, BigInt(message.length) * 8n);
  return whole;
}

function block(state, view, start) {
  const w = SCHEDULE;
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(start + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  const change = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = (state[i] + change[i]) | 0;
}

/** The 32 bytes of SHA-256 over the parts, one after the other. */
export function sha256(...parts) {
  const whole = padded(parts.length === 1 ? parts[0] : concat(...parts));
  const view = new DataView(whole.buffer), state = [...START];
  for (let start = 0; start < whole.length; start += 64) block(state, view, start);
  const digest = new Uint8Array(32), out = new DataView(digest.buffer);
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return digest;
}
