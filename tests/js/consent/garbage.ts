// Values that no banner should give: the same in each run, and none of them says what is granted or denied.
import { seeded } from '../seeded.ts';

const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error('get');
    },
    ownKeys: () => {
      throw new Error('ownKeys');
    },
  },
);
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

const SINGLE: readonly unknown[] = [
  ...[undefined, null, NaN, -1, 0, 1, 2 ** 53, '', 'GRANTED', 'grant', 'yes', 'tcloaded', '__proto__', '{', 5n],
  ...[Symbol('s'), hostile, cyclic, new Date(NaN), /x/, new Map([['analytics', 'granted']]), () => 'granted'],
  new Proxy([], { get: () => hostile }),
];

/** So many values; in objects, `names` are the names of members. */
export function garbage(seed: number, count: number, names: readonly string[]): unknown[] {
  const next = seeded(seed);
  const one = (depth: number): unknown => {
    const kind = next() % (depth > 0 ? 8 : 6);
    if (kind < 6) return SINGLE[next() % SINGLE.length];
    const members = Array.from({ length: next() % 5 }, () => [names[next() % names.length], one(depth - 1)] as const);
    return kind === 6 ? members.map(([, value]) => value) : Object.fromEntries(members);
  };
  return Array.from({ length: count }, () => one(4));
}
