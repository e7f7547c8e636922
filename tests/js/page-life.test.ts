// What happens to a page, and what becomes of its tracker's rows and requests then; by a scripted engine.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Action, Outcome, Signal, Status } from '../../js/src/constants.ts';
import { settled } from './fake-globals.ts';
import { answer, type FakeAnswer } from './fake-network.ts';
import { collector, run, signals, start } from './scripted-tracker.ts';

describe('a page that is prerendered', () => {
  test('begins nothing, whatever happens, until it is seen', async (t) => {
    const { page, made, network, view, tracker, tick } = start(t, { prerendering: true });
    view();
    page.becomeIdle();
    void tracker.flush();
    page.happens('online');
    page.happensInDocument('freeze');
    page.happens('pagehide');
    tick(10_000);
    await settled();
    assert.deepEqual([made.count, network.requests.length], [0, 0]);
    assert.deepEqual([tracker.stats().engine, tracker.stats().pending], ['loading', 1]);
    assert.deepEqual(
      [page.localStorage.rows.size, page.navigator.locks.requests, page.database.transactions],
      [0, 0, []],
    );
  });

  test('begins when it is seen, with the events of before', async (t) => {
    const { page, made, engine, view, flush } = start(t, { prerendering: true });
    view();
    const hasFlushed = flush();
    page.becomeIdle();
    assert.equal(made.count, 0);
    page.activate();
    assert.deepEqual([made.count, engine.named('track').length, await hasFlushed()], [1, 1, 1]);
  });
});

test('what happens to the page is told to the core, which is asked at once what to do', (t) => {
  const { page, engine } = run(t);
  page.show('hidden');
  page.show('visible');
  page.happensInDocument('freeze');
  page.happens('online');
  page.happens('pageshow', { persisted: false });
  assert.deepEqual(signals(engine), [Signal.Leaving, Signal.Visible, Signal.Leaving, Signal.Online]);
  assert.equal(engine.named('next').length, 4);
});

test('a page that is put away is left first, whether or not it was hidden, and then gone', (t) => {
  const { page, engine } = run(t);
  page.putAway();
  assert.deepEqual(signals(engine), [Signal.Away, Signal.Gone]);
  const asked = engine.calls.map(([name, kind]) => (name === 'next' ? 'next' : kind));
  assert.deepEqual(asked, [Signal.Away, 'next', Signal.Gone], 'what is left is sent and stored before it is forgotten');
});

test('a page that is seen and put away is not left before it is hidden: requests fare better then', (t) => {
  const { page, engine } = run(t);
  page.happens('pagehide');
  assert.deepEqual(engine.calls, []);
  page.show('hidden');
  assert.deepEqual(signals(engine), [Signal.Away, Signal.Gone]);
});

test('a page that is put away while nobody sees it is left and gone at once', (t) => {
  const { page, engine } = run(t);
  page.show('hidden');
  assert.deepEqual(signals(engine), [Signal.Leaving], 'a hidden page may be seen again');
  page.happens('pagehide');
  assert.deepEqual(signals(engine), [Signal.Leaving, Signal.Away, Signal.Gone]);
});

test('a page that is frozen where it was put away is gone with what came since', (t) => {
  const { page, engine } = run(t);
  page.putAway();
  page.happensInDocument('freeze');
  assert.deepEqual(signals(engine), [Signal.Away, Signal.Gone, Signal.Away, Signal.Gone]);
});

test('a page that was taken back is not gone when it is hidden again', async (t) => {
  const { page, engine } = run(t);
  page.putAway();
  page.comeBack();
  await settled();
  engine.calls.length = 0;
  page.show('hidden');
  await settled();
  assert.deepEqual([signals(engine), page.navigator.locks.held.size], [[Signal.Leaving], 1]);
});

describe('a request that ends without a status', () => {
  /** A page with one request under way, and what ends that. */
  const sending = async (t: TestContext) => {
    const { page, engine, network, view, tick } = run(t);
    await settled();
    let respond = (_: Promise<FakeAnswer>): void => {};
    network.respond = () => new Promise((resolve) => (respond = resolve));
    engine.script.push({ action: Action.Send, id: 9, url: collector, timeoutMs: 5000 });
    view();
    tick(1);
    assert.equal(network.requests.length, 1);
    const endWith = async (answered: Promise<FakeAnswer>): Promise<unknown[][]> => {
      respond(answered);
      await settled();
      return engine.named('done');
    };
    const fail = async () => {
      await endWith(Promise.reject(new TypeError('Failed to fetch')));
      tick(1);
      await settled();
      return engine.named('done');
    };
    /** As when the page goes: it has no further task. */
    const end = () => endWith(Promise.reject(new TypeError('Failed to fetch')));
    return { page, engine, fail, end, succeed: (status: number) => endWith(Promise.resolve(answer(status))) };
  };

  test('while the page is there: the core hears that it failed', async (t) => {
    const { fail } = await sending(t);
    assert.deepEqual(await fail(), [[9, Outcome.Offline, 0]]);
  });

  test('while the page is hidden, but not put away: the core hears of it, too', async (t) => {
    const { page, fail } = await sending(t);
    page.show('hidden');
    assert.deepEqual(await fail(), [[9, Outcome.Offline, 0]]);
  });

  test('that browsers end requests says nothing, when the page is put away or about to hear that it is', async (t) => {
    const { page, engine, end } = await sending(t);
    assert.deepEqual(await end(), [], 'a listener of the site hears first');
    page.putAway();
    await settled();
    assert.deepEqual([engine.named('done'), signals(engine)], [[], [Signal.Away, Signal.Gone]]);
  });

  test('what has a status counts wherever the page is', async (t) => {
    const { page, succeed } = await sending(t);
    page.happens('pagehide');
    assert.deepEqual(await succeed(503), [[9, 503, 0]]);
  });

  test('once the page is taken back, it counts again', async (t) => {
    const { page, fail } = await sending(t);
    page.putAway();
    page.comeBack();
    assert.deepEqual(await fail(), [[9, Outcome.Offline, 0]]);
  });
});

