// Who the visitor is and in which session, on the real core: in the events, in the cookies and to the site.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Session, Tracker, TrackerOptions } from '../../js/src/types.ts';
import { settled, START_MS, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const collector = 'https://collector.example';
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const HOUR_MS = 3_600_000;
// Of the scope shop.example/, by sha1sum.
const [ID, SES] = ['_sp_id.f399', '_sp_ses.f399'];

/** What an event says of the visitor. */
interface Visit {
  duid: string | undefined;
  sid: string | undefined;
  vid: string | undefined;
}

/** A visitor's browser whose time stands. Trackers made in it one after the other are those of his pages. */
function open(t: TestContext, options: Partial<TrackerOptions> = {}) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const sessions: Session[] = [];
  const make = (more: Partial<TrackerOptions> = {}): Tracker =>
    createTrackerWith((ready) => ready(realEngine()), {
      collector,
      identity: 'cookie',
      onSession: (session) => void sessions.push(session),
      ...options,
      ...more,
    });
  /** Lets everything happen that happens without time, but for what is read every 50 ms. */
  const run = async (): Promise<void> => {
    page.becomeIdle();
    for (let i = 0; i < 3; ++i) {
      tick(20);
      await settled();
    }
  };
  /** Tracks one event; what it says. */
  const view = async (tracker: Tracker): Promise<Visit> => {
    tracker.trackPageView();
    await run();
    const { duid, sid, vid } = network.events().at(-1) ?? {};
    return { duid, sid, vid };
  };
  const fields = (): string[] => page.cookies.values[ID]?.split('.') ?? [];
  return { page, network, sessions, make, run, view, tick, fields, tracker: make() };
}

