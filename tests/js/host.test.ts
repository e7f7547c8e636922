// The life of an engine in a page: when it begins, what it is told, how it ends; by a scripted engine.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Action, EventKind, Key, Outcome, Signal, Status } from '../../js/src/constants.ts';
import type { Engine } from '../../js/src/engine.ts';
import { Host } from '../../js/src/host.ts';
import type { Problem, TrackerOptions } from '../../js/src/types.ts';
import { settled, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const collector = 'https://collector.example';
const VIEW = ['', '', '', '', ''];

/** A host in a page whose time stands. Its engine is made at once, or when `ready` is called. */
function start(t: TestContext, { late = false, ...options }: Partial<TrackerOptions> & { late?: boolean } = {}) {
  const time = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const engine = new ScriptedEngine();
  const problems: Problem[] = [];
  const made = { count: 0, ready: (_: Engine) => {}, failed: (_: unknown) => {} };
  const host = new Host(
    (ready, failed) => {
      Object.assign(made, { count: made.count + 1, ready, failed });
      if (!late) ready(engine);
    },
    { collector, onProblem: (problem) => void problems.push(problem), ...options },
  );
  const view = (): void => host.track(EventKind.PageView, VIEW, 5, 6);
  return { ...time, page, network, engine, problems, made, host, view };
}

const values = (engine: ScriptedEngine, key: Key): unknown[] =>
  engine.named('set').flatMap(([which, value]) => (which === key ? [value] : []));
const signals = (engine: ScriptedEngine): unknown[] => engine.named('signal').flat();
const wait = { action: Action.Wait, waitMs: 100 };

describe('the beginning', () => {
  test('the engine is made when the page is idle, once', (t) => {
    const { page, made, host, view } = start(t);
    view();
    assert.equal(made.count, 0);
    assert.equal(host.stats().engine, 'loading');
    page.becomeIdle();
    host.begin();
    assert.deepEqual([made.count, host.stats().engine], [1, 'wasm']);
  });

  const reasons: [string, (started: ReturnType<typeof start>) => void][] = [
    ['the page is hidden', ({ page }) => page.show('hidden')],
    ['the site flushes', ({ host }) => host.flush(() => {})],
    ['the site closes the tracker', ({ host }) => host.close()],
  ];
  for (const [what, happen] of reasons) {
    test(`it is made before when ${what}`, (t) => {
      const started = start(t);
      started.view();
      happen(started);
      assert.equal(started.made.count, 1);
      assert.deepEqual(started.engine.named('track').length, 1);
    });
  }

  test('it is told its settings before anything else; one that it refuses is a problem', (t) => {
    const { page, engine, problems, view, tick } = start(t, { appId: 'shop', method: 'post' });
    engine.answers.set = Status.InvalidValue;
    view();
    page.becomeIdle();
    const names = engine.calls.map(([name]) => name);
    assert.ok(names.indexOf('track') > names.lastIndexOf('set'));
    assert.deepEqual(values(engine, Key.AppId), ['shop']);
    assert.deepEqual(problems, [], 'not inside a call');
    tick(1);
    assert.deepEqual(problems[0], { code: Status.InvalidValue, during: 'configure', detail: Key.TrackerVersion });
    assert.equal(problems.length, engine.named('set').length);
  });

  test('calls made before are made again in order, with the times and the page of their own', (t) => {
    const { page, engine, host, view } = start(t, { late: false });
    view();
    page.location.href = 'https://shop.example/boots';
    host.run((target) => void target.set(Key.UserId, 'ann'));
    host.track(EventKind.PageView, VIEW, 7, 8);
    page.location.href = 'https://shop.example/bag';
    page.becomeIdle();
    const after = engine.calls.slice(engine.calls.findIndex(([name]) => name === 'track'));
    assert.deepEqual(after.slice(0, 4), [
      ['track', EventKind.PageView, VIEW, 5, 6],
      ['set', Key.UserId, 'ann'],
      ['set', Key.PageUrl, 'https://shop.example/boots'],
      ['track', EventKind.PageView, VIEW, 7, 8],
    ]);
  });

  test('rows of pages that are gone are handed to the engine; one for which there is no room stays', async (t) => {
    const { page, engine } = start(t);
    page.localStorage.setItem('piste/piste/00000000/1', 'old row');
    page.localStorage.setItem('piste/other/00000000/1', 'of another tracker');
    engine.answers.restore = Status.QueueFull;
    page.becomeIdle();
    await settled();
    assert.deepEqual(engine.named('restore'), [['old row']]);
    assert.equal(page.localStorage.rows.size, 2);
  });

  test('without storage nothing is kept and nothing adopted', async (t) => {
    const { page, engine } = start(t, { storage: 'memory' });
    page.localStorage.setItem('piste/piste/00000000/1', 'old row');
    engine.script.push({ action: Action.Store, id: 1, row: 'row' });
    page.becomeIdle();
    await settled();
    assert.deepEqual([engine.named('restore').length, page.localStorage.rows.size], [0, 1]);
    assert.deepEqual(engine.named('done'), [[1, Outcome.Failed, '']]);
  });
});

describe('the life', () => {
  /** A host whose engine is there, with nothing to do yet. */
  function run(t: TestContext, options: Partial<TrackerOptions> = {}) {
    const started = start(t, options);
    started.page.becomeIdle();
    started.tick(1);
    started.engine.calls.length = 0;
    started.problems.length = 0;
    return started;
  }

  test('events wait for one task of their own, however many there are', (t) => {
    const { engine, view, tick } = run(t);
    for (let i = 0; i < 100; ++i) view();
    assert.equal(engine.named('next').length, 0);
    tick(1);
    assert.deepEqual([engine.named('track').length, engine.named('next').length], [100, 1]);
    view();
    tick(1);
    assert.equal(engine.named('next').length, 2);
  });

  test('the core hears where the page is and what it is called, when that has changed', (t) => {
    const { page, engine, view } = run(t);
    view();
    page.document.title = 'Boots';
    view();
    page.location.href = 'https://shop.example/boots';
    view();
    view();
    assert.deepEqual(
      engine.calls.map(([name, key, value]) => (name === 'set' ? [key, value] : name)),
      ['track', [Key.PageTitle, 'Boots'], 'track', [Key.PageUrl, 'https://shop.example/boots'], 'track', 'track'],
    );
  });

  test('what happens to the page is told to the core, which is asked at once what to do', (t) => {
    const { page, engine } = run(t);
    page.show('hidden');
    page.show('visible');
    page.happens('online');
    page.happens('pageshow', { persisted: true });
    assert.deepEqual(signals(engine), [Signal.Leaving, Signal.Visible, Signal.Online, Signal.Visible]);
    assert.equal(engine.named('next').length, 4);
  });

  test('a page that is put away without having been hidden is left all the same', (t) => {
    const { page, engine } = run(t);
    page.happens('pagehide');
    assert.deepEqual(signals(engine), [Signal.Leaving]);
  });

  test('rows are free for others while the page is put away', async (t) => {
    const { page } = run(t);
    const held = (): number => page.navigator.locks?.held.size ?? -1;
    await settled();
    assert.equal(held(), 1);
    page.happens('pagehide');
    await settled();
    assert.equal(held(), 0);
    page.happens('pageshow', { persisted: true });
    await settled();
    assert.equal(held(), 1);
  });

  test('new sizes are told to the core', (t) => {
    const { page, engine } = run(t);
    page.innerWidth = 400;
    page.happens('resize');
    assert.deepEqual(values(engine, Key.Viewport), ['400x800']);
    assert.deepEqual(values(engine, Key.DocumentSize), ['1200x3000']);
  });

  test('when a wait has passed the core hears of the activity; a ping begins the extremes anew', (t) => {
    const { page, engine, view, tick } = run(t, { pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } });
    engine.script.push(wait, wait, wait);
    page.scrollY = 300;
    page.happensInDocument('scroll');
    engine.pings = true;
    view();
    for (const ms of [1, 100, 100]) {
      tick(ms);
      engine.pings &&= engine.named('setActivity').length === 0;
    }
    const [first, second] = engine.named('setActivity');
    assert.deepEqual(first?.[1], [0, 0, 0, 300]);
    assert.deepEqual(second?.[1], [0, 0, 300, 300]);
    assert.ok(Number(first?.[0]) > 0);
  });

  test('without page pings nothing is listened to and nothing told', (t) => {
    const { engine, view, tick } = run(t);
    engine.script.push(wait);
    view();
    tick(200);
    assert.equal(engine.named('setActivity').length, 0);
  });

  test('what the core refuses and what the collector refuses are told, in a task of their own', async (t) => {
    const { engine, problems, view, tick, network } = run(t);
    network.respond = () => answer(400);
    engine.answers.track = Status.MissingField;
    engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 });
    view();
    tick(1);
    engine.answers.done = Status.Rejected;
    await settled();
    tick(1);
    assert.deepEqual(problems, [
      { code: Status.MissingField, during: 'track', detail: undefined },
      { code: Status.Rejected, during: 'send', detail: 400 },
    ]);
  });

  test('what the site throws when it is told stays there', (t) => {
    const thrower = t.mock.fn(() => {
      throw new Error('of the site');
    });
    const { engine, view, tick, host } = run(t, { onProblem: thrower });
    engine.answers.track = Status.MissingField;
    view();
    tick(1);
    assert.equal(thrower.mock.callCount(), 1);
    assert.equal(host.stats().engine, 'wasm');
  });

  test('flush ends when no request is under way', async (t) => {
    const { engine, host, network } = run(t);
    let respond = (): void => {};
    network.respond = () => new Promise((resolve) => (respond = () => resolve(answer(200))));
    engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 });
    const flushed = t.mock.fn();
    host.flush(flushed);
    await settled();
    assert.deepEqual([signals(engine), flushed.mock.callCount()], [[Signal.Flush], 0]);
    respond();
    await settled();
    assert.equal(flushed.mock.callCount(), 1);
    host.flush(flushed);
    assert.equal(flushed.mock.callCount(), 2, 'at once, when there is nothing to send');
  });

  test('close tells the core, and ends all listening', (t) => {
    const { page, engine, host } = run(t, { pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } });
    host.close();
    host.close();
    page.show('hidden');
    page.happens('online');
    page.happens('resize');
    assert.deepEqual(signals(engine), [Signal.Close, Signal.Close]);
    assert.equal(page.observers.size, 0);
    assert.equal(engine.named('set').length, 0);
  });
});

