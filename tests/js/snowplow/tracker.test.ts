// One tracker as a site and its plugins hold it: the page's address, the visitor, his activity, and the links.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  ActivityCallbackData,
  AnonymousTrackingOptions,
  BrowserPlugin,
  BrowserTracker,
  TrackerConfiguration,
} from '../../../js/src/snowplow/types.ts';
import { START_MS } from '../fake-globals.ts';
import { entitiesOf, openSite, UUID, type Event as Sent, type FakeSite } from './fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const entity = (a: number) => ({ schema, data: { a } });
const NOBODY = { duid: undefined, sid: undefined, vid: undefined, uid: undefined };

const visit = ({ duid, sid, vid, uid }: Sent) => ({ duid, sid, vid, uid });

/** Tracks a page view; its event. */
async function view({ sent }: FakeSite, tracker: BrowserTracker): Promise<Sent> {
  tracker.trackPageView();
  const events = await sent();
  assert.equal(events.length, 1);
  return events[0] as Sent;
}

const pageViewId = (event: Sent): unknown =>
  (entitiesOf(event).find(([name]) => name === 'web_page')?.[1] as { id: string }).id;

describe('the address of the page', () => {
  test('is what the site says, without what it does not want in it', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    tracker.setCustomUrl('https://shop.example/a{b}#c');
    tracker.setReferrerUrl('https://from.example/#x');
    const { url, refr } = await view(site, tracker);
    assert.deepEqual([url, refr], ['https://shop.example/a{b}#c', 'https://from.example/#x']);
    tracker.discardHashTag(true);
    tracker.discardBrace(true);
    const clean = await view(site, tracker);
    assert.deepEqual([clean.url, clean.refr], ['https://shop.example/ab', 'https://from.example/']);
  });

  test('that changes makes the former one the referrer', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    await view(site, tracker);
    site.page.location.href = 'https://shop.example/boots';
    const { url, refr } = await view(site, tracker);
    assert.deepEqual([url, refr], ['https://shop.example/boots', 'https://shop.example/skis']);
  });
});

test('the title is the one of the page view, else the one that the site set, else that of the page', async (t) => {
  const site = openSite(t);
  const tracker = site.make();
  assert.equal((await view(site, tracker)).page, 'Shop');
  tracker.setDocumentTitle('set');
  assert.equal((await view(site, tracker)).page, 'set');
  tracker.trackPageView({ title: 'own' });
  assert.equal((await site.sent())[0]?.page, 'own');
});

describe('the user id', () => {
  test('holds until it is taken back', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    for (const [id, uid] of [
      ['ann', 'ann'],
      [null, null],
      ['bob', 'bob'],
      [undefined, undefined],
    ] as const) {
      tracker.setUserId(id);
      assert.equal(tracker.getUserId(), uid);
      assert.equal((await view(site, tracker)).uid, uid ?? undefined);
    }
  });

  test('is read from the address, the referrer or a cookie', async (t) => {
    const site = openSite(t);
    site.page.location.href = 'https://shop.example/skis?who=ann%20b&x=1';
    site.page.document.cookie = 'name=ca%20rl';
    const tracker = site.make();
    tracker.setUserIdFromLocation('who');
    assert.equal(tracker.getUserId(), 'ann b');
    tracker.setUserIdFromReferrer('q');
    assert.equal(tracker.getUserId(), 'skis');
    tracker.setUserIdFromCookie('name');
    assert.equal(tracker.getUserId(), 'ca rl');
    assert.equal((await view(site, tracker)).uid, 'ca rl');
    tracker.setUserIdFromLocation('nobody');
    assert.equal(tracker.getUserId(), null);
    assert.equal((await view(site, tracker)).uid, undefined);
  });
});

