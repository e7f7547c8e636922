// What a watch knows of each event: by a scripted engine, and on the real core with a page and a collector.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Action, Outcome, Status } from '../../js/src/constants.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Explanation, TrackerOptions } from '../../js/src/types.ts';
import { createWatch } from '../../js/src/watch.ts';
import { settled, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';
import { ScriptedEngine, type ScriptedAction } from './scripted-engine.ts';

const idOf = (n: number): string => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`;
const json = (...events: number[]): string => events.map((n) => `{"e":"pv","eid":"${idOf(n)}"}`).join();
const rowOf = (n: number): string => `2p-111700000000000${json(n)}\n`;
const store = (n: number): ScriptedAction => ({ action: Action.Store, id: n, row: rowOf(n) });
const erase = (n: number, why = Status.Ok, outcome = 200): ScriptedAction => ({
  action: Action.Erase,
  id: n,
  row: rowOf(n),
  why,
  outcome,
});
const send = (id: number, ...events: number[]): ScriptedAction => ({
  action: Action.Send,
  id,
  url: '/tp2',
  body: `{"data":[${json(...events)}]}`,
});

const NEW: Explanation = { state: 'pending', stored: false, attempts: 0, status: undefined, code: undefined };

/** A watch over an engine that does these actions at once, and what it knows of an event then. */
function watch(...script: ScriptedAction[]) {
  const scripted = new ScriptedEngine();
  const watched = createWatch();
  const engine = watched.over(scripted);
  const act = (...actions: ScriptedAction[]): void => {
    scripted.script.push(...actions);
    for (const { action } of actions) assert.equal(engine.next(), action);
  };
  act(...script);
  return { scripted, engine, act, of: (n: number) => watched.explain(idOf(n)) };
}

describe('by the actions of an engine', () => {
  test('of an event that was never there nothing is known', () => {
    const { of } = watch(store(1));
    assert.deepEqual([of(1), of(2)], [NEW, undefined]);
  });

  test('a copy is stored when its storage says so, not before, and not if it says no', () => {
    const { engine, of } = watch(store(1), store(2));
    engine.done(1, Outcome.Ok, 0);
    engine.done(2, Outcome.Failed, 0);
    assert.deepEqual([of(1), of(2)], [{ ...NEW, stored: true }, NEW]);
    engine.done(77, Outcome.Ok, 0);
    assert.deepEqual([of(1), of(2)], [{ ...NEW, stored: true }, NEW], 'a row of nobody');
  });

  test('an event that is asked to be stored again, to last, stays stored', () => {
    const { engine, act, of } = watch(store(1));
    engine.done(1, Outcome.Ok, 0);
    act({ ...store(1), lasting: true });
    assert.equal(of(1)?.stored, true);
  });

  test('each request counts for the events in it; the last status counts', () => {
    const { engine, act, of } = watch(store(1), store(2), send(10, 1, 2));
    assert.deepEqual(
      [of(1), of(2)],
      [1, 2].map(() => ({ ...NEW, attempts: 1 })),
    );
    engine.done(10, 503, 0);
    assert.deepEqual(
      [of(1), of(2)],
      [1, 2].map(() => ({ ...NEW, attempts: 1, status: 503 })),
    );
    act(send(11, 1));
    assert.deepEqual(of(1), { ...NEW, attempts: 2, status: 503 }, 'until the next has ended');
    engine.done(11, Outcome.Offline, 0);
    assert.deepEqual([of(1)?.status, of(2)?.attempts, of(2)?.status], [0, 1, 503]);
  });

  test('a request is no row: that it was answered stores nothing', () => {
    const { engine, of } = watch(store(1), store(3), send(3, 1));
    engine.done(3, Outcome.Ok, 0);
    assert.deepEqual([of(1)?.stored, of(3)?.stored], [false, false]);
  });

  test('requests that are under way at once are told apart', () => {
    const { engine, of } = watch(store(1), store(2), send(10, 1), send(11, 2));
    engine.done(11, 413, 0);
    engine.done(10, 200, 0);
    assert.deepEqual([of(1)?.status, of(2)?.status], [200, 413]);
  });

  test('delivered', () => {
    const { engine, act, of } = watch(store(1), send(10, 1));
    engine.done(10, 200, 0);
    act(erase(1));
    assert.deepEqual(of(1), { ...NEW, state: 'delivered', attempts: 1, status: 200 });
  });

  test('dropped: why, and by what status where there was one', () => {
    const { engine, act, of } = watch(store(1), store(2), send(10, 1, 2));
    engine.done(10, 503, 0);
    act(erase(1, Status.Rejected, 413), erase(2, Status.Evicted, 0));
    const dropped = { ...NEW, state: 'dropped', attempts: 1 };
    assert.deepEqual(of(1), { ...dropped, status: 413, code: Status.Rejected });
    assert.deepEqual(of(2), { ...dropped, status: 503, code: Status.Evicted }, 'the last status stays');
  });

  test('a row that ended before anything else was known of it', () => {
    const { of } = watch(erase(1, Status.Expired, 0));
    assert.deepEqual(of(1), { ...NEW, state: 'dropped', code: Status.Expired });
  });

  test('a row that was taken over is stored; one that was not taken is not known', () => {
    const { scripted, engine, act, of } = watch();
    scripted.restoredId = 5;
    assert.equal(engine.restore(rowOf(1)), Status.Ok);
    scripted.answers.restore = Status.QueueFull;
    assert.equal(engine.restore(rowOf(2)), Status.QueueFull);
    assert.deepEqual([of(1), of(2)], [{ ...NEW, stored: true }, undefined]);
    act(send(10, 1), erase(1));
    assert.deepEqual([of(1)?.state, of(1)?.attempts], ['delivered', 1]);
  });

  test('a row without an id is of no event, and harms nothing', () => {
    const { engine, act, of } = watch({ action: Action.Store, id: 1, row: 'nonsense' });
    engine.done(1, Outcome.Ok, 0);
    act({ action: Action.Erase, id: 1, row: 'nonsense' }, store(2));
    assert.deepEqual(of(2), NEW);
  });

  test('the engine does what it did: same calls, same answers', () => {
    const { scripted, engine } = watch();
    scripted.answers.done = Status.Rejected;
    assert.equal(engine.done(3, 413, 7), Status.Rejected);
    engine.signal(2);
    engine.set(0, 'v');
    assert.deepEqual(scripted.calls, [
      ['done', 3, 413, 7],
      ['signal', 2],
      ['set', 0, 'v'],
    ]);
  });

  test('the last 1,000 events of a page are known', () => {
    const { act, of } = watch();
    for (let n = 1; n <= 1000; ++n) act(store(n));
    assert.deepEqual([of(1), of(1000)], [NEW, NEW]);
    act(store(1001));
    assert.deepEqual([of(1), of(2), of(1001)], [undefined, NEW, NEW]);
    for (let n = 1002; n <= 2000; ++n) act(store(n), erase(n));
    assert.deepEqual([of(1000), of(1001), of(2000)?.state], [undefined, NEW, 'delivered']);
  });
});

/** A tracker whose real engine is watched, in a page whose time stands. */
function track(t: TestContext, options: Partial<TrackerOptions>) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const make = () => {
    const watched = createWatch();
    const tracker = createTrackerWith((ready) => ready(watched.over(realEngine())), {
      collector: 'https://collector.example',
      ...options,
    });
    return { tracker, explain: (eventId: string) => watched.explain(eventId) };
  };
  const run = async (ms = 1): Promise<void> => {
    page.becomeIdle();
    for (let i = 0; i < 5; ++i) {
      tick(ms);
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
  return { page, network, make, ...make(), run, sent };
}

for (const method of ['post', 'get'] as const) {
  for (const base64 of [false, true]) {
    describe(`on the real core: ${method}, ${base64 ? 'base64' : 'plain'}`, () => {
      const open = (t: TestContext) => track(t, { method, base64 });

      test('an event that waits for its answer, and then is delivered', async (t) => {
        const { tracker, network, explain, run, sent } = open(t);
        let respond = (): void => {};
        network.respond = () => new Promise((resolve) => (respond = () => resolve(answer(200))));
        tracker.trackPageView();
        await run();
        const [id = ''] = sent();
        assert.deepEqual(explain(id), { ...NEW, stored: true, attempts: 1 });
        respond();
        await run();
        assert.deepEqual(explain(id), { ...NEW, state: 'delivered', stored: true, attempts: 1, status: 200 });
      });

      test('an event that is sent again, and then refused', async (t) => {
        const { tracker, network, explain, run, sent } = open(t);
        network.respond = () => answer(500);
        tracker.trackPageView();
        await run();
        const [id = ''] = sent();
        assert.deepEqual(explain(id), { ...NEW, stored: true, attempts: 1, status: 500 });
        network.respond = () => answer(413);
        await run(60_000);
        const { state, attempts, status, code } = explain(id) as Explanation;
        assert.deepEqual([state, attempts, status, code], ['dropped', sent().length, 413, Status.Rejected]);
        assert.equal(attempts, 2);
      });

      test('an event of a page that is gone', async (t) => {
        const { tracker, page, network, make, run, sent } = open(t);
        network.respond = () => Promise.reject(new TypeError('offline'));
        tracker.trackPageView();
        await run();
        const [id = ''] = sent();
        page.putAway();
        await run();
        network.requests.length = 0;
        network.respond = () => answer(200);
        const next = make();
        assert.equal(next.explain(id), undefined);
        await run(20);
        assert.deepEqual(next.explain(id), { ...NEW, state: 'delivered', stored: true, attempts: 1, status: 200 });
      });
    });
  }
}
