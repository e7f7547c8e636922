// Plugins of a tag: by URL, for which calls wait, and as objects.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makePlugin, openTag } from './fake-tag.ts';

const URL = 'https://cdn.example/plugin.js';
const NAMES = ['acmePlugin', 'plugin'];

/** A page with a tracker that has asked for a plugin's script. */
const waiting = (t: Parameters<typeof openTag>[0], ...more: unknown[]) => {
  const site = openTag(t);
  const plugin = makePlugin();
  site.make('a');
  site.snowplow('addPlugin', URL, NAMES, ...more);
  /** The script runs: it leaves its exports in the page. */
  const arrive = (api: Record<string, unknown> = {}): void => {
    site.globals['acmePlugin'] = { ...plugin.module, ...api };
    site.scripts.runs(URL);
  };
  /** The titles of page views that have come since it was asked last. */
  const titles = async () => (await site.sent()).map(({ page }) => page);
  return { ...site, plugin, arrive, titles };
};

describe('a plugin out of a script', () => {
  test('joins all trackers, is made with the values that were given, and brings its methods', (t) => {
    const { snowplow, make, arrive, plugin, kinds } = waiting(t, ['one', { two: 2 }]);
    make('b');
    const calls: unknown[][] = [];
    arrive({ trackAcme: (...values: unknown[]) => void calls.push(values) });
    assert.deepEqual([plugin.made, plugin.joined], [[['one', { two: 2 }]], ['snowplow_a', 'snowplow_b']]);
    snowplow('trackAcme:b', 5);
    assert.deepEqual(calls, [[5, ['snowplow_b']]]);
    snowplow('plugin');
    assert.deepEqual(kinds(), ['warn']);
  });

  test('joins only the trackers that are named', (t) => {
    const { make, snowplow, globals, scripts } = openTag(t);
    const { module, joined, made } = makePlugin();
    make('a', 'b', 'c');
    snowplow('addPlugin:a;c', URL, NAMES);
    globals['acmePlugin'] = module;
    scripts.runs(URL);
    assert.deepEqual([joined, made], [['snowplow_a', 'snowplow_c'], [[]]]);
  });

  test('makes calls wait, in their order, until it is there', async (t) => {
    const { snowplow, arrive, titles } = waiting(t);
    snowplow('trackPageView', { title: 'first' });
    snowplow('trackPageView', { title: 'second' });
    assert.deepEqual(await titles(), []);
    arrive();
    snowplow('trackPageView', { title: 'third' });
    assert.deepEqual(await titles(), ['first', 'second', 'third']);
  });

  test('makes nobody wait if it is not to', async (t) => {
    const { snowplow, titles, arrive, plugin } = waiting(t, undefined, false);
    snowplow('trackPageView', { title: 'at once' });
    assert.deepEqual(await titles(), ['at once']);
    arrive();
    assert.deepEqual([plugin.joined, await titles()], [['snowplow_a'], []]);
  });

  test('makes calls wait where nothing is said about that, not even by null', async (t) => {
    const { snowplow, titles, arrive } = waiting(t, undefined, null);
    snowplow('trackPageView', { title: 'waits' });
    assert.deepEqual(await titles(), []);
    arrive();
    assert.deepEqual(await titles(), ['waits']);
  });

  test('does not make functions, new trackers and further plugins wait', (t) => {
    const { snowplow, make } = waiting(t);
    const other = makePlugin();
    make('b');
    snowplow('addPlugin', other.module, 'plugin');
    let names: string[] = [];
    snowplow((all: object) => (names = Object.keys(all)));
    assert.deepEqual(
      [names, other.joined],
      [
        ['a', 'b'],
        ['snowplow_a', 'snowplow_b'],
      ],
    );
  });

  test('that cannot be had is warned of, and the calls go on', async (t) => {
    const { snowplow, scripts, titles, kinds } = waiting(t);
    snowplow('trackPageView', { title: 'waits' });
    scripts.fails(URL);
    assert.deepEqual([kinds(), await titles()], [['warn'], ['waits']]);
  });

  test('is waited for 5 seconds, and joins when it comes later', async (t) => {
    const { snowplow, tick, titles, arrive, plugin, kinds } = waiting(t);
    snowplow('trackPageView', { title: 'waits' });
    tick(4900);
    assert.deepEqual(await titles(), []);
    tick(100);
    assert.deepEqual(await titles(), ['waits']);
    arrive();
    snowplow('trackPageView', { title: 'at once' });
    assert.deepEqual([plugin.joined, await titles(), kinds()], [['snowplow_a'], ['at once'], []]);
  });

  test('is not waited for any more when it is there: nothing comes twice', async (t) => {
    const { snowplow, tick, titles, arrive } = waiting(t);
    snowplow('trackPageView', { title: 'once' });
    arrive();
    tick(6000);
    snowplow('trackPageView', { title: 'at once' });
    assert.deepEqual(await titles(), ['once', 'at once']);
  });

  test('leaves no call behind that a later one would perform again', async (t) => {
    const { snowplow, arrive, scripts, titles } = waiting(t);
    snowplow('trackPageView', { title: 'once' });
    arrive();
    snowplow('addPlugin', 'https://cdn.example/other.js', NAMES);
    snowplow('trackPageView', { title: 'later' });
    scripts.runs('https://cdn.example/other.js');
    assert.deepEqual(await titles(), ['once', 'later']);
  });

  test('and another one: calls wait for both, whichever comes first', async (t) => {
    const { snowplow, scripts, titles, arrive } = waiting(t);
    snowplow('addPlugin', 'https://cdn.example/other.js', NAMES);
    snowplow('trackPageView', { title: 'waits' });
    arrive();
    assert.deepEqual(await titles(), []);
    scripts.fails('https://cdn.example/other.js');
    assert.deepEqual(await titles(), ['waits']);
  });

  test('and the same one again are two: the calls wait for both', async (t) => {
    const { snowplow, scripts, titles, arrive } = waiting(t);
    snowplow('addPlugin', URL, NAMES);
    snowplow('trackPageView', { title: 'waits' });
    const [, second] = scripts.inHead;
    second?.dispatchEvent(new Event('error'));
    assert.deepEqual(await titles(), []);
    arrive();
    assert.deepEqual(await titles(), ['waits']);
  });

  test('whose maker throws is said, and the calls go on', async (t) => {
    const { snowplow, globals, scripts, titles, kinds } = waiting(t);
    snowplow('trackPageView', { title: 'waits' });
    globals['acmePlugin'] = {
      plugin() {
        throw new Error('of the plugin');
      },
    };
    scripts.runs(URL);
    assert.deepEqual([kinds(), await titles()], [['error'], ['waits']]);
  });

  for (const [what, global] of [
    ['nothing', undefined],
    ['no object', 5],
    ['no maker', {}],
    ['a maker that is none', { plugin: 5 }],
  ] as const) {
    test(`that leaves ${what} behind is said, and the calls go on`, async (t) => {
      const { snowplow, globals, scripts, titles, kinds } = waiting(t);
      snowplow('trackPageView', { title: 'waits' });
      globals['acmePlugin'] = global;
      scripts.runs(URL);
      assert.deepEqual([kinds(), await titles()], [['error'], ['waits']]);
    });
  }

  test('may add a plugin while calls are performed: those behind wait for that one, too', async (t) => {
    const { snowplow, scripts, titles, arrive } = waiting(t);
    snowplow('loadMore');
    snowplow('trackPageView', { title: 'waits' });
    arrive({ loadMore: () => snowplow('addPlugin', 'https://cdn.example/more.js', NAMES) });
    assert.deepEqual(await titles(), []);
    scripts.runs('https://cdn.example/more.js');
    assert.deepEqual(await titles(), ['waits']);
  });
});

