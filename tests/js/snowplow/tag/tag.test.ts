// A tag's calls: what their text means, which arguments arrive, and that nothing is thrown into the page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/browser-tracker';
import { createSnowplow } from '../../../../js/src/snowplow/api.ts';
import type { BrowserTracker } from '../../../../js/src/snowplow/types.ts';
import { COLLECTOR, namesOf, type Event } from '../fake-site.ts';
import { openTag } from './fake-tag.ts';

const trackers = (events: Event[]): string[] => events.map(({ tna }) => `${tna}`).sort();

describe('newTracker', () => {
  test('makes a tracker that has its own name for the collector, and the function in its id', async (t) => {
    const { snowplow, make, sent } = openTag(t);
    make('shop');
    let made: BrowserTracker | undefined;
    snowplow(({ shop }: { shop: BrowserTracker }) => (made = shop));
    assert.deepEqual([made?.id, made?.namespace], ['snowplow_shop', 'shop']);
    snowplow('trackPageView');
    const [event] = await sent();
    assert.deepEqual([event?.tna, event?.aid, event?.e], ['shop', 'shop', 'pv']);
  });

  test('leaves the configuration as it is, and takes no plugins of it', async (t) => {
    const { snowplow, sent } = openTag(t);
    const plugin = { contexts: () => [{ schema: 'iglu:com.acme/plugin/jsonschema/1-0-0', data: {} }] };
    const configuration = { appId: 'shop', plugins: [plugin] };
    snowplow('newTracker', 'shop', COLLECTOR, configuration);
    snowplow('trackPageView');
    assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
    assert.deepEqual(configuration, { appId: 'shop', plugins: [plugin] });
  });

  test('of a name that is taken is refused with a warning', async (t) => {
    const { snowplow, make, kinds, sent } = openTag(t);
    make('shop', 'shop');
    assert.deepEqual(kinds(), ['warn']);
    snowplow('trackPageView');
    assert.deepEqual(trackers(await sent()), ['shop']);
  });

  for (const values of [
    [],
    ['shop'],
    [undefined, COLLECTOR],
    ['shop', 5],
    [{}, COLLECTOR],
    ['shop', COLLECTOR, 'configuration'],
    ['shop', COLLECTOR, 5],
  ]) {
    test(`is refused with an error: ${JSON.stringify(values)}`, (t) => {
      const { snowplow, kinds } = openTag(t);
      snowplow('newTracker', ...values);
      assert.deepEqual(kinds(), ['error']);
      snowplow((all: object) => assert.deepEqual(all, {}));
      assert.deepEqual(kinds(), []);
    });
  }

  test('takes null for no configuration', (t) => {
    const { snowplow, kinds } = openTag(t);
    snowplow('newTracker', 'shop', COLLECTOR, null);
    snowplow((all: object) => assert.deepEqual(Object.keys(all), ['shop']));
    assert.deepEqual(kinds(), []);
  });

  test('with a configuration that throws says so', (t) => {
    const { snowplow, kinds } = openTag(t);
    const configuration = {
      get appId(): never {
        throw new Error('of the site');
      },
    };
    snowplow('newTracker', 'shop', COLLECTOR, configuration);
    assert.deepEqual(kinds(), ['error']);
  });
});

describe('a method', () => {
  test('is for all trackers of its function, or for those that are named', async (t) => {
    const { snowplow, make, sent } = openTag(t);
    make('a', 'b', 'c');
    const expected = { trackPageView: ['a', 'b', 'c'], 'trackPageView:b': ['b'], 'trackPageView:a;c': ['a', 'c'] };
    for (const [call, names] of Object.entries(expected)) {
      snowplow(call);
      assert.deepEqual(trackers(await sent()), names, call);
    }
  });

  test('is told by what stands before the first colon, its trackers by what stands before the second', async (t) => {
    const { snowplow, make, kinds, sent } = openTag(t);
    make('a', 'b');
    snowplow('trackPageView:a:b');
    assert.deepEqual([trackers(await sent()), kinds()], [['a'], []]);
  });

  test('of a tracker that there is not is warned of, and goes to the others', async (t) => {
    const { snowplow, make, kinds, sent } = openTag(t);
    make('a');
    snowplow('trackPageView:nobody;a');
    snowplow('trackPageView:');
    assert.deepEqual(kinds(), ['warn', 'warn']);
    assert.deepEqual(trackers(await sent()), ['a']);
  });

  test('without any tracker does nothing', async (t) => {
    const { snowplow, kinds, sent } = openTag(t);
    snowplow('trackPageView');
    assert.deepEqual([await sent(), kinds()], [[], []]);
  });

  const ours = Object.keys(createSnowplow(() => {})).filter((name) => !(name in peer));
  for (const name of ['trackNothing', '', 'constructor', 'toString', 'SharedState', 'version', ':a', ...ours]) {
    test(`that there is not is warned of: "${name}"`, (t) => {
      const { snowplow, make, kinds } = openTag(t);
      make('a');
      snowplow(name, 'shop', 'shop', COLLECTOR);
      assert.deepEqual(kinds(), ['warn']);
    });
  }
});

