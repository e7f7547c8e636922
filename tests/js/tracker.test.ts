// A tracker as a site uses it, on the real core: what it is told comes out of fetch, and nothing can break it.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Problem, SelfDescribingJson, Stats, Tracker, TrackerOptions } from '../../js/src/types.ts';
import { settled, START_MS, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const collector = 'https://collector.example';
const schema = 'iglu:com.acme/step/jsonschema/1-0-0';

const isOurs = (text: string): boolean => !text.includes('ExperimentalWarning');

/** A tracker in a page whose time stands, before the page is idle. */
function open(t: TestContext, options: Partial<TrackerOptions> = {}) {
  const time = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const problems: Problem[] = [];
  const said = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    t.mock.method(console, name, () => {}),
  );
  const make = (more: Partial<TrackerOptions> = {}): Tracker =>
    createTrackerWith((ready) => ready(realEngine()), {
      collector,
      onProblem: (problem) => void problems.push(problem),
      ...options,
      ...more,
    });
  t.after(() =>
    assert.deepEqual(
      // Node itself says there that mocked timers are an experiment.
      said.flatMap((method) => method.mock.calls.map(({ arguments: [text] }) => String(text))).filter(isOurs),
      [],
    ),
  );
  return { ...time, page, network, problems, make, tracker: make() };
}

