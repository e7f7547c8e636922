// Writes piste.wasm as text that js/src/decode.ts reads: one character for each of the commonest bytes, else two.

const SINGLES = 91;

/** Characters by rank: `#` to `~` without the backslash. */
const ALPHABET = Array.from({ length: SINGLES }, (_, rank) =>
  String.fromCharCode(rank + 35 + (rank + 35 >= 92 ? 1 : 0)),
);

/** FNV-1a, 32 bits, as a signed integer. @param {Uint8Array} bytes */
const hashOf = (bytes) => bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);

/** The two ranges, from 0 to `low` and 91 long in all, that cover most of the bytes. @param {Uint8Array} bytes */
function commonestRanges(bytes) {
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte] += 1;
  /** @param {number} from @param {number} to */
  const sum = (from, to) => counts.slice(from, to).reduce((a, b) => a + b, 0);
  let best = { low: SINGLES, high: SINGLES, covered: -1 };
  for (let low = 1; low <= SINGLES; ++low) {
    for (let high = low; high + SINGLES - low <= 256; ++high) {
      const covered = sum(0, low) + sum(high, high + SINGLES - low);
      if (covered > best.covered) best = { low, high, covered };
    }
  }
  return best;
}

/** Gives what decode() takes. @param {Uint8Array} bytes */
export function embed(bytes) {
  const { low, high } = commonestRanges(bytes);
  const isSingle = (/** @type {number} */ byte) => byte < low || (byte >= high && byte < high + SINGLES - low);
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const codes = new Map();
  all.filter(isSingle).forEach((byte, rank) => codes.set(byte, ALPHABET[rank]));
  all
    .filter((byte) => !isSingle(byte))
    .forEach((byte, rank) => codes.set(byte, (rank < SINGLES ? ' ' : '!') + ALPHABET[rank % SINGLES]));
  return {
    text: Array.from(bytes, (byte) => codes.get(byte)).join(''),
    size: bytes.length,
    hash: hashOf(bytes),
    low,
    high,
  };
}
