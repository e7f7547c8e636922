// Chance that can be had again: the same seed gives the same numbers.

/** @typedef {ReturnType<typeof createRandom>} Random */

/** The mulberry32 generator. @param {number} seed */
export function createRandom(seed) {
  let state = seed >>> 0;
  /** At least 0, less than 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number of at least 0 and less than `count`. @param {number} count */
  const below = (count) => Math.floor(next() * count);
  return {
    next,
    below,
    /** @template T @param {readonly T[]} list @returns {T[]} the same in another order */
    shuffled(list) {
      const order = [...list];
      for (let i = order.length - 1; i > 0; --i) {
        const j = below(i + 1);
        const held = /** @type {T} */ (order[i]);
        order[i] = /** @type {T} */ (order[j]);
        order[j] = held;
      }
      return order;
    },
  };
}