describe('a session', () => {
  test('begins with the first event: its ids are in the event, in the cookies, and told to the site', async (t) => {
    const { view, fields, sessions, page, network, tracker } = open(t);
    assert.equal(tracker.session(), undefined);
    const { duid, sid, vid } = await view(tracker);
    assert.match(duid ?? '', UUID);
    assert.match(sid ?? '', UUID);
    assert.notEqual(duid, sid);
    const session = { userId: duid, sessionId: sid, sessionIndex: 1, eventIndex: 1 };
    assert.deepEqual([vid, sessions, tracker.session()], ['1', [session], session]);
    const [second, eventId] = [`${START_MS / 1000}`, network.events()[0]?.eid];
    assert.deepEqual(fields(), [duid, second, '1', second, '', sid, '', eventId, `${START_MS}`, '1']);
    assert.equal(page.cookies.values[SES], '*');
  });

  test('goes on while there are events, which are counted', async (t) => {
    const { view, tick, fields, sessions, tracker } = open(t);
    const first = await view(tracker);
    for (let i = 0; i < 5; ++i) {
      tick(HOUR_MS / 3);
      assert.deepEqual(await view(tracker), first);
    }
    assert.deepEqual([fields()[9], tracker.session()?.eventIndex, sessions.length], ['6', 6, 1]);
  });

  test('is that of all trackers of a page', async (t) => {
    const { view, make, fields, tracker } = open(t);
    const other = make({ namespace: 'other' });
    const first = await view(tracker);
    assert.deepEqual(await view(other), first);
    assert.deepEqual(await view(tracker), first);
    assert.equal(fields()[9], '3');
  });

  test('is begun once by trackers that begin together', async (t) => {
    const { make, run, network, tracker } = open(t);
    const trackers = [tracker, ...Array.from({ length: 14 }, (_, i) => make({ namespace: `${i}` }))];
    for (const one of trackers) one.trackPageView();
    await run();
    assert.equal(network.events().length, 15);
    assert.equal(new Set(network.events().map(({ duid, sid, vid }) => [duid, sid, vid].join())).size, 1);
  });

  test('goes on in the next page', async (t) => {
    const { view, make, fields, sessions, page, tracker } = open(t);
    const first = await view(tracker);
    tracker.close();
    page.location.href = 'https://www.shop.example/boots';
    const next = make();
    assert.deepEqual(await view(next), first);
    assert.deepEqual([next.session()?.eventIndex, fields()[9], sessions.length], [2, '2', 1]);
  });

  for (const identity of ['cookie', 'local', 'memory'] as const) {
    test(`that timed out is followed by the next of the same user: ${identity}`, async (t) => {
      const { view, tick, sessions, tracker } = open(t, { identity });
      const first = await view(tracker);
      tick(HOUR_MS);
      const second = await view(tracker);
      assert.deepEqual([second.duid, first.vid, second.vid], [first.duid, '1', '2']);
      assert.notEqual(second.sid, first.sid);
      assert.deepEqual(
        sessions.map(({ sessionId }) => sessionId),
        [first.sid, second.sid],
      );
    });
  }

  test('ends after the time that the site says', async (t) => {
    const { view, tick, page, tracker } = open(t, { sessionTimeoutSeconds: 60 });
    await view(tracker);
    assert.equal(page.cookies.all.find(({ name }) => name === SES)?.expiresMs, START_MS + 60_000);
    tick(59_000);
    assert.equal((await view(tracker)).vid, '1');
    tick(61_000);
    assert.equal((await view(tracker)).vid, '2');
  });

  test('of the next page knows the one before', async (t) => {
    const { view, make, tick, fields, tracker } = open(t);
    const first = await view(tracker);
    tracker.close();
    tick(HOUR_MS);
    const next = make();
    const second = await view(next);
    assert.deepEqual([second.duid, second.vid], [first.duid, '2']);
    assert.deepEqual([fields()[4], fields()[6], fields()[9]], [`${START_MS / 1000}`, first.sid, '1']);
  });

  test('begins when the site wants it', async (t) => {
    const { view, run, sessions, tracker } = open(t);
    const first = await view(tracker);
    tracker.newSession();
    const now = tracker.session();
    assert.deepEqual([now?.sessionIndex, now?.userId, now?.eventIndex], [2, first.duid, 0]);
    assert.notEqual(now?.sessionId, first.sid);
    await run();
    assert.deepEqual(sessions[1], now, 'told without an event');
    assert.deepEqual(await view(tracker), { duid: first.duid, sid: now?.sessionId, vid: '2' });
    assert.deepEqual([sessions.length, tracker.session()?.eventIndex], [2, 1], 'not told again with its first event');
  });

  test('of another tab that the site began goes on here', async (t) => {
    const { view, make, run, tracker } = open(t);
    const other = make({ namespace: 'other' });
    await view(tracker);
    await view(other);
    other.newSession();
    await run();
    assert.deepEqual(await view(tracker), await view(other));
    assert.equal(tracker.session()?.sessionIndex, 2);
  });

  test('that the site begins follows the one that another tab began a moment before', async (t) => {
    const { view, make, run, fields, sessions, tracker } = open(t);
    const other = make({ namespace: 'other' });
    const first = await view(tracker);
    await view(other);
    other.newSession();
    const second = other.session();
    tracker.newSession();
    const third = tracker.session();
    assert.deepEqual([first.vid, second?.sessionIndex, third?.sessionIndex], ['1', 2, 3]);
    assert.deepEqual([fields()[2], fields()[5], fields()[6]], ['3', third?.sessionId, second?.sessionId]);
    await run();
    assert.deepEqual(sessions.slice(1), [second, third]);
    assert.deepEqual(await view(other), { duid: first.duid, sid: third?.sessionId, vid: '3' });
  });

  test('is begun by nobody after close()', async (t) => {
    const { view, run, page, sessions, tracker } = open(t);
    await view(tracker);
    const session = tracker.session();
    tracker.close();
    await run();
    const { length } = page.cookies.written;
    tracker.newSession();
    await run();
    assert.deepEqual([page.cookies.written.length, sessions.length, tracker.session()], [length, 1, session]);
  });

  test('in memory is new with each page, and touches nothing', async (t) => {
    const { view, make, page, tracker } = open(t, { identity: 'memory' });
    const first = await view(tracker);
    tracker.close();
    const next = await view(make());
    assert.notEqual(next.duid, first.duid);
    assert.deepEqual([first.vid, next.vid, page.cookies.written], ['1', '1', []]);
    assert.deepEqual(
      [...page.localStorage.rows.keys()].filter((key) => key.startsWith('_sp_')),
      [],
    );
  });

  test('that others write wrong harms nobody', async (t) => {
    const { view, page, tracker } = open(t);
    page.document.cookie = `${ID}=${'%"\\.é.'.repeat(400)}; Domain=shop.example`;
    page.document.cookie = `${SES}=no; Domain=shop.example`;
    const { duid, sid, vid } = await view(tracker);
    assert.match(sid ?? '', UUID);
    assert.ok(duid);
    assert.equal(vid, '1');
  });
});

const NOBODY: Visit = { duid: undefined, sid: undefined, vid: undefined };

describe('an anonymous visitor', () => {
  test('is not known by any id, and nothing is written', async (t) => {
    const { view, run, page, sessions, tracker } = open(t, { anonymous: true });
    tracker.setUserId('ann');
    assert.deepEqual(await view(tracker), NOBODY);
    tracker.newSession();
    await run();
    assert.deepEqual([tracker.session(), sessions], [undefined, []]);
    assert.deepEqual(page.cookies.values, {});
  });

  test('has a session but no user id where the site wants that', async (t) => {
    const { view, fields, network, tracker } = open(t, { anonymous: 'session' });
    tracker.setUserId('ann');
    const { duid, sid, vid } = await view(tracker);
    assert.match(sid ?? '', UUID);
    assert.deepEqual([duid, vid, network.events()[0]?.uid], [undefined, '1', undefined]);
    assert.deepEqual(tracker.session(), { userId: undefined, sessionId: sid, sessionIndex: 1, eventIndex: 1 });
    assert.deepEqual([fields()[0], fields()[5], fields()[6]], ['', sid, '']);
  });

  test('is one from the next event on, and no longer when the site says so', async (t) => {
    const { view, fields, network, tracker } = open(t);
    tracker.setUserId('ann');
    const first = await view(tracker);
    tracker.setAnonymous(true);
    assert.deepEqual(await view(tracker), NOBODY);
    tracker.setAnonymous('session');
    const { duid, ...session } = await view(tracker);
    assert.deepEqual([duid, session], [undefined, { sid: first.sid, vid: '1' }]);
    assert.deepEqual([tracker.session()?.sessionId, tracker.session()?.userId], [first.sid, undefined]);
    assert.deepEqual([fields()[0], fields()[5]], ['', first.sid]);
    tracker.setAnonymous(false);
    const known = await view(tracker);
    assert.match(known.duid ?? '', UUID);
    assert.deepEqual([fields()[0], known.sid], [known.duid, first.sid]);
    assert.notEqual(known.duid, first.duid, 'that one is gone for good');
    assert.deepEqual(
      network.events().map(({ uid }) => uid),
      ['ann', undefined, undefined, 'ann'],
    );
  });

  test('who was one for a while goes on in the session that lives', async (t) => {
    const { view, tracker } = open(t);
    const first = await view(tracker);
    tracker.setAnonymous(true);
    assert.equal(tracker.session(), undefined);
    await view(tracker);
    assert.equal(tracker.session(), undefined);
    tracker.setAnonymous(false);
    assert.deepEqual([tracker.session()?.userId, tracker.session()?.sessionId], [first.duid, first.sid]);
    assert.deepEqual(await view(tracker), first);
  });
});

