// The life of an engine in a page: when it begins, what it is told, how it ends; by a scripted engine.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Action, EventKind, Field, Key, Signal, Status } from '../../js/src/constants.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import { settled, START_MS } from './fake-globals.ts';
import { answer } from './fake-network.ts';
import { collector, run, signals, start, values, VIEW } from './scripted-tracker.ts';

const wait = { action: Action.Wait, waitMs: 100 };

describe('the beginning', () => {
  test('the engine is made when the page is idle, once', (t) => {
    const { page, made, tracker, view } = start(t);
    view();
    assert.equal(made.count, 0);
    assert.equal(tracker.stats().engine, 'loading');
    page.becomeIdle();
    page.show('hidden');
    assert.deepEqual([made.count, tracker.stats().engine], [1, 'wasm']);
  });

  const reasons: [string, (started: ReturnType<typeof start>) => void][] = [
    ['the page is hidden', ({ page }) => page.show('hidden')],
    ['the page is put away', ({ page }) => page.putAway()],
    ['the page is frozen', ({ page }) => page.happensInDocument('freeze')],
    ['the site flushes', ({ tracker }) => void tracker.flush()],
    ['the site closes the tracker', ({ tracker }) => tracker.close()],
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
    const { page, engine, tracker, view, tick } = start(t);
    view();
    page.location.href = 'https://shop.example/boots';
    tracker.setUserId('ann');
    tick(7);
    view();
    page.location.href = 'https://shop.example/bag';
    page.becomeIdle();
    const after = engine.calls.slice(engine.calls.findIndex(([name]) => name === 'track'));
    assert.deepEqual(after.slice(0, 4), [
      ['track', EventKind.PageView, VIEW, START_MS, 1000.5],
      ['set', Key.UserId, 'ann'],
      ['set', Key.PageUrl, 'https://shop.example/boots'],
      ['track', EventKind.PageView, VIEW, START_MS + 7, 1007.5],
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

  test('it goes on looking for pages that are gone, once a minute, until it is closed', async (t) => {
    const { page, engine, tracker, tick } = run(t);
    engine.answers.restore = Status.Expired; // so that it is offered once
    await settled();
    const look = async (key: string): Promise<unknown> => {
      page.localStorage.setItem(`piste/piste/${key}/1`, key);
      tick(60_000);
      await settled();
      return engine.named('restore').length;
    };
    assert.deepEqual([await look('00000000'), await look('00000001')], [1, 2]);
    tracker.close();
    assert.equal(await look('00000002'), 2);
  });

  test('without storage nothing is kept and nothing adopted', async (t) => {
    const { page, engine } = start(t, { storage: 'memory' });
    page.localStorage.setItem('piste/piste/00000000/1', 'old row');
    const store = { action: Action.Store, id: 1, row: 'row' };
    engine.script.push(store, { ...store, lasting: true });
    page.becomeIdle();
    await settled();
    page.putAway();
    await settled();
    assert.deepEqual([engine.named('restore').length, page.localStorage.rows.size], [0, 1]);
    assert.deepEqual([engine.named('done'), await page.database.rows()], [[], {}]);
  });
});

describe('the life', () => {
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
    const { engine, problems, drops, view, tick, network } = run(t);
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
    assert.deepEqual(drops, [{ code: Status.MissingField }]);
  });

  test('what the site throws when it is told stays there', (t) => {
    const thrower = t.mock.fn(() => {
      throw new Error('of the site');
    });
    const { engine, view, tick, tracker } = run(t, { onProblem: thrower, onDropped: thrower });
    engine.answers.track = Status.MissingField;
    view();
    tick(1);
    assert.equal(thrower.mock.callCount(), 2);
    assert.equal(tracker.stats().engine, 'wasm');
  });

  test('flush ends when no request is under way', async (t) => {
    const { engine, flush, network } = run(t);
    let respond = (): void => {};
    network.respond = () => new Promise((resolve) => (respond = () => resolve(answer(200))));
    engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 });
    const hasFlushed = flush();
    assert.deepEqual([await hasFlushed(), signals(engine)], [0, [Signal.Flush]]);
    respond();
    assert.equal(await hasFlushed(), 1);
    assert.equal(await flush()(), 1, 'at once, when there is nothing to send');
  });

  test('close tells the core, and ends all listening', (t) => {
    const { page, engine, tracker } = run(t, { pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } });
    tracker.close();
    tracker.close();
    page.show('hidden');
    page.happens('online');
    page.happens('pagehide');
    page.happens('resize');
    assert.deepEqual(signals(engine), [Signal.Close, Signal.Close]);
    assert.equal(page.observers.size, 0);
    assert.equal(engine.named('set').length, 0);
  });
});