describe('a call of a method that the plugin brings', () => {
  const got = (t: Parameters<typeof openTag>[0], count: number, ...values: unknown[]): unknown[] => {
    const { snowplow, arrive } = waiting(t);
    let seen: unknown[] = [];
    snowplow('trackAcme', ...values);
    arrive({ trackAcme: Object.defineProperty((...all: unknown[]) => void (seen = all), 'length', { value: count }) });
    return seen;
  };

  const ids = ['snowplow_a'];
  for (const [count, values, expected] of [
    [1, [], [ids]],
    [2, [], [{}, ids]],
    [3, [], [{}, ids]],
    [2, [null], [null, ids]],
    [2, [[1]], [[1], ids]],
  ] as const) {
    test(`waits, and has an object if it takes more than trackers: ${count}, ${JSON.stringify(values)}`, (t) =>
      assert.deepEqual(got(t, count, ...values), expected));
  }

  test('is for trackers that came while it waited, if it names none', async (t) => {
    const { snowplow, make, arrive, sent } = waiting(t);
    snowplow('trackPageView');
    make('b');
    arrive();
    assert.deepEqual((await sent()).map(({ tna }) => tna).sort(), ['a', 'b']);
  });

  test('that it does not bring is warned of when it is there', (t) => {
    const { snowplow, arrive, kinds } = waiting(t);
    snowplow('trackAcme');
    assert.deepEqual(kinds(), []);
    arrive();
    assert.deepEqual(kinds(), ['warn']);
  });
});

describe('a plugin out of an object', () => {
  test('joins at once, and brings its methods', (t) => {
    const { snowplow, make } = openTag(t);
    const calls: unknown[] = [];
    const { module, joined, made } = makePlugin({ trackAcme: (value: unknown) => calls.push(value) });
    make('a', 'b');
    snowplow('addPlugin:b', module, 'plugin', [1]);
    snowplow('trackAcme', 'now');
    assert.deepEqual([joined, made, calls], [['snowplow_b'], [[1]], ['now']]);
  });

  test('may take the place of a method', async (t) => {
    const { snowplow, make, sent } = openTag(t);
    make('a');
    snowplow('addPlugin', makePlugin({ trackPageView: () => {} }).module, 'plugin');
    snowplow('trackPageView');
    assert.deepEqual(await sent(), []);
  });

  test('whose maker throws, or is none, is said', (t) => {
    const { snowplow, kinds } = openTag(t);
    const fail = (): never => {
      throw new Error('of the plugin');
    };
    snowplow('addPlugin', { plugin: fail }, 'plugin');
    snowplow('addPlugin', { plugin: fail }, 'Other');
    assert.deepEqual(kinds(), ['error', 'error']);
  });
});

describe('anything else is warned of, and asks for no script', () => {
  for (const values of [
    [],
    [URL],
    [URL, 'acmePlugin'],
    [URL, ['acmePlugin', 5]],
    [URL, NAMES, 'values'],
    [URL, NAMES, {}],
    [{}, ['plugin']],
    [{ plugin: () => ({}) }, 'plugin', 'values'],
    [5, 'plugin'],
    [null, 'plugin'],
    [() => ({}), 'plugin'],
  ]) {
    test(JSON.stringify(values), async (t) => {
      const { snowplow, make, scripts, kinds, sent } = openTag(t);
      make('a');
      snowplow('addPlugin', ...values);
      assert.deepEqual([kinds(), scripts.inHead.length], [['warn'], 0]);
      snowplow('trackPageView');
      assert.equal((await sent()).length, 1);
    });
  }
});