/** Lets everything happen that happens without time. */
async function run({ tick }: { tick: (ms: number) => void }, ms = 1): Promise<void> {
  for (let i = 0; i < 4; ++i) {
    tick(ms);
    await settled();
  }
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** The invariant of the ledger; gives it back. */
function adds(stats: Stats): Stats {
  const { accepted, delivered, pending, rejected, dropped } = stats;
  assert.equal(accepted, delivered + pending + sum(rejected) + sum(dropped), JSON.stringify(stats));
  return stats;
}

const codes = (problems: Problem[]): number[] => problems.splice(0).map(({ code }) => code);

describe('what a site says comes out', () => {
  test('each kind of event, in order, after one call of fetch', async (t) => {
    const opened = open(t);
    const { tracker, network, page } = opened;
    tracker.trackPageView();
    tracker.trackStructured({ category: 'cart', action: 'add', label: 'ski', property: 'red', value: 2 });
    tracker.trackSelfDescribing({ schema, data: { step: 1 }, entities: [{ schema, data: {} }] });
    tracker.track({ type: 'page_ping', maxY: 300.4 });
    page.becomeIdle();
    await run(opened);
    const events = network.events();
    assert.deepEqual(
      events.map(({ e }) => e),
      ['pv', 'se', 'ue', 'pp'],
    );
    assert.deepEqual([events[1]?.se_ca, events[1]?.se_va, events[3]?.pp_may], ['cart', '2', '300']);
    assert.deepEqual((JSON.parse(events[2]?.ue_pr ?? '') as { data: SelfDescribingJson }).data, {
      schema,
      data: { step: 1 },
    });
    assert.equal(network.requests.length, 1);
    assert.deepEqual([adds(tracker.stats()).delivered, tracker.stats().engine], [4, 'wasm']);
    assert.equal(page.localStorage.rows.size, 0, 'what is delivered is forgotten');
  });

  test('events made before there is an engine have the times of their own', async (t) => {
    const opened = open(t);
    const { tracker, network, page, tick } = opened;
    tracker.trackPageView();
    tick(40);
    tracker.trackPageView();
    tick(60);
    assert.deepEqual([adds(tracker.stats()).pending, tracker.stats().engine], [2, 'loading']);
    page.becomeIdle();
    await run(opened);
    const [first, second] = network.events();
    assert.deepEqual([first?.dtm, second?.dtm], [`${START_MS}`, `${START_MS + 40}`]);
    assert.ok(Number(first?.stm) >= START_MS + 100);
  });

  test('the user id holds for later events, until it is taken back', async (t) => {
    const opened = open(t);
    const { tracker, network, page } = opened;
    page.becomeIdle();
    for (const id of [undefined, 'ann', null, 'bob', '']) {
      tracker.setUserId(id);
      tracker.trackPageView();
    }
    await run(opened);
    assert.deepEqual(
      network.events().map(({ uid }) => uid),
      [undefined, 'ann', undefined, 'bob', undefined],
    );
  });

  test('flush sends at once and gives the ledger; without an answer it gives what there is', async (t) => {
    const opened = open(t, { batchWaitMs: 60_000 });
    const { tracker, network } = opened;
    tracker.trackPageView();
    assert.equal(adds(await tracker.flush()).delivered, 1);
    network.respond = () => Promise.reject(new TypeError('offline'));
    tracker.trackPageView();
    const flushed = tracker.flush();
    await run(opened);
    const stats = adds(await flushed);
    assert.deepEqual([stats.delivered, stats.pending, stats.failures], [1, 1, 1]);
    assert.ok(stats.retryInMs > 0);
  });

  test('what was not sent is sent by the next page', async (t) => {
    const opened = open(t);
    const { page, network, make } = opened;
    network.respond = () => Promise.reject(new TypeError('offline'));
    opened.tracker.trackPageView({ title: 'of the first page' });
    page.show('hidden');
    page.happens('pagehide');
    await run(opened);
    network.requests.length = 0;
    network.respond = () => answer(200);
    const next = make();
    page.becomeIdle();
    await run(opened, 20);
    const stats = adds(next.stats());
    assert.deepEqual([stats.restored, stats.delivered], [1, 1]);
    assert.ok(network.events().some(({ page: title }) => title === 'of the first page'));
  });

  test('two trackers of one name do not take each other’s events', async (t) => {
    const opened = open(t);
    const { tracker, make, network, page } = opened;
    const other = make();
    tracker.trackPageView();
    other.trackPageView();
    page.becomeIdle();
    await run(opened);
    assert.deepEqual([adds(tracker.stats()).delivered, adds(other.stats()).delivered], [1, 1]);
    assert.equal(new Set(network.events().map(({ eid }) => eid)).size, 2);
  });
});

describe('a collector that is not what it should be', () => {
  for (const [what, respond] of [
    ['answers 500', () => answer(500)],
    ['answers 429 and says when to come back', () => answer(429, { 'Retry-After': '30' })],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['says nothing at all', () => new Promise<never>(() => {})],
  ] as const) {
    test(`${what}: the event stays, and is sent again`, async (t) => {
      const opened = open(t);
      const { tracker, network, page, tick } = opened;
      network.respond = respond;
      tracker.trackPageView();
      page.becomeIdle();
      await run(opened);
      const places = [page.localStorage.rows.size, Object.keys(await page.database.rows()).length];
      assert.deepEqual([adds(tracker.stats()).pending, tracker.stats().stored, Math.max(...places)], [1, 1, 1]);
      network.respond = () => answer(200);
      const isWaiting = tracker.stats().inFlight === 0;
      if (isWaiting) tick(120_000);
      await run(opened);
      assert.equal(adds(tracker.stats()).delivered, isWaiting ? 1 : 0);
    });
  }

  test('refuses an event for good: it is counted under the status, and the site hears of it', async (t) => {
    const opened = open(t);
    const { tracker, network, page, problems } = opened;
    network.respond = () => answer(400);
    tracker.trackPageView();
    page.becomeIdle();
    await run(opened);
    assert.deepEqual(adds(tracker.stats()).rejected, { 400: 1 });
    assert.deepEqual(problems, [{ code: Status.Rejected, during: 'send', detail: 400 }]);
  });

  for (const bad of [undefined, null, '', 'http://', 'not a url', 'ftp://c.example', 'javascript:alert(1)', 5, {}]) {
    test(`is ${JSON.stringify(bad) ?? 'undefined'}: the events stay; that none is given is a problem`, async (t) => {
      const opened = open(t, { collector: bad as string });
      const { tracker, network, page, problems } = opened;
      network.respond = () => {
        throw new TypeError('Failed to parse URL');
      };
      tracker.trackPageView();
      page.becomeIdle();
      await run(opened);
      const stats = adds(tracker.stats());
      assert.deepEqual([stats.pending, stats.engine], [1, 'wasm']);
      assert.deepEqual(codes(problems), bad ? [] : [Status.InvalidValue]);
      // The wait for the next is random, and may be as good as none.
      assert.equal(network.requests.length > 0, !!bad);
    });
  }
});

describe('bad input', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const throwing = {
    get type(): never {
      throw new Error('a getter of the site');
    },
  };
  const rows: [string, (tracker: Tracker) => void, Status][] = [
    ['a cycle', (it) => it.trackSelfDescribing({ schema, data: cycle }), Status.Unserialisable],
    ['a BigInt', (it) => it.trackSelfDescribing({ schema, data: { n: 1n } }), Status.Unserialisable],
    ['a cycle in an entity', (it) => it.trackPageView({ entities: [{ schema, data: cycle }] }), Status.Unserialisable],
    ['a getter that throws', (it) => it.track(throwing), Status.Unserialisable],
    ['null for an event', (it) => it.trackStructured(null as never), Status.Unserialisable],
    ['undefined for an event', (it) => it.trackStructured(undefined as never), Status.MissingField],
    ['null for a typed event', (it) => it.track(null as never), Status.Unserialisable],
    ['undefined for a typed event', (it) => it.track(undefined as never), Status.InvalidArgument],
    ['a type that does not exist', (it) => it.track({ type: 'telepathy' } as never), Status.InvalidArgument],
    ['no action', (it) => it.trackStructured({ category: 'a', action: undefined as never }), Status.MissingField],
    ['no data', (it) => it.trackSelfDescribing({ schema, data: undefined }), Status.MissingField],
    ['a function for data', (it) => it.trackSelfDescribing({ schema, data: () => 1 }), Status.MissingField],
    ['a text for data', (it) => it.trackSelfDescribing({ schema, data: 'text' }), Status.MalformedEvent],
    ['NaN', (it) => it.trackStructured({ category: 'a', action: 'b', value: NaN }), Status.InvalidNumber],
    ['a text for entities', (it) => it.trackPageView({ entities: 'none' as never }), Status.MalformedEvent],
    ['2 MB', (it) => it.trackSelfDescribing({ schema, data: { text: 'x'.repeat(2e6) } }), Status.TooLarge],
    ['halves of surrogate pairs', (it) => it.trackStructured({ category: '\ud800', action: '\udc00' }), Status.Ok],
    ['undefined wherever it may be', (it) => it.trackPageView({ title: undefined, entities: undefined }), Status.Ok],
    ['a number for a text', (it) => it.trackStructured({ category: 1 as never, action: {} as never }), Status.Ok],
  ];

  for (const isEarly of [true, false]) {
    for (const [what, call, expected] of rows) {
      test(`${what}, ${isEarly ? 'before' : 'after'} there is an engine`, async (t) => {
        const opened = open(t);
        const { tracker, page, problems } = opened;
        if (!isEarly) page.becomeIdle();
        call(tracker);
        adds(tracker.stats());
        page.becomeIdle();
        await run(opened);
        const stats = adds(tracker.stats());
        assert.deepEqual(codes(problems), expected === Status.Ok ? [] : [expected]);
        assert.deepEqual([stats.accepted, stats.delivered, stats.engine], [1, expected === Status.Ok ? 1 : 0, 'wasm']);
      });
    }
  }

  for (const isEarly of [true, false]) {
    test(`ten thousand events in a loop, ${isEarly ? 'before' : 'after'} there is an engine`, async (t) => {
      const opened = open(t);
      const { tracker, page } = opened;
      if (!isEarly) page.becomeIdle();
      for (let i = 0; i < 10_000; ++i) tracker.trackStructured({ category: 'loop', action: 'go', value: i });
      assert.equal(adds(tracker.stats()).accepted, 10_000);
      page.becomeIdle();
      for (let i = 0; i < 40; ++i) await run(opened);
      const stats = adds(tracker.stats());
      assert.deepEqual([stats.accepted, stats.pending, stats.engine], [10_000, 0, 'wasm']);
      assert.ok(stats.delivered >= 1000, JSON.stringify(stats));
    });
  }

  test('user ids of every type', async (t) => {
    const opened = open(t);
    const { tracker, page } = opened;
    page.becomeIdle();
    for (const id of [5, true, {}, [], Symbol('id'), '\ud800']) tracker.setUserId(id as string);
    tracker.trackPageView();
    await run(opened);
    assert.deepEqual([adds(tracker.stats()).delivered, tracker.stats().engine], [1, 'wasm']);
  });

  test('after close nothing is taken, and everything is harmless', async (t) => {
    const opened = open(t);
    const { tracker, page, problems } = opened;
    page.becomeIdle();
    tracker.trackPageView();
    tracker.close();
    tracker.close();
    tracker.trackPageView();
    tracker.setUserId('ann');
    await run(opened);
    const stats = adds(await tracker.flush());
    assert.deepEqual([stats.delivered, stats.dropped, codes(problems)], [1, { closed: 1 }, [Status.Closed]]);
  });

  test('options that are none at all', async (t) => {
    const opened = open(t);
    for (const options of [undefined, null, 5, 'https://collector.example']) {
      const tracker = createTrackerWith((ready) => ready(realEngine()), options as unknown as TrackerOptions);
      opened.page.becomeIdle();
      tracker.trackPageView();
      await run(opened);
      assert.equal(adds(tracker.stats()).pending, 1);
      tracker.close();
    }
  });
});

test('on a server every call is harmless, and events are counted', async (t) => {
  const load = t.mock.fn();
  const tracker = createTrackerWith(load, { collector });
  tracker.trackPageView();
  tracker.trackStructured({ category: 'a', action: 'b' });
  tracker.setUserId('ann');
  const stats = adds(await tracker.flush());
  assert.deepEqual([stats.accepted, stats.engine, load.mock.callCount()], [2, 'none', 0]);
  tracker.close();
});