describe('forgetVisitor', () => {
  test('removes what is kept; the next event has new ids', async (t) => {
    const { view, run, page, network, tracker } = open(t);
    tracker.setUserId('ann');
    const first = await view(tracker);
    tracker.forgetVisitor();
    await run();
    const second = await view(tracker);
    assert.ok(page.cookies.written.some((text) => text.startsWith(`${ID}=`) && text.includes('Max-Age=-1')));
    assert.ok(page.cookies.written.some((text) => text.startsWith(`${SES}=`) && text.includes('Max-Age=-1')));
    assert.notEqual(second.duid, first.duid);
    assert.notEqual(second.sid, first.sid);
    assert.deepEqual([second.vid, network.events()[1]?.uid], ['1', undefined]);
  });

  test('leaves nothing behind until there is an event', async (t) => {
    const { view, run, page, tracker } = open(t);
    await view(tracker);
    tracker.forgetVisitor();
    await run();
    assert.deepEqual([page.cookies.values, tracker.session()], [{}, undefined]);
  });

  test('keeps the user where the site wants it: a new session, from 1', async (t) => {
    const { view, run, network, tracker } = open(t);
    tracker.setUserId('ann');
    const first = await view(tracker);
    tracker.forgetVisitor({ user: true });
    await run();
    const second = await view(tracker);
    assert.notEqual(second.sid, first.sid);
    assert.deepEqual([second.duid, second.vid, network.events()[1]?.uid], [first.duid, '1', 'ann']);
  });

  test('keeps the session where the site wants it: a new user', async (t) => {
    const { view, run, tracker } = open(t);
    const first = await view(tracker);
    tracker.forgetVisitor({ session: true });
    await run();
    const second = await view(tracker);
    assert.notEqual(second.duid, first.duid);
    assert.deepEqual([second.sid, second.vid], [first.sid, '1']);
  });

  test('for a visitor who is anonymous removes what an earlier page has kept', async (t) => {
    const { view, run, make, page, tracker } = open(t);
    await view(tracker);
    tracker.close();
    const next = make({ anonymous: true });
    assert.deepEqual([await view(next), next.session()], [NOBODY, undefined]);
    next.forgetVisitor();
    await run();
    assert.deepEqual(page.cookies.values, {});
  });
});

test('a session by order that has no event does not keep the next one from being told', async (t) => {
  const { view, run, tick, sessions, tracker } = open(t);
  await view(tracker);
  tracker.newSession();
  await run();
  tick(HOUR_MS);
  assert.equal((await view(tracker)).vid, '3');
  tracker.newSession();
  await run();
  tracker.forgetVisitor(null as never);
  await run();
  await view(tracker);
  assert.deepEqual(
    sessions.map(({ sessionIndex, eventIndex }) => [sessionIndex, eventIndex]),
    [
      [1, 1],
      [2, 0],
      [3, 1],
      [4, 0],
      [1, 1],
    ],
  );
});

test('after close nobody is made known any more, and what is kept may still be forgotten', async (t) => {
  const { page, run, tracker } = open(t, { anonymous: true });
  await run();
  tracker.close();
  tracker.setAnonymous(false);
  await run();
  assert.deepEqual(page.cookies.values, {});
});

test('while nobody is to be known no cookie is written, even to find a domain; forgetting works', async (t) => {
  const { page, run, view, tracker } = open(t, { anonymous: true });
  page.document.cookie = `${ID}=old.1.1.1.1.s....1; Path=/`;
  page.cookies.written.splice(0);
  await view(tracker);
  tracker.newSession();
  await run();
  assert.equal(page.cookies.written.length, 0);
  tracker.forgetVisitor();
  await run();
  assert.ok(page.cookies.written.some((text) => text.startsWith(`${ID}=;`) && text.includes('Max-Age=-1')));
  tracker.setAnonymous(false);
  assert.ok((await view(tracker)).duid);
});
