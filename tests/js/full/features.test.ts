// What each feature of `piste/full` does to the events of the trackers that it is given to.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Status } from '../../../js/src/constants.ts';
import * as features from '../../../js/src/full/features.ts';
import {
  activityListener,
  activityMetrics,
  browserEntity,
  crossDomainLinks,
  eventStore,
  fields,
  globalEntities,
  pageAddress,
  plugins,
  queryLimit,
  refusals,
  requests,
  snowplowQueue,
} from '../../../js/src/full/features.ts';
import type { Activity, EventDraft, Feature, Fields } from '../../../js/src/full/types.ts';
import { entitiesOf, namesOf } from '../snowplow/fake-site.ts';
import { openFull, schema, step } from './fake-full.ts';

const other = 'iglu:com.acme/other/jsonschema/1-0-0';

describe('global entities', () => {
  test('go with every event, by list and by name, until they are taken away', async (t) => {
    const entities = globalEntities([step(1)]);
    const { tracker, sent } = openFull(t, [entities], { webPage: false });
    entities.add({ one: step(2), two: ({ eventType } = {} as never) => step(eventType.length) });
    const dataOf = async () => {
      tracker.trackStructured({ category: 'c', action: 'a' });
      return (await sent()).flatMap(entitiesOf).map(([, data]) => (data as { a: number }).a);
    };
    assert.deepEqual(await dataOf(), [1, 2, 2]);
    entities.add({ one: step(5) });
    entities.remove([step(1), 'two']);
    assert.deepEqual(await dataOf(), [5]);
    entities.clear();
    assert.deepEqual(await dataOf(), []);
  });

  test('go where their condition says: by a function, or by the schema of the event', async (t) => {
    const entities = globalEntities([
      [({ eventType } = {} as never) => eventType === 'pv', step(1)],
      [{ accept: 'iglu:com.acme/*/jsonschema/1-*-*', reject: other }, [step(2)]],
      [{ reject: other }, step(3)],
    ]);
    const { tracker, sent } = openFull(t, [entities], { webPage: false });
    tracker.trackPageView();
    tracker.trackSelfDescribing({ schema, data: {} });
    tracker.trackSelfDescribing({ schema: other, data: {} });
    assert.deepEqual(
      (await sent()).map((event) => entitiesOf(event).map(([, data]) => (data as { a: number }).a)),
      [[1], [2, 3], []],
    );
  });

  test('that are none are told, also those that were there from the start', async (t) => {
    const entities = globalEntities([{ schema: 5 } as never]);
    const { problems, run } = openFull(t, [entities]);
    entities.add([[{ accept: 'iglu:acme/x' }, step(1)]]);
    await run();
    assert.deepEqual(
      problems.map(({ code, during }) => [code, during]),
      Array(2).fill([Status.InvalidValue, 'globalEntities']),
    );
  });

  test('go with the events of every tracker that they are given to', async (t) => {
    const entities = globalEntities([step(1)]);
    const { tracker, make, sent } = openFull(t, [entities]);
    const second = make([entities], { namespace: 'second' });
    for (const one of [tracker, second]) one.trackPageView();
    assert.deepEqual(
      (await sent()).map((event) => namesOf(event)),
      Array(2).fill(['web_page', 'step']),
    );
  });
});

describe('plugins', () => {
  test('add entities, change an event, drop it, and hear of what goes out', async (t) => {
    const told: Fields[] = [];
    const seen: EventDraft[] = [];
    const { tracker, sent } = openFull(t, [
      plugins({
        entities: () => [step(1)],
        beforeTrack(draft) {
          seen.push(draft);
          draft.setField('se_la', 'changed');
          draft.setField('se_pr', null);
          draft.addEntity(step(2));
        },
        filter: ({ se_ac }) => se_ac !== 'drop',
        afterTrack: (payload) => void told.push(payload),
      }),
    ]);
    tracker.trackStructured({ category: 'c', action: 'keep', property: 'p' });
    tracker.trackStructured({ category: 'c', action: 'drop' });
    const events = await sent();
    assert.deepEqual(
      events.map(({ se_ac, se_la, se_pr }) => [se_ac, se_la, se_pr]),
      [['keep', 'changed', 'p']],
    );
    assert.deepEqual(namesOf(events[0]), ['web_page', 'step', 'step']);
    assert.deepEqual([told.length, told[0]?.eid, seen[0]?.payload.e], [1, events[0]?.eid, 'se']);
    assert.equal(tracker.stats().accepted, 1);
  });

  test('come and go; what throws does nothing', async (t) => {
    const own = plugins();
    const { tracker, make, sent } = openFull(t, [own]);
    const broken = (): never => {
      throw new Error('of the site');
    };
    const remove = own.add({ entities: broken, beforeTrack: broken, filter: broken, afterTrack: broken });
    const removeSecond = own.add({ entities: () => [step(1)] });
    const second = make([own], { namespace: 'second' });
    const names = async () => {
      for (const one of [tracker, second]) one.trackPageView();
      return (await sent()).map((event) => namesOf(event).length);
    };
    assert.deepEqual(await names(), [2, 2]);
    removeSecond();
    removeSecond();
    assert.deepEqual(await names(), [1, 1]);
    remove();
    assert.deepEqual(await names(), [1, 1]);
  });
});

