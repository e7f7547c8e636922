// The tracker of `piste/full`: what it adds to the default one's methods, and that nothing harms the page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Key, Status } from '../../../js/src/constants.ts';
import { activityMetrics, globalEntities, plugins, requests } from '../../../js/src/full/features.ts';
import { createFullTracker } from '../../../js/src/full/tracker.ts';
import type { FullSession } from '../../../js/src/full/types.ts';
import { START_MS } from '../fake-globals.ts';
import { COLLECTOR, entitiesOf, namesOf, UUID } from '../snowplow/fake-site.ts';
import { loadWith, openFull, step } from './fake-full.ts';

describe('page views', () => {
  test('and their pings have their entities, and those that are asked for anew each time', async (t) => {
    const { tracker, sent, wait, page } = openFull(t, [], {
      pagePings: { minimumVisitSeconds: 2, heartbeatSeconds: 10 },
    });
    let count = 0;
    tracker.track({ type: 'page_view', title: 'T', entities: [step(0)], furtherEntities: () => [step(++count)] });
    await sent();
    await wait(1);
    page.happensInDocument('click');
    await wait(2);
    const [ping] = await sent();
    assert.deepEqual([ping?.e, ping?.page, namesOf(ping)], ['pp', 'T', ['step', 'step', 'web_page']]);
    assert.deepEqual(entitiesOf(ping).slice(0, 2), [
      ['step', { a: 0 }],
      ['step', { a: 2 }],
    ]);
  });

  test('that cannot be read are refused, and told', async (t) => {
    const { tracker, problems, sent, run } = openFull(t);
    const broken = {
      get title(): never {
        throw new Error('of the site');
      },
    };
    tracker.trackPageView(broken);
    tracker.track(broken as never);
    tracker.track(undefined as never);
    tracker.track({ type: 'none' } as never);
    assert.deepEqual(await sent(), []);
    await run();
    assert.deepEqual(
      problems.map(({ code }) => code),
      [Status.Unserialisable, Status.InvalidArgument, Status.InvalidArgument, Status.InvalidArgument],
    );
    assert.equal(tracker.stats().accepted, 4);
  });

  for (const [pageViewIdBy, changes] of [
    [undefined, [false, false, false]],
    ['path', [true, false, false]],
    ['query', [true, true, false]],
    ['hash', [true, true, true]],
  ] as const) {
    test(`get a new id by ${pageViewIdBy ?? 'nothing'} in the URL`, (t) => {
      const { tracker, page } = openFull(t, [], { pageViewIdBy });
      const urls = ['/boots', '/boots?a=1', '/boots?a=1#b'];
      let last = tracker.page.viewId();
      assert.deepEqual(
        urls.map((url) => {
          page.location.href = `https://shop.example${url}`;
          const before = last;
          return before !== (last = tracker.page.viewId());
        }),
        changes,
      );
    });
  }

  test('keep an id that is to be kept, and their own title', async (t) => {
    const { tracker, sent } = openFull(t);
    const id = tracker.page.viewId();
    assert.match(id, UUID);
    tracker.page.keepViewId();
    tracker.page.setTitle('All');
    tracker.trackPageView();
    tracker.trackPageView();
    tracker.page.setTitle(undefined);
    tracker.trackPageView();
    const events = await sent();
    assert.deepEqual(
      events.map(({ page }) => page),
      ['All', 'All', 'Shop'],
    );
    for (const event of events) assert.deepEqual(entitiesOf(event), [['web_page', { id }]]);
  });
});

describe('the visitor', () => {
  test('is told in full, and so is each session that begins', async (t) => {
    const began: FullSession[] = [];
    const { tracker, sent } = openFull(t, [], {
      identity: 'cookie',
      cookies: { secure: false },
      onSession: (session) => void began.push(session),
    });
    tracker.trackStructured({ category: 'c', action: 'a' });
    const [event] = await sent();
    tracker.newSession();
    await sent();
    const [first, second] = began;
    assert.deepEqual(
      [first?.firstEventId, first?.eventIndex, first?.previousSessionId, second?.previousSessionId],
      [event?.eid, 1, undefined, first?.sessionId],
    );
    assert.deepEqual([second?.sessionIndex, second?.eventIndex, second?.firstEventMs], [2, 0, undefined]);
    assert.deepEqual([tracker.session(), first?.createdMs], [second, START_MS]);
  });

  test('is kept under names that are told, and goes on where he is moved to', async (t) => {
    const { tracker, sent, page } = openFull(t, [], { identity: 'cookie', cookies: { secure: false } });
    tracker.trackPageView();
    const [first] = await sent();
    const { user, session } = tracker.identityNames();
    assert.match(`${user} ${session}`, /^_sp_id\.([\da-f]{4}) _sp_ses\.\1$/);
    tracker.configure({ identity: 'local', cookies: { prefix: 'foo' } });
    tracker.trackPageView();
    const [second] = await sent();
    assert.deepEqual([second?.duid, second?.sid], [first?.duid, first?.sid]);
    assert.match(page.localStorage.getItem(tracker.identityNames().user) ?? '', new RegExp(`^${first?.duid}`));
  });

  test('has a tab, unless he is anonymous', (t) => {
    const { tracker, make, page } = openFull(t, [], { identity: 'cookie' });
    assert.match(tracker.tabId() ?? '', UUID);
    assert.equal(page.sessionStorage.getItem('_sp_tab_id'), tracker.tabId());
    assert.equal(make([], { identity: 'cookie', anonymous: true }).tabId(), undefined);
    assert.deepEqual(make([]).identityNames(), { user: '', session: '' });
  });

  test('who is forgotten loses the id that the site gave him, unless it is to be kept', async (t) => {
    const { tracker, sent } = openFull(t, [], { identity: 'cookie' });
    tracker.setUserId('ann');
    tracker.forgetVisitor({ user: true });
    tracker.trackPageView();
    tracker.forgetVisitor();
    tracker.trackPageView();
    assert.deepEqual(
      (await sent()).map(({ uid }) => uid),
      ['ann', undefined],
    );
  });
});

