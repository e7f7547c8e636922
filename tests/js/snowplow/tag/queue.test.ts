// Taking over what a page has called: whose calls, in which order, and what cannot be taken.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveNext } from '../../../../js/src/snowplow/tag/queue.ts';

type Called = { (...values: unknown[]): void; q: { push: (...calls: unknown[]) => void } };

/** A page in which the loader has made functions of these names. */
function makePage(...names: string[]) {
  const page: Record<string, unknown> & { Names: string[] } = { Names: [] };
  const done: [name: string, call: unknown][] = [];
  for (const name of names) {
    const call = Object.assign((...values: unknown[]) => void call.q.push(values), { q: [] as unknown[] });
    page[name] = call;
    page.Names.push(name);
  }
  const load = (then?: (call: unknown) => void): void =>
    serveNext(page, 'Names', (name) => (call) => {
      done.push([name, call]);
      then?.(call);
    });
  const call = (name: string, ...values: unknown[]): void => (page[name] as Called)(...values);
  return { page, done, load, call };
}

describe('one load', () => {
  test('takes the first name; the next load the next one', () => {
    const { page, done, load, call } = makePage('one', 'other');
    call('other', 'a');
    call('one', 'b');
    load();
    assert.deepEqual([done, page.Names], [[['one', ['b']]], ['other']]);
    load();
    assert.deepEqual(done[1], ['other', ['a']]);
  });

  test('performs what was called before, in order, and then what is called at once', () => {
    const { page, done, load, call } = makePage('one');
    call('one', 'first');
    call('one', 'second', 2);
    load();
    call('one', 'third');
    (page.one as Called).q.push(['fourth'], ['fifth', 5]);
    assert.deepEqual(
      done.map(([, values]) => values),
      [['first'], ['second', 2], ['third'], ['fourth'], ['fifth', 5]],
    );
    assert.deepEqual(Object.keys((page.one as Called).q), ['push']);
  });

  test('performs what a callback calls meanwhile after all that was there before', () => {
    const { done, load, call } = makePage('one');
    call('one', 'callback');
    call('one', 'second');
    load((values) => {
      if ((values as unknown[])[0] === 'callback') call('one', 'of the callback');
    });
    assert.deepEqual(
      done.map(([, values]) => (values as unknown[])[0]),
      ['callback', 'second', 'of the callback'],
    );
  });

  test('leaves what is pushed as it is', () => {
    const { page, load } = makePage('one');
    load();
    const call = ['trackPageView', {}];
    (page.one as Called).q.push(call);
    assert.deepEqual(call, ['trackPageView', {}]);
  });
});

describe('harms nobody', () => {
  test('that is loaded twice, and so finds no name', () => {
    const { page, done, load, call } = makePage('one');
    load();
    const { q } = page.one as Called;
    load();
    call('one', 'still');
    assert.equal((page.one as Called).q, q);
    assert.deepEqual(done, [['one', ['still']]]);
  });

  for (const [what, page] of [
    ['there is no list', {}],
    ['the list is none', { Names: 5 }],
    ['the list is empty', { Names: [] }],
    ['there is nothing of that name', { Names: ['gone'] }],
    ['the names are none', { Names: [null, Symbol('a')] }],
    [
      'a getter throws',
      {
        get Names(): never {
          throw new Error('of the site');
        },
      },
    ],
    ['what waits is no list', { Names: ['one'], one: Object.assign(() => {}, { q: 5 }) }],
    ['the function is frozen', { Names: ['one'], one: Object.freeze(Object.assign(() => {}, { q: [] })) }],
  ] as const) {
    test(`where ${what}`, () => serveNext(page, 'Names', () => () => {}));
  }

  test('where a function has no calls yet, not even a list for them', () => {
    const one = Object.assign(() => {}, {}) as unknown as Called;
    const done: unknown[] = [];
    serveNext({ Names: ['one'], one }, 'Names', () => (call) => done.push(call));
    one.q.push(['a']);
    assert.deepEqual(done, [['a']]);
  });
});