test('fields go with every event, and win over its own, until they are empty', async (t) => {
  const own = fields({ ip: '192.0.2.1', p: 'mob' });
  const { tracker, sent } = openFull(t, [own]);
  own.set('ua', 'Agent/1');
  tracker.trackPageView();
  for (const value of [undefined, null, '']) {
    own.set('ip', '1');
    own.set('ip', value);
  }
  own.set('p', null);
  tracker.trackPageView();
  assert.deepEqual(
    (await sent()).map(({ ip, p, ua }) => [ip, p, ua]),
    [
      ['192.0.2.1', 'mob', 'Agent/1'],
      [undefined, 'web', 'Agent/1'],
    ],
  );
});

describe('the address of the page', () => {
  test('is what the site says, without what it does not want', async (t) => {
    const { make, sent, page } = openFull(t);
    const address = pageAddress();
    const tracker = make([address]);
    const urls = async () => {
      tracker.trackPageView();
      const [event] = await sent();
      return [event?.url, event?.refr];
    };
    page.location.href = 'https://shop.example/a#{b}';
    assert.deepEqual(await urls(), ['https://shop.example/a#{b}', 'https://shop.example/skis']);
    address.discardBraces(true);
    assert.equal((await urls())[0], 'https://shop.example/a#b');
    address.discardHash(true);
    assert.equal((await urls())[0], 'https://shop.example/a');
    address.setUrl('b?c');
    address.setReferrer('https://r.example/');
    assert.deepEqual(await urls(), ['https://shop.example/b?c', 'https://r.example/']);
    for (const [url, expected] of [
      ['/x', '/x'],
      ['?y', '/a?y'],
      ['#z', '/a'],
      ['../q', '/q'],
    ] as const) {
      page.location.href = 'https://shop.example:8080/a?b#c';
      address.setUrl(url);
      assert.equal((await urls())[0], `https://shop.example:8080${expected === '/a' ? '/a?b' : expected}`);
    }
    page.location.href = 'https://shop.example/a';
    address.setUrl(undefined);
    address.setReferrer(undefined);
    assert.deepEqual(await urls(), ['https://shop.example/a', 'https://shop.example:8080/a?b']);
  });

  test('keeps the first referrer if that is wanted', async (t) => {
    const { make, sent, page } = openFull(t);
    const tracker = make([pageAddress({ preserveReferrer: true })]);
    page.location.href = 'https://shop.example/a';
    tracker.trackPageView();
    assert.deepEqual((await sent())[0]?.refr, 'https://search.example/?q=skis');
  });
});

test('links tell who comes', (t) => {
  const { page, make } = openFull(t);
  const link = Object.assign(new EventTarget(), { href: 'https://b.example/', textContent: 'Skis' });
  Object.assign(page.document, { links: [link] });
  const links = crossDomainLinks({ reason: true });
  links.decorate(() => assert.fail('there is no tracker yet'));
  const tracker = make([links], { identity: 'memory', appId: 'shop' });
  links.decorate(() => true);
  link.dispatchEvent(new Event('click'));
  const { userId, sessionId } = tracker.session() ?? {};
  assert.match(link.href, new RegExp(`\\?_sp=${userId}\\.\\d+\\.${sessionId}\\.\\.c2hvcA\\.\\.U2tpcw$`));
});

test('the browser’s entity goes with every event', async (t) => {
  const { tracker, sent } = openFull(t, [browserEntity()]);
  tracker.trackPageView();
  assert.deepEqual(namesOf((await sent())[0]), ['web_page', 'browser_context']);
});

test('a listener is told that the visitor is active, by a clock of its own', async (t) => {
  const told: Activity[] = [];
  const activity = activityListener((one) => void told.push(one), { minimumVisitSeconds: 1, heartbeatSeconds: 1 });
  const { tracker, sent, wait, page } = openFull(t, [activity, activityMetrics()]);
  tracker.trackPageView({ entities: [step(1)] });
  await sent();
  await wait(0.5);
  page.happensInDocument('keydown');
  await wait(1);
  const [first] = told;
  assert.deepEqual([told.length, first?.pageViewId, first?.minX], [1, tracker.page.viewId(), 0]);
  assert.deepEqual([first?.counts?.keyPresses, first?.entities[0]], [1, step(1)]);
  activity.setTimes(undefined);
  page.happensInDocument('click');
  await wait(2);
  assert.deepEqual([told.length, await sent()], [1, []]);
});