describe('the visitor', () => {
  test('is told by getters as he is in the events and in the cookies', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const before = tracker.getDomainUserInfo();
    assert.match(tracker.getDomainUserId(), UUID);
    assert.deepEqual([before.length, before[0], before[8], before[10]], [11, '0', '', 0]);
    const event = await view(site, tracker);
    assert.deepEqual(
      [tracker.getDomainUserId(), tracker.getDomainSessionId(), tracker.getDomainSessionIndex()],
      [event.duid, event.sid, 1],
    );
    const second = START_MS / 1000;
    const expected = ['0', event.duid, second, 1, second, undefined, event.sid, '', event.eid, START_MS, 1];
    assert.deepEqual(tracker.getDomainUserInfo(), expected);
    assert.match(tracker.getCookieName('id'), /^_sp_id\.[\da-f]{4}$/);
    assert.match(tracker.getCookieName('ses'), /^_sp_ses\.[\da-f]{4}$/);
    const { values } = site.page.cookies;
    assert.equal(values[tracker.getCookieName('id')]?.split('.')[0], event.duid);
    assert.equal(values[tracker.getCookieName('ses')], '*');
  });

  test('has a new session when the site says so', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const first = await view(site, tracker);
    tracker.newSession();
    const [, , , index, , , session, previous, , , events] = tracker.getDomainUserInfo();
    assert.deepEqual([index, previous, events], [2, first.sid, 0]);
    assert.deepEqual(visit(await view(site, tracker)), { ...visit(first), sid: session, vid: '2' });
  });

  test('goes on under the new name when the cookie’s path changes', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const first = await view(site, tracker);
    const name = tracker.getCookieName('id');
    tracker.setCookiePath('/skis');
    assert.notEqual(tracker.getCookieName('id'), name);
    assert.deepEqual(visit(await view(site, tracker)), visit(first));
    const cookie = site.page.cookies.all.find((one) => one.name === tracker.getCookieName('id'));
    assert.equal(cookie?.path, '/skis');
  });

  test('is kept for as long as the site says', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    tracker.setVisitorCookieTimeout(3600);
    await view(site, tracker);
    const lifetime = (name: string): number =>
      Math.round(((site.page.cookies.all.find((one) => one.name === name)?.expiresMs ?? 0) - START_MS) / 1000);
    assert.equal(lifetime(tracker.getCookieName('id')), 3600);
    assert.equal(lifetime(tracker.getCookieName('ses')), 1800);
  });

  test('who is not kept says so in the list', (t) => {
    assert.equal(openSite(t).make('sp', { stateStorageStrategy: 'none' }).getDomainUserInfo()[0], '1');
  });

  for (const [options, keepsUser, keepsSession] of [
    [undefined, false, false],
    [{ preserveSession: true }, false, true],
    [{ preserveUser: true }, true, false],
    [{ preserveSession: true, preserveUser: true }, true, true],
  ] as const) {
    test(`is forgotten but for what is to be kept: ${JSON.stringify(options) ?? 'nothing'}`, async (t) => {
      const site = openSite(t);
      const tracker = site.make();
      tracker.setUserId('ann');
      const first = await view(site, tracker);
      tracker.clearUserData(options as never);
      await site.run();
      assert.deepEqual(site.page.cookies.values, {});
      assert.equal(tracker.getUserId(), keepsUser ? 'ann' : null);
      const next = await view(site, tracker);
      assert.deepEqual(
        [next.duid === first.duid, next.sid === first.sid, next.uid, next.vid],
        [keepsUser, keepsSession, keepsUser ? 'ann' : undefined, '1'],
      );
    });
  }

  test('is not tracked while the cookie says so', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    tracker.setOptOutCookie('no');
    await view(site, tracker);
    site.page.document.cookie = 'no=1';
    tracker.trackPageView();
    assert.deepEqual(await site.sent(), []);
    tracker.setOptOutCookie(null);
    await view(site, tracker);
  });
});

describe('an anonymous visitor', () => {
  const isNil = (requests: FakeSite['network']['requests']): unknown[] =>
    requests.map(({ headers }) => headers.get('SP-Anonymous'));

  for (const [options, hasSession, header] of [
    [undefined, false, null],
    [{ withSessionTracking: true }, true, null],
    [{ withServerAnonymisation: true }, false, '*'],
  ] as [AnonymousTrackingOptions | undefined, boolean, string | null][]) {
    test(`is one from the call on, and known again after the next: ${JSON.stringify(options) ?? '-'}`, async (t) => {
      const site = openSite(t);
      const given: TrackerConfiguration = {};
      const tracker = site.make('sp', given);
      tracker.setUserId('ann');
      const first = await view(site, tracker);
      tracker.enableAnonymousTracking(options ? { options } : undefined);
      assert.deepEqual(given.anonymousTracking, options ?? true);
      tracker.trackPageView();
      await site.run();
      assert.deepEqual(isNil(site.network.requests), [header]);
      const [hidden] = await site.sent();
      const { duid, sid, uid } = visit(hidden as Sent);
      assert.deepEqual([duid, uid, sid], [undefined, undefined, hasSession ? first.sid : undefined]);
      assert.equal(tracker.getTabId(), null);
      tracker.disableAnonymousTracking();
      assert.equal(given.anonymousTracking, false);
      tracker.trackPageView();
      await site.run();
      assert.deepEqual(isNil(site.network.requests), [null]);
      const [known] = await site.sent();
      assert.match(known?.duid ?? '', UUID);
      assert.equal(known?.uid, 'ann');
    });
  }

  test('from the start is nobody, and nothing is kept of him', async (t) => {
    const site = openSite(t);
    const tracker = site.make('sp', { anonymousTracking: true });
    assert.deepEqual(visit(await view(site, tracker)), NOBODY);
    assert.deepEqual(site.page.cookies.values, {});
    assert.equal(tracker.getDomainUserId(), '');
  });

  test('has another page view id unless there is a session or the id is to stay', (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const id = tracker.getPageViewId();
    tracker.enableAnonymousTracking({ options: { withSessionTracking: true } });
    assert.equal(tracker.getPageViewId(), id);
    tracker.enableAnonymousTracking();
    const next = tracker.getPageViewId();
    assert.notEqual(next, id);
    tracker.preservePageViewId();
    tracker.enableAnonymousTracking();
    assert.equal(tracker.getPageViewId(), next);
  });

  test('who is known again may be kept elsewhere: his session goes on', async (t) => {
    const site = openSite(t);
    const given: TrackerConfiguration = {};
    const tracker = site.make('sp', given);
    const first = await view(site, tracker);
    tracker.enableAnonymousTracking({ options: { withSessionTracking: true } });
    await view(site, tracker);
    tracker.disableAnonymousTracking({ stateStorageStrategy: 'localStorage' });
    assert.equal(given.stateStorageStrategy, 'localStorage');
    const known = await view(site, tracker);
    assert.equal(known.sid, first.sid);
    assert.ok(site.page.localStorage.rows.has(tracker.getCookieName('id')));
  });
});

