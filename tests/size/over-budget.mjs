// Compares sizes with what wasm/budget.json allows.

/** @typedef {Record<string, number>} Sizes */

/**
 * What is too large, one sentence each. A size without a budget is a finding too: a new entry is not free.
 * @param {string} what
 * @param {Sizes} sizes
 * @param {Sizes | undefined} budget
 */
export function overBudget(what, sizes, budget) {
  return Object.entries(sizes)
    .filter(([form, bytes]) => !(bytes <= (budget?.[form] ?? -1)))
    .map(([form, bytes]) => `${what}: ${bytes} bytes ${form}, allowed are ${budget?.[form] ?? 'none'}`);
}