describe('options', () => {
  test('may be changed: the next event has them', async (t) => {
    const { tracker, sent, network } = openFull(t, [], { appId: 'a', appVersion: '1', entities: [step(1)] });
    tracker.trackPageView();
    const [first] = await sent();
    assert.deepEqual([first?.aid, namesOf(first)], ['a', ['web_page', 'step', 'application']]);
    tracker.configure({
      appId: 'b',
      platform: 'mob',
      serverAnonymisation: true,
      base64: true,
      collector: 'https://other.example',
      entities: undefined,
      appVersion: '',
    });
    tracker.trackPageView();
    const { requests } = network;
    const [second] = await sent();
    assert.deepEqual([second?.aid, second?.p, second?.co], ['b', 'mob', undefined]);
    assert.match(Buffer.from(second?.cx ?? '', 'base64url').toString(), /"data":\[\{[^[]*web_page[^[]*\}\]\}$/);
    assert.equal(requests.length, 0, 'read by sent()');
  });

  test('of events that wait for each other', async (t) => {
    const { tracker, sent } = openFull(t, [], { minBatchEvents: 2 });
    tracker.trackPageView();
    assert.equal((await sent()).length, 0);
    tracker.configure({ minBatchEvents: 1 });
    assert.equal((await sent()).length, 1);
  });

  test('that make no sense are told', async (t) => {
    const { tracker, problems, run } = openFull(t, [], { minBatchEvents: -1 });
    await run();
    tracker.configure({ collector: '' });
    tracker.configure(undefined as never);
    tracker.configure({ entities: 5 } as never);
    await run();
    assert.deepEqual(
      problems.map(({ code, detail }) => [code, detail]),
      [Key.BatchEvents, Key.Collector].map((key) => [Status.InvalidValue, key]),
    );
  });

  test('of what is tried again', async (t) => {
    const statuses = [500, 404, 200];
    const fetch = (): Promise<Response> => Promise.resolve(new Response('', { status: statuses.shift() ?? 200 }));
    const { wait, run } = openFull(t);
    const given = { dontRetryStatusCodes: [500], retryStatusCodes: [403] };
    const tracker = createFullTracker(loadWith, { collector: COLLECTOR, features: [requests({ fetch })], ...given });
    tracker.trackPageView();
    await run();
    assert.deepEqual(tracker.stats().pending, 0);
    tracker.trackPageView();
    await run();
    await wait(2);
    assert.deepEqual([tracker.stats().delivered, statuses], [1, []]);
  });
});

test('who is active without a sign of it is marked', async (t) => {
  const { tracker, sent, wait } = openFull(t, [activityMetrics()]);
  tracker.activity.setPings({ minimumVisitSeconds: 2, heartbeatSeconds: 2 });
  tracker.trackPageView();
  await sent();
  await wait(1);
  tracker.activity.mark();
  await wait(2);
  const [ping] = await sent();
  assert.deepEqual([ping?.e, namesOf(ping)], ['pp', ['activity_metrics', 'web_page']]);
  tracker.activity.mark();
  tracker.activity.setPings(undefined);
  await wait(4);
  assert.deepEqual(await sent(), []);
});

test('on a server nothing does harm', async () => {
  const features = [globalEntities([step(1)]), plugins({}), activityMetrics()];
  const tracker = createFullTracker(loadWith, {
    collector: COLLECTOR,
    identity: 'cookie',
    pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 },
    features,
  });
  tracker.trackPageView();
  tracker.track({ type: 'page_view' });
  tracker.page.setTitle('T');
  tracker.activity.setPings({ minimumVisitSeconds: 1, heartbeatSeconds: 1 });
  tracker.activity.mark();
  tracker.page.keepViewId();
  tracker.configure({ identity: 'local', appId: 'a' });
  tracker.setUserId('ann');
  tracker.newSession();
  tracker.setAnonymous(true);
  tracker.forgetVisitor();
  assert.match(tracker.page.viewId(), UUID);
  assert.deepEqual([tracker.session(), tracker.tabId(), tracker.identityNames().user], [undefined, undefined, '']);
  assert.deepEqual([(await tracker.flush()).accepted, tracker.stats().engine], [2, 'none']);
  tracker.close();
});

test('options and features that are none harm nobody', async (t) => {
  const { tracker, sent } = openFull(t);
  for (const options of [undefined, null, 5, { features: 5 }, { features: [null, {}, () => 1] }])
    createFullTracker(loadWith, options as never).close();
  tracker.trackPageView();
  assert.deepEqual(
    (await sent()).map(({ e }) => e),
    ['pv'],
  );
});
