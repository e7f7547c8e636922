// The one file that touches the linear memory of piste.wasm. Views are made anew after every growth.
import { fillRandom } from './ports/random.ts';

/** The exports that handle memory. */
export interface MemoryExports {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(pointer: number): void;
}

/** Reads and writes the memory of one instance. */
export interface Memory {
  /** Writes a piste_moment, fresh entropy included; returns its address, valid until the next call but 63. */
  moment(wallMs: number, monoMs: number): number;
  /** Writes fields in the form of piste_track(): returns their size; input() is their address. */
  fields(texts: readonly string[]): number;
  /** The address of what fields() wrote last. */
  input(): number;
  /** The bytes there: a view that the next call into the wasm may end. */
  view(address: number, size: number): Uint8Array<ArrayBuffer>;
  /** The text there. */
  text(address: number, size: number): string;
}

/** Bytes before a field: its size. */
export const SIZE_BYTES = 4;

/** Bytes of a piste_moment: two doubles, then 16 bytes of entropy. */
const MOMENT_BYTES = 32;
/** Moments that one call for random bytes fills; the call costs more than the bytes. */
const MOMENT_COUNT = 64;
/** Characters up to which a loop beats TextEncoder. Figures: docs/decisions/0003-event-input.md. */
const SHORT_TEXT = 64;
/** UTF-16 to UTF-8: a unit becomes three bytes at most. */
const MOST_BYTES = 3;

const allocate = (wasm: MemoryExports, size: number): number => {
  const address = wasm.malloc(size);
  if (!address) throw new RangeError('piste.wasm: no memory');
  return address;
};

/** Takes charge of the memory of an instance. Throws RangeError when the wasm has none left. */
export const openMemory = (wasm: MemoryExports): Memory => {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let bytes = new Uint8Array(0);
  let capacity = 0;
  let input = 0;
  let used = MOMENT_COUNT;

  const fresh = (): Uint8Array<ArrayBuffer> =>
    // Growth detaches the old buffer, whose views then have no length.
    (bytes = bytes.length ? bytes : new Uint8Array(wasm.memory.buffer));

  const moments = allocate(wasm, MOMENT_BYTES * MOMENT_COUNT);

  /** Writes one field at an address; returns where it ends. */
  const field = (text: string, start: number): number => {
    const length = text.length;
    let at = start + SIZE_BYTES;
    let i = 0;
    if (length < SHORT_TEXT) {
      for (let unit; i < length && (unit = text.charCodeAt(i)) < 128; ++i) bytes[at++] = unit;
    }
    if (i < length) at += encoder.encodeInto(i ? text.slice(i) : text, bytes.subarray(at)).written;
    const size = at - start - SIZE_BYTES;
    for (let byte = 0; byte < SIZE_BYTES; ++byte) bytes[start + byte] = size >> (8 * byte);
    return at;
  };

  return {
    moment(wallMs, monoMs) {
      if (used === MOMENT_COUNT) {
        fillRandom(fresh().subarray(moments, moments + MOMENT_BYTES * MOMENT_COUNT));
        used = 0;
      }
      const address = moments + MOMENT_BYTES * used++;
      new Float64Array(wasm.memory.buffer, address, 2).set([wallMs, monoMs]);
      return address;
    },
    fields(texts) {
      let most = 0;
      for (const text of texts) most += SIZE_BYTES + MOST_BYTES * text.length;
      if (most > capacity) {
        wasm.free(input);
        capacity = input = 0; // allocate() may throw
        input = allocate(wasm, 2 * most);
        capacity = 2 * most;
      }
      fresh();
      let at = input;
      for (const text of texts) at = field(text, at);
      return at - input;
    },
    input: () => input,
    view: (address, size) => fresh().subarray(address, address + size),
    text: (address, size) => decoder.decode(fresh().subarray(address, address + size)),
  };
};
