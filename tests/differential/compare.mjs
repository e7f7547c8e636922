// Compares two trees key by key, and says which differences are by design.

/** @typedef {{ path: string, peer: unknown, other: unknown }} Difference */
/** @typedef {{ scenario: string, path: string, reason: string }} Allowed */

/** @param {unknown} value @returns {Record<string, unknown> | undefined} */
const members = (value) =>
  typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : undefined;

/**
 * Order counts in lists, not among keys. Paths are joined by `/`.
 * @param {unknown} peer
 * @param {unknown} other
 * @param {string} [path]
 * @returns {Difference[]}
 */
export function compare(peer, other, path = '') {
  const [left, right] = [members(peer), members(other)];
  if (!left || !right || Array.isArray(left) !== Array.isArray(right)) {
    return Object.is(peer, other) ? [] : [{ path, peer, other }];
  }
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => compare(left[key], right[key], path ? `${path}/${key}` : key));
}

/** `*` is any one part of a path, `**` any number of them. @param {string} pattern */
function expression(pattern) {
  const parts = pattern.split('/').map((part) => {
    if (part === '**') return '.*';
    return part
      .split('*')
      .map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*');
  });
  return new RegExp(`^${parts.join('/').replaceAll('.*/', '(?:.*/)?')}$`);
}

/** @param {Allowed} allowed @param {string} scenario @param {Difference} difference */
const covers = (allowed, scenario, { path }) =>
  expression(allowed.scenario).test(scenario) && expression(allowed.path).test(path);

/** Keeps account of which of the allowed differences there really are. @param {readonly Allowed[]} list */
export function allowance(list) {
  const needed = new Set();
  return {
    /** What nothing allows. @param {string} scenario @param {Difference[]} differences */
    unexplained: (scenario, differences) =>
      differences.filter((difference) => {
        const by = list.filter((allowed) => covers(allowed, scenario, difference));
        by.forEach((allowed) => needed.add(allowed));
        return by.length === 0;
      }),
    /** What has never been needed. */
    needless: () => list.filter((allowed) => !needed.has(allowed)),
  };
}

/** For people. @param {Difference[]} differences */
export const told = (differences) =>
  differences
    .map(
      ({ path, peer, other }) => `  ${path}\n    peer:  ${JSON.stringify(peer)}\n    other: ${JSON.stringify(other)}`,
    )
    .join('\n');