describe('the visitor', () => {
  /** The name of the identity's cookie: by the scripted engine's hash, which is the length of the scope. */
  const ID = '_sp_id.000d';
  const keepId = (stateValue: string) => ({ action: Action.SetState, state: 0, stateValue, stateMaxAgeS: 60 });
  const WHO = 'uid.1.2.3.4.sid.before.first.5.6';
  const session = { userId: 'uid', sessionId: 'sid', sessionIndex: 2, eventIndex: 6 };

  test('what is kept of him is told to the core after the settings, before the first event', (t) => {
    const { page, engine, view } = start(t, { identity: 'cookie' });
    page.document.cookie = `${ID}=${WHO}`;
    page.document.cookie = '_sp_ses.000d=*';
    view();
    page.becomeIdle();
    const track = engine.calls.findIndex(([name]) => name === 'track');
    assert.deepEqual(engine.calls.slice(track - 2, track), [
      ['set', Key.IdentityState, WHO],
      ['set', Key.SessionState, '*'],
    ]);
  });

  test('he is looked at every 50 ms at most, and only what has changed is told', (t) => {
    const { page, engine, view, tick } = run(t, { identity: 'cookie' });
    const told = (afterMs: number): unknown[] => {
      tick(afterMs);
      view();
      return values(engine, Key.IdentityState);
    };
    page.document.cookie = `${ID}=1`;
    assert.deepEqual([told(48), told(1)], [[], ['1']], '50 ms after the beginning');
    page.document.cookie = `${ID}=2`;
    assert.deepEqual([told(49), told(1), told(1000)], [['1'], ['1', '2'], ['1', '2']]);
    assert.deepEqual(values(engine, Key.SessionState), []);
  });

  test('he is looked at before whatever happens to the page or by order, without that limit', (t) => {
    const { page, engine, tracker } = run(t, { identity: 'cookie' });
    const occasions: [Signal, () => void][] = [
      [Signal.NewSession, () => tracker.newSession()],
      [Signal.Clear, () => tracker.forgetVisitor()],
      [Signal.Flush, () => tracker.setAnonymous('session')],
      [Signal.Flush, () => void tracker.flush()],
      [Signal.Leaving, () => page.show('hidden')],
      [Signal.Visible, () => page.show('visible')],
      [Signal.Online, () => page.happens('online')],
    ];
    for (const [i, [signal, happen]] of occasions.entries()) {
      page.document.cookie = `${ID}=${i}`;
      engine.calls.length = 0;
      happen();
      const at = engine.calls.findIndex(([name]) => name === 'signal');
      assert.deepEqual(engine.calls.slice(at - 1, at + 1), [
        ['set', Key.IdentityState, `${i}`],
        ['signal', signal],
      ]);
    }
  });

  test('what the core wants kept is kept where the site says', (t) => {
    const { page, engine, view, tick } = run(t, { identity: 'local' });
    engine.script.push(keepId(WHO));
    view();
    tick(1);
    assert.equal(page.localStorage.rows.get(ID), WHO);
    assert.deepEqual(page.cookies.written, []);
  });

  for (const identity of [undefined, 'none', 'nowhere' as 'none'] as const) {
    test(`without identity nothing is read, written or known of him: ${identity}`, (t) => {
      const { page, engine, tracker, view, tick } = run(t, { identity });
      page.document.cookie = `${ID}=${WHO}`;
      page.localStorage.setItem(ID, WHO);
      engine.script.push(keepId('other'));
      view();
      tick(1);
      assert.deepEqual([values(engine, Key.IdentityState), tracker.session()], [[], undefined]);
      assert.deepEqual([page.cookies.written.length, page.localStorage.rows.get(ID)], [1, WHO]);
    });
  }

  test('that a session has begun is told in a task of its own, and what the site throws then stays there', (t) => {
    const onSession = t.mock.fn(() => {
      throw new Error('of the site');
    });
    const { engine, tracker, view, tick } = run(t, { identity: 'memory', onSession });
    engine.script.push(keepId(WHO), { action: Action.Session });
    tracker.newSession();
    assert.equal(onSession.mock.callCount(), 0, 'not inside a call');
    tick(1);
    assert.deepEqual(
      onSession.mock.calls.map((call) => call.arguments),
      [[session]],
    );
    view();
    tick(1);
    assert.deepEqual([engine.named('track').length, tracker.stats().engine], [1, 'wasm']);
  });

  test('who becomes anonymous is unknown to the site at once, until the core says who he is', (t) => {
    const { engine, tracker } = run(t, { identity: 'memory' });
    engine.script.push(keepId(WHO));
    tracker.newSession();
    assert.deepEqual(tracker.session(), session);
    tracker.setAnonymous(true);
    assert.equal(tracker.session(), undefined);
    engine.script.push(keepId(WHO.slice('uid'.length)));
    tracker.setAnonymous('session');
    assert.deepEqual(tracker.session(), { ...session, userId: undefined });
  });

  test('what the site says of him reaches the core, with an engine and before there is one', (t) => {
    const { page, engine, tracker } = start(t, { identity: 'memory' });
    const say = (): void => {
      tracker.newSession();
      tracker.setAnonymous(true);
      tracker.setAnonymous('session');
      tracker.setAnonymous(false);
      tracker.forgetVisitor();
      tracker.forgetVisitor({ session: true });
      tracker.forgetVisitor({ user: true });
      tracker.forgetVisitor({ session: true, user: true });
    };
    say();
    assert.deepEqual([tracker.session(), engine.calls], [undefined, []]);
    page.becomeIdle();
    // Whatever else makes the core act at once: who has become anonymous is so outside too.
    const said = (): unknown[] => signals(engine).filter((signal) => signal !== Signal.Flush);
    const expected = [
      Signal.NewSession,
      Signal.Clear,
      Signal.ClearButSession,
      Signal.ClearButUser,
      Signal.ClearButBoth,
    ];
    assert.deepEqual([said(), values(engine, Key.Anonymity)], [expected, ['0', '1', '2', '0']]);
    engine.calls.length = 0;
    tracker.setAnonymous(true);
    assert.equal(engine.calls.at(-1)?.[0], 'next', 'the core acts within the call');
    engine.calls.length = 0;
    say();
    assert.deepEqual([said(), values(engine, Key.Anonymity)], [expected, ['1', '2', '0']]);
  });

  test('of him nothing is known where there is no engine, and every call is harmless', (t) => {
    const { page, made, tracker, tick } = start(t, { late: true, identity: 'cookie' });
    page.becomeIdle();
    made.failed(new Error());
    tracker.newSession();
    tracker.setAnonymous(true);
    tracker.forgetVisitor();
    tick(100);
    assert.deepEqual([tracker.session(), page.cookies.written], [undefined, []]);
  });
});

