// Numbers that look random and are the same in every run.

/** A generator of 32-bit numbers by xorshift, begun at `seed`, which is not 0. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** `count` bytes below `limit`. */
export function seededBytes(seed: number, count: number, limit = 256): Uint8Array<ArrayBuffer> {
  const next = seeded(seed);
  return Uint8Array.from({ length: count }, () => next() % limit);
}