test('the tab has an id, which is kept as long as the tab lives', (t) => {
  const { page, make } = openSite(t);
  const id = make('one').getTabId();
  assert.match(id ?? '', UUID);
  assert.equal(page.sessionStorage.rows.get('_sp_tab_id'), id);
  assert.equal(make('other').getTabId(), id);
  assert.equal(make('third', { stateStorageStrategy: 'none' }).getTabId(), null);
  assert.equal(make('fourth', { contexts: { webPage: false } }).getTabId(), null);
});

describe('the id of the page view', () => {
  test('is new with the tracker’s second page view, and that of the round for the others', async (t) => {
    const site = openSite(t);
    const [one, other] = [site.make('one'), site.make('other')];
    const first = pageViewId(await view(site, one));
    assert.equal(pageViewId(await view(site, other)), first);
    const second = pageViewId(await view(site, one));
    assert.notEqual(second, first);
    assert.equal(pageViewId(await view(site, other)), second);
  });

  test('changes with the part of the address that the site says', (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const id = tracker.getPageViewId();
    site.page.location.href = 'https://shop.example/boots';
    assert.equal(tracker.getPageViewId(), id);
    tracker.preservePageViewIdForUrl('pathname');
    const next = tracker.getPageViewId();
    assert.notEqual(next, id);
    site.page.location.href = 'https://shop.example/boots?a=1';
    assert.equal(tracker.getPageViewId(), next);
  });
});

describe('activity', () => {
  const clock = { minimumVisitLength: 10, heartbeatDelay: 5 };
  const move = ({ page }: FakeSite): void => page.happensInDocument('mousemove');

  test('is told by pings with the entities of the page view, from the next one on', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    let count = 0;
    tracker.enableActivityTracking({ ...clock, activityMetrics: true });
    await site.wait(20);
    assert.deepEqual(await site.sent(), []);
    tracker.trackPageView({ context: [entity(0)], contextCallback: () => [entity(++count)] });
    assert.deepEqual(entitiesOf((await site.sent())[0]).slice(0, 2), [
      ['step', { a: 0 }],
      ['step', { a: 1 }],
    ]);
    await site.wait(8);
    move(site);
    site.page.happensInDocument('keydown');
    await site.wait(3);
    const [ping] = await site.sent();
    const zero = { mouseDistance: 0, scrollDistance: 0, touches: 0 };
    assert.equal(ping?.e, 'pp');
    assert.deepEqual(entitiesOf(ping).slice(0, 3), [
      ['step', { a: 0 }],
      ['step', { a: 2 }],
      ['activity_metrics', { ...zero, keyPresses: 1, clicks: 0 }],
    ]);
    tracker.disableActivityTracking();
    move(site);
    await site.wait(10);
    assert.deepEqual(await site.sent(), []);
  });

  test('is told to a function of the site in place of pings', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    const told: ActivityCallbackData[] = [];
    tracker.enableActivityTrackingCallback({ ...clock, callback: (data) => void told.push(data) });
    tracker.trackPageView({ context: [entity(1)] });
    await site.sent();
    Object.assign(site.page, { scrollY: 300.5 });
    await site.wait(8);
    site.page.happensInDocument('scroll');
    await site.wait(3);
    assert.deepEqual(told, [
      {
        context: [entity(1)],
        pageViewId: tracker.getPageViewId(),
        minXOffset: 0,
        maxXOffset: 0,
        minYOffset: 0,
        maxYOffset: 300.5,
      },
    ]);
    tracker.disableActivityTrackingCallback();
    move(site);
    await site.wait(10);
    assert.deepEqual([told.length, await site.sent()], [1, []]);
  });

  test('is what the site says it is', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    tracker.enableActivityTracking(clock);
    await view(site, tracker);
    await site.wait(8);
    tracker.updatePageActivity();
    await site.wait(3);
    assert.equal((await site.sent())[0]?.e, 'pp');
  });

  for (const bad of [
    { minimumVisitLength: 'x', heartbeatDelay: 5 },
    { minimumVisitLength: 10, heartbeatDelay: NaN },
    { minimumVisitLength: 10, heartbeatDelay: 0 },
    {},
    undefined,
    null,
  ]) {
    test(`is not told where there is no clock, and that is said: ${JSON.stringify(bad) ?? 'undefined'}`, (t) => {
      const { make, said } = openSite(t);
      make().enableActivityTracking(bad as never);
      assert.deepEqual(
        said.map(([method]) => method),
        ['error'],
      );
    });
  }

  test('is enabled once, and again when it was disabled', (t) => {
    const { make, said } = openSite(t);
    const tracker = make();
    tracker.enableActivityTracking(clock);
    tracker.enableActivityTrackingCallback({ ...clock, callback: () => {} });
    assert.equal(said.length, 0);
    tracker.enableActivityTracking(clock);
    tracker.enableActivityTrackingCallback({ ...clock, callback: () => {} });
    assert.deepEqual(
      said.map(([method]) => method),
      ['warn', 'warn'],
    );
    tracker.disableActivityTracking();
    tracker.enableActivityTracking(clock);
    assert.equal(said.length, 2);
  });
});

