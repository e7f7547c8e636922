// What a site hears of its events, on the real core: which one was delivered, dropped, tried again, and when.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Delivery, Drop, Retry, TrackerOptions } from '../../js/src/types.ts';
import { settled, START_MS, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const collector = 'https://collector.example';
const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const ID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A tracker that keeps what it is told, in a page whose time stands. */
function open(t: TestContext, options: Partial<TrackerOptions> = {}) {
  const time = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const told = { delivered: [] as string[], dropped: [] as Drop[], retries: [] as Retry[] };
  const make = (more: Partial<TrackerOptions> = {}) =>
    createTrackerWith((ready) => ready(realEngine()), {
      collector,
      onDelivered: ({ eventId }: Delivery) => void told.delivered.push(eventId),
      onDropped: (drop) => void told.dropped.push(drop),
      onRetry: (retry) => void told.retries.push(retry),
      ...options,
      ...more,
    });
  /** Lets everything happen that happens without time. */
  const run = async (ms = 1): Promise<void> => {
    page.becomeIdle();
    for (let i = 0; i < 5; ++i) {
      time.tick(ms);
      await settled();
    }
  };
  /** Ids of the events of all requests, POST or GET, in order. */
  const sent = (): string[] =>
    network.requests.flatMap(({ url, body }) =>
      body
        ? (JSON.parse(body) as { data: { eid: string }[] }).data.map(({ eid }) => eid)
        : [new URL(url).searchParams.get('eid') ?? ''],
    );
  return { ...time, page, network, told, make, tracker: make(), run, sent };
}

describe('delivered', () => {
  for (const method of ['post', 'get'] as const) {
    for (const base64 of [false, true]) {
      test(`each event is named by its id: ${method}, ${base64 ? 'base64' : 'plain'}`, async (t) => {
        const { tracker, told, run, sent } = open(t, { method, base64 });
        const decoy = '00000000-0000-4000-8000-000000000000-and more';
        tracker.trackPageView({ title: `"eid":"${decoy}` });
        tracker.trackStructured({ category: 'eid', action: `&eid=${decoy}`, label: `\\","eid":"${decoy}` });
        tracker.trackSelfDescribing({ schema, data: { eid: decoy }, entities: [{ schema, data: { eid: decoy } }] });
        for (let i = 0; i < 3; ++i) await run();
        assert.equal(told.delivered.length, 3);
        for (const id of told.delivered) assert.match(id, ID);
        assert.deepEqual(told.delivered, sent());
      });
    }

    test(`an id in the address of the page is not taken for the event’s: ${method}`, async (t) => {
      const { tracker, page, told, run, sent } = open(t, { method });
      page.location.href = 'https://shop.example/?a=1&eid=00000000-0000-4000-8000-000000000000&b=2';
      tracker.trackPageView();
      await run();
      assert.deepEqual(told.delivered, sent());
    });
  }

  test('not within a call, not twice, and not before the collector has answered', async (t) => {
    const { tracker, network, told, run } = open(t);
    let respond = (): void => {};
    network.respond = () => new Promise((resolve) => (respond = () => resolve(answer(200))));
    tracker.trackPageView();
    await run();
    assert.equal(told.delivered.length, 0);
    respond();
    await run();
    await run();
    assert.equal(told.delivered.length, 1);
  });

  test('of an event that an earlier page has tracked, it is told as well', async (t) => {
    const { tracker, make, network, page, told, run, sent } = open(t);
    network.respond = () => Promise.reject(new TypeError('offline'));
    tracker.trackPageView();
    page.becomeIdle();
    page.putAway();
    await run();
    const [id] = sent();
    network.respond = () => answer(200);
    make();
    await run(20);
    assert.deepEqual(told.delivered, [id]);
  });
});

describe('dropped', () => {
  test('an event that the core refuses never had an id', async (t) => {
    const { tracker, told, run } = open(t);
    tracker.trackStructured({ category: '', action: 'b' });
    tracker.trackSelfDescribing({ schema, data: { n: 1n } });
    tracker.trackSelfDescribing({ schema, data: { text: 'x'.repeat(2e6) } });
    tracker.close();
    tracker.trackPageView();
    assert.deepEqual(told.dropped, [], 'not within a call');
    await run();
    assert.deepEqual(
      told.dropped.map(({ code }) => code).sort(),
      [Status.MissingField, Status.Unserialisable, Status.TooLarge, Status.Closed].sort(),
    );
    for (const { eventId, status } of told.dropped) assert.deepEqual([eventId, status], [undefined, undefined]);
  });

  test('an event that the collector refuses is named, with its status; others are sent again', async (t) => {
    const { tracker, network, told, run, sent } = open(t);
    network.respond = ({ body }) => answer(body?.includes('"se_ca":"bad"') ? 422 : 200);
    for (const category of ['good', 'bad', 'fine', 'nice']) tracker.trackStructured({ category, action: 'a' });
    for (let i = 0; i < 4; ++i) await run();
    const bad = sent()[1];
    assert.deepEqual(told.dropped, [{ code: Status.Rejected, eventId: bad, status: 422 }]);
    assert.deepEqual([told.delivered.length, told.delivered.includes(bad ?? '')], [3, false]);
    assert.deepEqual(tracker.stats().rejected, { 422: 1 });
    assert.ok(told.retries.length >= 1, 'each division is a request that is made again');
    for (const { status, failures } of told.retries) assert.deepEqual([status, failures], [422, 0]);
  });

  test('when there is no room, the event of least worth is named', async (t) => {
    const { tracker, network, told, run } = open(t);
    network.respond = () => answer(500);
    const label = 'x'.repeat(100_000);
    tracker.trackStructured({ category: 'a', action: 'low', label, priority: 'low' });
    await run();
    for (let i = 0; i < 30; ++i) tracker.trackStructured({ category: 'a', action: 'normal', label });
    await run();
    const codes = told.dropped.map(({ code }) => code);
    const [evicted = -1, ...more] = codes.flatMap((code, i) => (code === +Status.Evicted ? [i] : []));
    assert.deepEqual(more, []);
    assert.match(told.dropped[evicted]?.eventId ?? '', ID);
    const full = codes.filter((code) => code === +Status.QueueFull).length;
    assert.deepEqual([tracker.stats().dropped, codes.length], [{ evicted: 1, queue_full: full }, 1 + full]);
  });

  test('a stored row that cannot be read, and one that is too old', async (t) => {
    const { tracker, page, told, run } = open(t);
    const old = `2p-1${10_000_000_000_000 + START_MS - 31 * 86_400_000}{"e":"pv","eid":"${'1'.repeat(36)}"}\n`;
    page.localStorage.setItem('piste/piste/00000000/1', old);
    page.localStorage.setItem('piste/piste/00000000/2', 'nonsense');
    await run();
    assert.deepEqual(told.dropped, [
      { code: Status.Expired, eventId: '1'.repeat(36), status: undefined },
      { code: Status.UnreadableRow, eventId: undefined, status: undefined },
    ]);
    assert.deepEqual([...page.localStorage.rows.keys()], ['piste/piste/']);
    assert.deepEqual(tracker.stats().dropped, { unreadable: 1, expired: 1 });
  });
});

describe('tried again', () => {
  for (const [what, respond, status] of [
    ['500', () => answer(500), 500],
    ['429', () => answer(429), 429],
    ['no answer', () => Promise.reject(new TypeError('offline')), 0],
  ] as const) {
    test(`a request that failed (${what}) is told, with the failures in a row and the wait`, async (t) => {
      const { tracker, network, told, tick, run } = open(t);
      network.respond = respond;
      tracker.trackPageView();
      await run();
      assert.deepEqual(
        told.retries.map(({ status: told, failures }) => [told, failures]),
        [[status, 1]],
      );
      const [{ retryInMs } = { retryInMs: 0 }] = told.retries;
      assert.ok(retryInMs > 0 && retryInMs <= 300_000, `${retryInMs} ms`);
      tick(retryInMs);
      await run();
      assert.deepEqual(
        told.retries.map(({ failures }) => failures),
        [1, 2],
      );
      network.respond = () => answer(200);
      tick(300_000);
      await run();
      assert.deepEqual([told.retries.length, told.delivered.length], [2, 1]);
    });
  }

  test('the collector’s own word on when to come back is in the wait', async (t) => {
    const { tracker, network, told, run } = open(t);
    network.respond = () => answer(503, { 'Retry-After': '120' });
    tracker.trackPageView();
    await run();
    const { retryInMs = 0 } = told.retries[0] ?? {};
    assert.ok(retryInMs >= 120_000 && retryInMs <= 135_000, `${retryInMs} ms`);
  });

  test('an answer that is final, or good, is none', async (t) => {
    const { tracker, network, told, run } = open(t);
    for (const status of [200, 204, 400]) {
      network.respond = () => answer(status);
      tracker.trackPageView();
      await run();
    }
    assert.deepEqual(told.retries, []);
  });
});

describe('the site’s own functions', () => {
  test('each is called in a task of its own, with nothing of ours beneath it', async (t) => {
    const stacks: string[] = [];
    const look = (): void => void stacks.push(new Error().stack ?? '');
    const { tracker, network, run } = open(t, { onDelivered: look, onDropped: look, onRetry: look, onProblem: look });
    tracker.trackStructured({ category: '', action: '' });
    tracker.trackPageView();
    await run();
    network.respond = () => answer(500);
    tracker.trackPageView();
    await run();
    assert.equal(stacks.length, 4);
    for (const stack of stacks) {
      assert.doesNotMatch(stack, /driver\.ts|tracker\.ts|storage\.ts/);
    }
  });

  test('what they throw harms neither each other nor the tracker', async (t) => {
    const thrower = t.mock.fn(() => {
      throw new Error('of the site');
    });
    const { tracker, network, run } = open(t, {
      onDelivered: thrower,
      onDropped: thrower,
      onRetry: thrower,
      onProblem: thrower,
    });
    tracker.trackStructured({ category: '', action: '' });
    for (let i = 0; i < 3; ++i) tracker.trackPageView();
    await run();
    assert.equal(thrower.mock.callCount(), 5);
    network.respond = () => answer(500);
    tracker.trackPageView();
    await run();
    const { delivered, pending, engine } = tracker.stats();
    assert.deepEqual([thrower.mock.callCount(), delivered, pending, engine], [6, 3, 1, 'wasm']);
  });

  test('they may call the tracker', async (t) => {
    let again = 3;
    const { tracker, told, run } = open(t, {
      onDropped: () => void (again-- > 0 && tracker.trackPageView()),
    });
    tracker.trackStructured({ category: '', action: '' });
    await run();
    assert.deepEqual([told.delivered.length, tracker.stats().delivered], [1, 1]);
  });

  test('a tracker without them does as well', async (t) => {
    const none = { onDelivered: undefined, onDropped: undefined, onRetry: undefined };
    const { tracker, network, run } = open(t, none);
    tracker.trackPageView();
    tracker.trackStructured({ category: '', action: '' });
    await run();
    network.respond = () => answer(500);
    tracker.trackPageView();
    await run();
    assert.equal(tracker.stats().engine, 'wasm');
  });
});
