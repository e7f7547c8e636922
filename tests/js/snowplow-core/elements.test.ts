// Which elements a plugin takes: those that the peer's filters take.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/browser-tracker-core';
import * as ours from '../../../js/src/snowplow-core/elements.ts';
import type { FilterCriterion } from '../../../js/src/snowplow/plugin-api/types.ts';

/** An element of HTML, as far as a filter looks at it. */
const element = (classes: string, name = '') =>
  ({ className: classes, name, getAttribute: () => classes }) as unknown as HTMLInputElement;

const LISTS = [undefined, null, '', 'a', 'b', [], ['a'], ['b', 'c'], ['a', 'a b'], ['']] as never[];
const isLong = ({ className }: { className: string }): boolean => className.length > 2;

const criteria: (FilterCriterion<HTMLInputElement> | null | undefined)[] = [
  ...([undefined, null, 'all', 5, [], ['a'], {}] as never[]),
  ...LISTS.flatMap((list) => [{ allowlist: list }, { denylist: list }]),
  ...LISTS.map((list) => ({ allowlist: list, denylist: ['a'] })),
  { filter: isLong },
  { filter: isLong, allowlist: ['a'] },
  { filter: null as never, allowlist: ['a'] },
];

const texts = ['', ' ', 'a', 'b', 'c', ' a ', 'a b', 'b c', 'd', '\n a\td ', 'abc'];

for (const name of ['getFilterByClass', 'getFilterByName'] as const) {
  test(`${name} takes what the peer's takes`, () => {
    for (const criterion of criteria) {
      const [mine, theirs] = [ours, peer].map((core) =>
        (core[name] as (one: unknown) => (elt: unknown) => boolean)(criterion),
      );
      for (const text of texts) {
        const one = element(text, text);
        assert.equal(mine?.(one), theirs?.(one), `${JSON.stringify(text)} by ${JSON.stringify(criterion)}`);
      }
    }
  });
}

test('a name that every object has is in no list; the peer takes it for one', () => {
  const field = element('', 'constructor');
  assert.equal(ours.getFilterByName({ allowlist: ['a'] })(field), false);
  assert.equal(peer.getFilterByName({ allowlist: ['a'] })(field), true);
});

describe('the classes of an element', () => {
  test('are those that the peer finds', () => {
    for (const text of texts) {
      const [mine, theirs] = [ours, peer].map((core) => [...core.getCssClasses(element(text))]);
      assert.deepEqual(mine, theirs, JSON.stringify(text));
    }
  });

  test('are none without the attribute', () => {
    assert.deepEqual([...ours.getCssClasses({ className: '', getAttribute: () => null } as unknown as Element)], []);
  });

  test('are found in SVG too, where the peer throws', () => {
    const svg = { className: { baseVal: 'a b' }, getAttribute: () => 'a b' } as unknown as Element;
    assert.deepEqual([...ours.getCssClasses(svg)], ['a', 'b']);
    assert.throws(() => peer.getCssClasses(svg));
  });
});

test('a listener hears what happens, with its options', () => {
  const target = new EventTarget();
  let count = 0;
  const hear = (): void => void ++count;
  assert.equal(ours.addEventListener(target, 'click', hear, { once: true }), true);
  for (let i = 0; i < 3; ++i) target.dispatchEvent(new Event('click'));
  assert.equal(count, 1);
});