test('rows are free for others while the page is put away', async (t) => {
  const { page } = run(t);
  const held = (): number => page.navigator.locks.held.size;
  await settled();
  assert.equal(held(), 1);
  page.putAway();
  await settled();
  assert.equal(held(), 0);
  page.comeBack();
  await settled();
  assert.equal(held(), 1);
});

test('what is tracked while the page is left is handed on at once', (t) => {
  const { page, engine, view, tick } = run(t);
  page.show('hidden');
  engine.calls.length = 0;
  view();
  assert.deepEqual(
    engine.calls.map(([name]) => name),
    ['track', 'next'],
  );
  page.show('visible');
  engine.calls.length = 0;
  view();
  assert.deepEqual(
    engine.calls.map(([name]) => name),
    ['track'],
  );
  tick(1);
});

test('when the page is left, what is not confirmed is stored before the core hears of it', (t) => {
  const { page, engine, view, tick } = run(t);
  engine.script.push({ action: Action.Store, id: 1, row: 'row' });
  view();
  tick(1);
  assert.deepEqual(engine.named('done'), [], 'the name is not its own yet');
  engine.script.push({ action: Action.Idle }, { action: Action.Store, id: 2, row: 'new' });
  engine.calls.length = 0;
  page.show('hidden');
  assert.deepEqual([...page.localStorage.rows.values()], ['row']);
  assert.deepEqual(
    engine.calls.map(([name, what]) => [name, what]),
    [
      ['done', 1],
      ['signal', Signal.Leaving],
      ['next', undefined],
    ],
  );
  view();
  assert.deepEqual([...page.localStorage.rows.values()], ['row', 'new'], 'and so is what comes then');
});

test('a row is reported as kept when its storage has confirmed it, and not before', async (t) => {
  const { page, engine, view, tick } = run(t);
  await settled();
  page.localStorage.room = 1;
  engine.script.push(
    { action: Action.Store, id: 1, row: 'one' },
    { action: Action.Store, id: 2, row: 'two', lasting: true },
  );
  view();
  tick(1);
  assert.deepEqual(engine.named('done'), [[1, Outcome.Ok, 0]]);
  await settled();
  assert.deepEqual(engine.named('done').slice(1), [[2, Outcome.Ok, 0]]);
});

test('the right to try the collector is asked for, told, taken away and given back', async (t) => {
  const { page, engine, view, tick } = run(t);
  const [lock] = [`piste ${collector}`];
  const perform = async (action: Action): Promise<unknown[]> => {
    engine.script.push({ action });
    view();
    tick(1);
    await settled();
    return signals(engine);
  };
  assert.deepEqual(await perform(Action.ClaimProbe), [Signal.ProbeGranted]);
  void page.navigator.locks.request(lock, { steal: true }, () => new Promise(() => {})).catch(() => {});
  await settled();
  assert.deepEqual(signals(engine), [Signal.ProbeGranted, Signal.ProbeLost]);
  page.navigator.locks.kill(lock);
  await settled();
  assert.deepEqual(signals(engine).slice(2), [Signal.ProbeGranted]);
  await perform(Action.YieldProbe);
  assert.equal(page.navigator.locks.held.has(lock), false);
});

test('a page that is put away leaves the right to try the collector to others', async (t) => {
  const { page, engine, view, tick } = run(t);
  engine.script.push({ action: Action.ClaimProbe });
  view();
  tick(1);
  await settled();
  page.putAway();
  await settled();
  assert.equal(page.navigator.locks.held.size, 0);
});

test('rows are looked for when the page is seen again and when the network is back', async (t) => {
  const { page, engine } = run(t);
  engine.restoredId = 100;
  await settled();
  for (const [i, happen] of [
    () => page.show('visible'),
    () => page.happens('online'),
    () => page.comeBack(),
  ].entries()) {
    page.localStorage.setItem(`piste/piste/0000000${i}/1`, `row ${i}`);
    happen();
    await settled();
    assert.deepEqual(engine.named('restore').at(-1), [`row ${i}`]);
  }
});

test('a full outbox is not asked again and again; when something has ended, it is', async (t) => {
  const { page, engine, view, tick } = run(t);
  page.localStorage.setItem('piste/piste/00000000/1', 'row');
  engine.answers.restore = Status.QueueFull;
  page.happens('online');
  for (let i = 0; i < 20; ++i) {
    await settled();
    tick(1);
  }
  assert.ok(engine.named('restore').length <= 2, `offered ${engine.named('restore').length} times`);
  delete engine.answers.restore;
  engine.restoredId = 7;
  const before = engine.named('restore').length;
  view();
  tick(1);
  await settled();
  assert.equal(engine.named('restore').length, before + 1);
});