describe('a link', () => {
  for (const [extended, parts] of [
    [undefined, 2],
    [true, 5],
  ] as const) {
    test(`that is followed tells who comes: ${extended ? 'all' : 'in short'}`, async (t) => {
      const site = openSite(t);
      const link = Object.assign(new EventTarget(), { href: 'https://other.example/p?a=1', textContent: 'Other' });
      Object.assign(site.page.document, { links: [link] });
      const tracker = site.make('sp', {
        appId: 'shop',
        crossDomainLinker: () => true,
        ...(extended && { useExtendedCrossDomainLinker: extended }),
      });
      const { duid, sid } = await view(site, tracker);
      link.dispatchEvent(new Event('click'));
      const value = new URL(link.href).searchParams.get('_sp')?.split('.') ?? [];
      const long = [sid, '', Buffer.from('shop').toString('base64url')];
      assert.deepEqual(value, [duid, value[1], ...(extended ? long : [])]);
      assert.deepEqual([value.length, new URL(link.href).searchParams.get('a')], [parts, '1']);
    });
  }
});

describe('requests', () => {
  test('go to the collector that the site says', async (t) => {
    const site = openSite(t);
    const tracker = site.make();
    tracker.setCollectorUrl('https://other.example');
    tracker.trackPageView();
    await site.run();
    assert.deepEqual(
      site.network.requests.map(({ url }) => new URL(url).host),
      ['other.example'],
    );
  });

  test('wait until there are as many events as the site wants, or until it wants them sent', async (t) => {
    const site = openSite(t);
    const tracker = site.make('sp', { bufferSize: 3 });
    tracker.trackPageView();
    tracker.trackPageView();
    assert.equal((await site.sent()).length, 0);
    tracker.trackPageView();
    assert.equal((await site.sent()).length, 3);
    tracker.trackPageView();
    tracker.flushBuffer({ newBufferSize: 2 });
    assert.equal((await site.sent()).length, 1);
    tracker.trackPageView();
    assert.equal((await site.sent()).length, 0);
    tracker.setBufferSize(3);
    tracker.trackPageView();
    assert.equal((await site.sent()).length, 0);
    tracker.trackPageView();
    assert.equal((await site.sent()).length, 3);
  });
});

describe('plugins', () => {
  test('of a browser are told of the tracker when it is ready, and at once if they come later', (t) => {
    const told: unknown[] = [];
    const plugin = (name: string): BrowserPlugin => ({
      activateCorePlugin: () => void told.push(`${name} core`),
      activateBrowserPlugin(tracker) {
        told.push(`${name} ${tracker.id}`);
        throw new Error('of the plugin');
      },
    });
    const tracker = openSite(t).make('sp', { plugins: [plugin('a'), plugin('b')] });
    tracker.addPlugin({ plugin: plugin('c') });
    assert.deepEqual(told, ['a core', 'b core', 'a sp', 'b sp', 'c core', 'c sp']);
  });
});