describe('the end that nobody wants', () => {
  test('where there is no engine, events are counted and nothing else happens', (t) => {
    const { page, made, problems, tracker, view, tick } = start(t, { late: true });
    view();
    page.becomeIdle();
    made.failed(new Error('forbidden'));
    view();
    tick(1);
    assert.deepEqual([problems.length, problems[0]?.code, problems[0]?.during], [1, Status.Internal, 'run']);
    const { engine, accepted, pending, dropped } = tracker.stats();
    assert.deepEqual([engine, accepted, pending, dropped], ['none', 2, 1, { queue_full: 1 }]);
    page.show('hidden');
    page.happens('online');
    tracker.close();
  });

  test('an engine that comes after it has failed is not used', (t) => {
    const { page, engine, made, tracker } = start(t, { late: true });
    page.becomeIdle();
    made.failed(new Error());
    made.ready(engine);
    assert.deepEqual([tracker.stats().engine, engine.calls.length], ['none', 0]);
  });

  test('who flushes an engine that never comes is told, before and after that is known', async (t) => {
    const { made, flush } = start(t, { late: true });
    const before = flush();
    assert.equal(await before(), 0);
    made.failed(new Error());
    assert.deepEqual([await before(), await flush()()], [1, 1]);
  });

  for (const broken of ['set', 'track', 'next', 'signal', 'done']) {
    test(`an engine whose ${broken}() throws ends the tracker and not the page`, async (t) => {
      const { page, engine, network, tracker, view, problems, tick, flush } = start(t);
      engine.broken.add(broken);
      engine.script.push({ action: Action.Send, id: 1, url: collector, timeoutMs: 1 });
      view();
      page.becomeIdle();
      const hasFlushed = flush();
      await settled();
      tick(10);
      assert.deepEqual(
        problems.map(({ code, detail }) => [code, (detail as Error).message]),
        [[Status.Internal, `${broken} is broken`]],
      );
      assert.equal(await hasFlushed(), 1);
      assert.equal(tracker.stats().engine, 'none');
      assert.ok(network.requests.length <= 1);
    });
  }

  test('statistics that cannot be read end the tracker and not the page', (t) => {
    const { page, engine, tracker } = start(t);
    page.becomeIdle();
    engine.ledger = { [Field.Accepted]: 3, [Field.Stored]: 2 };
    assert.deepEqual([tracker.stats().accepted, tracker.stats().stored], [3, 2]);
    engine.broken.add('number');
    assert.equal(tracker.stats().engine, 'none');
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
    const { page, engine, made, tracker } = start(t, { late: true });
    tracker.close();
    made.ready(engine);
    assert.equal(page.observers.size, 0);
    assert.deepEqual(signals(engine), [Signal.Close]);
  });
});

test('on a server nothing happens, and events are counted', async (t) => {
  const load = t.mock.fn();
  const tracker = createTrackerWith(load, { collector });
  tracker.trackPageView();
  const { engine, accepted, dropped } = await tracker.flush();
  tracker.close();
  assert.deepEqual([engine, accepted, dropped], ['none', 1, { queue_full: 1 }]);
  assert.equal(load.mock.callCount(), 0);
});