describe('the end that nobody wants', () => {
  test('where there is no engine, events are counted and nothing else happens', (t) => {
    const { page, made, problems, host, view, tick } = start(t, { late: true });
    view();
    page.becomeIdle();
    made.failed(new Error('forbidden'));
    view();
    tick(1);
    assert.deepEqual([problems.length, problems[0]?.code, problems[0]?.during], [1, Status.Internal, 'run']);
    const { engine, accepted, pending, dropped } = host.stats();
    assert.deepEqual([engine, accepted, pending, dropped], ['none', 2, 1, { queue_full: 1 }]);
    page.show('hidden');
    page.happens('online');
    host.close();
  });

  test('an engine that comes after it has failed is not used', (t) => {
    const { page, engine, made, host } = start(t, { late: true });
    page.becomeIdle();
    made.failed(new Error());
    made.ready(engine);
    assert.deepEqual([host.stats().engine, engine.calls.length], ['none', 0]);
  });

  test('who flushes an engine that never comes is told, before and after that is known', (t) => {
    const { made, host } = start(t, { late: true });
    const [before, after] = [t.mock.fn(), t.mock.fn()];
    host.flush(before);
    assert.equal(before.mock.callCount(), 0);
    made.failed(new Error());
    host.flush(after);
    assert.deepEqual([before.mock.callCount(), after.mock.callCount()], [1, 1]);
  });

  for (const broken of ['set', 'track', 'next', 'signal', 'done']) {
    test(`an engine whose ${broken}() throws ends the tracker and not the page`, async (t) => {
      const { page, engine, network, host, view, problems, tick } = start(t);
      engine.broken.add(broken);
      engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 });
      view();
      page.becomeIdle();
      const flushed = t.mock.fn();
      host.flush(flushed);
      await settled();
      tick(10);
      assert.deepEqual(
        problems.map(({ code, detail }) => [code, (detail as Error).message]),
        [[Status.Internal, `${broken} is broken`]],
      );
      assert.equal(flushed.mock.callCount(), 1);
      assert.equal(host.stats().engine, 'none');
      assert.ok(network.requests.length <= 1);
    });
  }

  test('statistics that cannot be read end the tracker and not the page', (t) => {
    const { page, engine, host } = start(t);
    page.becomeIdle();
    engine.stats = '';
    assert.equal(host.stats().engine, 'none');
  });

  test('after it has failed neither a timer nor an answer touches the engine again', async (t) => {
    const { page, engine, tick, view } = start(t);
    engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 }, wait);
    page.becomeIdle();
    engine.broken.add('track');
    view();
    engine.broken.clear();
    engine.calls.length = 0;
    await settled();
    tick(1000);
    page.happens('resize');
    assert.deepEqual(engine.calls, []);
  });

  test('an engine that ends while the tracker was closed leaves nothing behind', (t) => {
    const { page, engine, made, host } = start(t, { late: true });
    host.close();
    made.ready(engine);
    assert.equal(page.observers.size, 0);
    assert.deepEqual(signals(engine), [Signal.Close]);
  });
});

test('on a server nothing happens, and events are counted', async (t) => {
  const load = t.mock.fn();
  const host = new Host(load, { collector });
  host.track(EventKind.PageView, VIEW, 1, 1);
  host.signal(Signal.Leaving);
  host.begin();
  const flushed = t.mock.fn();
  host.flush(flushed);
  host.close();
  await settled();
  const { engine, accepted, dropped } = host.stats();
  assert.deepEqual([engine, accepted, dropped], ['none', 1, { queue_full: 1 }]);
  assert.deepEqual([load.mock.callCount(), flushed.mock.callCount()], [0, 1]);
});
