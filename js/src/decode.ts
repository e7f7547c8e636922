// Turns the text that carries piste.wasm inside the package back into bytes. js/build/embed.mjs writes it.

/** Bytes as printable ASCII: safe on pages of any charset, and left as it is by bundlers.
 *
 * The 91 characters from `#` to `~` but `\` stand for the commonest bytes: those below `low`, and from `high` on. The
 * rest take two characters, of which the first is a space or `!`. Compresses better than base64, whose characters do
 * not line up with bytes; figures: docs/decisions/0005-wasm-as-text.md. */
export interface EmbeddedBytes {
  text: string;
  /** Count of the bytes. */
  size: number;
  /** FNV-1a of the bytes, 32 bits (draft-eastlake-fnv). */
  hash: number;
  low: number;
  high: number;
}

/** Characters that stand for a byte alone. */
const SINGLES = 91;
const FIRST = 35;
const BACKSLASH = 92;
const SPACE = 32;

/** Throws RangeError if the text is not what was written. */
export const decode = ({ text, size, hash, low, high }: EmbeddedBytes): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  let check = 0x811c9dc5;
  let at = 0;
  const next = (): number => text.charCodeAt(at++);
  const rank = (unit: number): number => unit - FIRST - +(unit > BACKSLASH);
  for (let i = 0; i < size; ++i) {
    const unit = next();
    const single = rank(unit);
    const double = unit < FIRST ? rank(next()) + (unit - SPACE) * SINGLES : 0;
    const gap = high - low;
    const byte = unit < FIRST ? double + (double < gap ? low : SINGLES) : single + (single < low ? 0 : gap);
    check = Math.imul(check ^ (bytes[i] = byte), 0x01000193);
  }
  if (check !== hash) throw new RangeError('piste: damaged');
  return bytes;
};