test('visitors who refuse are not tracked, have no ids, and are asked with each event', async (t) => {
  const own = refusals({ respectGlobalPrivacyControl: true });
  const { page, make, sent, run } = openFull(t);
  Object.assign(page.navigator, { globalPrivacyControl: true });
  const tracker = make([own], { identity: 'cookie', cookies: { secure: false } });
  await run();
  tracker.trackPageView();
  assert.deepEqual([await sent(), page.document.cookie, tracker.stats().dropped], [[], '', { denied: 1 }]);
  Object.assign(page.navigator, { globalPrivacyControl: false });
  tracker.trackPageView();
  assert.equal((await sent()).length, 1);
  own.heed({ optOutCookie: 'no' });
  page.document.cookie = 'no=1';
  tracker.trackPageView();
  assert.equal((await sent()).length, 0);
});

test('requests are made by the site’s own function, and told', async (t) => {
  const onRequestSuccess = t.mock.fn<(events: Record<string, unknown>[]) => void>();
  const { make, run, network } = openFull(t);
  const fetch = t.mock.fn((_: Request) => Promise.resolve(new Response('')));
  const tracker = make([requests({ fetch, onRequestSuccess })]);
  tracker.trackPageView();
  await run();
  assert.deepEqual([network.requests.length, fetch.mock.callCount()], [0, 1]);
  assert.equal(onRequestSuccess.mock.calls[0]?.arguments[0][0]?.e, 'pv');
});

test('with GET, what is too long for a query goes by POST', async (t) => {
  const { make, run, wait, network } = openFull(t);
  const tracker = make([queryLimit(700)], { method: 'get' });
  tracker.trackPageView({ title: 'x'.repeat(700) });
  tracker.trackStructured({ category: 'c', action: 'a' });
  await run();
  await wait(1);
  assert.deepEqual(
    network.requests.map(({ url }) => new URL(url).pathname),
    ['/com.snowplowanalytics.snowplow/tp2', '/i'],
  );
});

test('a store of the site’s own holds what is not delivered', async (t) => {
  const { make, run, page } = openFull(t);
  const held: unknown[] = [];
  const add = t.mock.fn((event: object) => held.push(event));
  const removeHead = t.mock.fn((count: number) => held.splice(0, count));
  const iterator = () => {
    const list = [...held];
    return { next: () => Promise.resolve({ value: list[0] as never, done: !list.splice(0, 1).length }) };
  };
  const tracker = make([eventStore({ add, removeHead, iterator })]);
  tracker.trackPageView();
  await run();
  await run();
  assert.equal(add.mock.callCount(), 1);
  assert.deepEqual([held, Object.keys(page.localStorage)], [[], []]);
});

test('what Snowplow’s tracker left is taken over', async (t) => {
  const { make, sent, page } = openFull(t);
  const payload = { e: 'pv', eid: '5d2b0c53-0d3e-4b6f-8c2c-7a3a4ad0b1aa', p: 'web' };
  page.localStorage.setItem('snowplowOutQueue_sp', JSON.stringify([{ svrAnon: false, payload }]));
  make([snowplowQueue('sp')]);
  assert.equal((await sent())[0]?.eid, payload.eid);
});

describe('what is none', () => {
  const broken = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('keys');
      },
      get() {
        throw new Error('member');
      },
    },
  );
  const wrong: readonly unknown[] = [undefined, null, 5, 'x', [null], broken];

  for (const [name, make] of Object.entries(features as unknown as Record<string, (...values: unknown[]) => object>)) {
    test(`neither throws into the page nor keeps events from being sent: ${name}`, async (t) => {
      const { make: track, sent } = openFull(t);
      for (const value of wrong) {
        const feature = make(value, value) as Feature;
        const tracker = track([feature], { namespace: 'none' });
        for (const [called, call] of Object.entries(feature) as [string, (...values: unknown[]) => unknown][])
          if (called !== 'attach') for (const other of wrong) call(other, other);
        tracker.trackStructured({ category: 'c', action: 'a' });
        const events = await sent();
        assert.ok(
          events.some(({ e }) => e === 'se'),
          `${name}(${typeof value}): ${JSON.stringify(events)}`,
        );
        tracker.close();
      }
    });
  }

  test('is told to the problems of the feature’s trackers', async (t) => {
    const one = fields();
    const { problems, run } = openFull(t, [one]);
    one.set(broken as string, 'x');
    await run();
    assert.deepEqual(
      problems.map(({ code, during }) => [code, during]),
      [[Status.InvalidValue, 'features']],
    );
  });
});