describe('arguments', () => {
  /** What a method of so many parameters is called with. */
  const calledWith = (t: Parameters<typeof openTag>[0], count: number, ...values: unknown[]): unknown[] => {
    const { snowplow, make } = openTag(t);
    make('a');
    let got: unknown[] = [];
    const method = Object.defineProperty((...all: unknown[]) => void (got = all), 'length', { value: count });
    snowplow('addPlugin', { plugin: () => ({}), method }, 'plugin');
    snowplow('method', ...values);
    return got;
  };
  const ids = ['snowplow_a'];

  for (const [what, count, values, expected] of [
    ['the first, and the trackers, and no more', 2, [5, 6, 7], [5, ids]],
    ['none, of one parameter: the trackers', 1, [], [ids]],
    ['none, of two parameters: an empty object, and the trackers', 2, [], [{}, ids]],
    ['none, of three parameters: the trackers', 3, [], [ids]],
    ['none, of no parameter: the trackers', 0, [], [ids]],
    ['null, as it is', 2, [null], [null, ids]],
    ['undefined, as it is', 2, [undefined], [undefined, ids]],
  ] as const) {
    test(`arrive: ${what}`, (t) => assert.deepEqual(calledWith(t, count, ...values), expected));
  }

  test('are as many as functions of the peer declare: it is by their number that a tag calls', () => {
    const ours = createSnowplow(() => {}) as unknown as Record<string, { length: number }>;
    for (const [name, theirs] of Object.entries(peer)) {
      if (typeof theirs !== 'function' || ['newTracker', 'SharedState'].includes(name)) continue;
      assert.equal(ours[name]?.length, theirs.length, name);
    }
  });

  test('setUserId without one sets an empty object, and with null nobody', async (t) => {
    const { snowplow, make, sent } = openTag(t);
    make('a');
    for (const values of [['ann'], [], [null]]) {
      snowplow('setUserId', ...values);
      snowplow('trackPageView');
    }
    assert.deepEqual(
      (await sent()).map(({ uid }) => uid),
      ['ann', '[object Object]', undefined],
    );
  });
});

describe('a function', () => {
  test('has the trackers by their names as `this` and as its last argument', (t) => {
    const { snowplow, make } = openTag(t);
    make('a', 'b');
    const seen: unknown[] = [];
    snowplow(
      function (this: object, ...values: unknown[]) {
        seen.push(this, ...values);
      },
      1,
      'two',
    );
    const [own, one, two, last, ...more] = seen as [Record<string, BrowserTracker>, ...unknown[]];
    assert.deepEqual([one, two, more], [1, 'two', []]);
    assert.equal(own, last);
    assert.deepEqual(
      Object.entries(own).map(([name, { id }]) => [name, id]),
      [
        ['a', 'snowplow_a'],
        ['b', 'snowplow_b'],
      ],
    );
  });

  test('may do to what it is given what it likes', (t) => {
    const { snowplow, make } = openTag(t);
    make('a');
    snowplow((all: Record<string, unknown>) => delete all['a']);
    let names: string[] = [];
    snowplow((all: object) => (names = Object.keys(all)));
    assert.deepEqual(names, ['a']);
  });

  test('that throws is said in the log, with what it threw', (t) => {
    const { snowplow, said } = openTag(t);
    const cause = new Error('of the site');
    snowplow(() => {
      throw cause;
    });
    assert.deepEqual([said.length, said[0]?.[0], said[0]?.[2]], [1, 'error', cause]);
  });
});

describe('nothing is thrown', () => {
  for (const [what, call] of [
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['a symbol', [Symbol('a')]],
    ['nothing', []],
    ['an object', [{}]],
    ['a number as a method', [5]],
    ['an object whose length throws', Object.defineProperty({}, 'length', { get: () => assert.fail() })],
    ['an addPlugin of nothing', ['addPlugin']],
    ['a method that throws', ['addGlobalContexts', 5]],
    ['a text that is none', [{ split: () => 5 }]],
  ] as const) {
    test(`by ${what}`, (t) => {
      const { perform, make } = openTag(t);
      make('a');
      assert.equal(perform(call), undefined);
    });
  }

  test('by arguments of a function, of which a page of the peer’s loader makes its calls', async (t) => {
    const { perform, make, sent } = openTag(t);
    make('a');
    // eslint-disable-next-line prefer-rest-params -- what that loader pushes
    const asArguments = function (..._values: unknown[]) { return arguments; }; // prettier-ignore
    perform(asArguments('trackPageView', { title: 'Given' }));
    assert.equal((await sent())[0]?.page, 'Given');
  });
});
