// The functions of the face, as a site calls them: for which trackers they are, and that nothing gets out of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SnowplowApi } from '../../../js/src/snowplow/types.ts';
import { VERSION } from '../../../js/src/version.ts';
import { START_MS } from '../fake-globals.ts';
import { COLLECTOR, entitiesOf, namesOf, openSite, UUID } from './fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const entity = { schema, data: { a: 1 } };

describe('a tracker', () => {
  test('is one of its id; a second one of the same id is none, and that is said', (t) => {
    const { snowplow, said } = openSite(t);
    const tracker = snowplow.newTracker('sp', COLLECTOR);
    assert.deepEqual([tracker?.id, tracker?.namespace], ['sp', 'sp']);
    assert.equal(snowplow.newTracker('sp', COLLECTOR), null);
    assert.deepEqual(
      said.map(([method]) => method),
      ['warn'],
    );
  });

  test('may have an id that is not its name', async (t) => {
    const { snowplow, sent } = openSite(t);
    const { tracker } = snowplow.addTracker('sp_shop', 'shop', COLLECTOR) ?? {};
    assert.deepEqual([tracker?.id, tracker?.namespace], ['sp_shop', 'shop']);
    snowplow.trackPageView({}, ['sp_shop']);
    assert.equal((await sent())[0]?.tna, 'shop');
  });

  test('is found by the core of plugins, by its id or with all others; one that is not there is said', (t) => {
    const { snowplow, make, said } = openSite(t);
    const [one, other] = [make('one'), make('other')];
    const found: unknown[] = [];
    for (const ids of [undefined, ['other'], [], ['none']])
      snowplow.dispatchToTrackers(ids, (tracker) => void found.push(tracker));
    assert.deepEqual(found, [one, other, other]);
    assert.deepEqual(said, [['warn', 'Snowplow: none is not configured']]);
  });

  test('says when the document has been read, to plugins that asked before and after', (t) => {
    const { snowplow, make, page } = openSite(t);
    const calls: string[] = [];
    Object.assign(page.document, { readyState: 'loading' });
    const { sharedState } = make('one');
    sharedState.registeredOnLoadHandlers.push(
      () => calls.push('first'),
      () => assert.fail('of a plugin'),
      () => calls.push('last'),
    );
    make('other');
    assert.deepEqual([sharedState.hasLoaded, calls], [false, []]);
    page.happensInDocument('DOMContentLoaded');
    snowplow.newTracker('third', COLLECTOR);
    assert.deepEqual([sharedState.hasLoaded, calls], [true, ['first', 'last']]);
  });

  test('that is made when the document has been read says so', (t) => {
    const { make } = openSite(t);
    assert.equal(make().sharedState.hasLoaded, true);
  });

  test('shares its state with the others of the page', (t) => {
    const { snowplow, make } = openSite(t);
    const [one, other] = [make('one'), make('other')];
    assert.equal(one.sharedState, other.sharedState);
    assert.ok(one.sharedState instanceof snowplow.SharedState);
    assert.match(one.getPageViewId(), UUID);
    assert.deepEqual([other.getPageViewId(), one.sharedState.pageViewId], [one.getPageViewId(), one.getPageViewId()]);
  });

  for (const [what, configuration] of [
    ['null', null],
    ['a number', 5],
    ['plugins that are none', { plugins: 5 }],
    [
      'a getter that throws',
      {
        get plugins(): never {
          throw new Error('of the site');
        },
      },
    ],
  ] as const) {
    test(`of a configuration that is none is one or none, and throws nothing: ${what}`, (t) => {
      const { snowplow } = openSite(t);
      const tracker = snowplow.newTracker('sp', COLLECTOR, configuration as never);
      assert.ok(tracker === null || tracker?.id === 'sp');
    });
  }

  test('is told of the session when it begins', async (t) => {
    const sessions: unknown[] = [];
    const { make, snowplow, sent } = openSite(t);
    const onSessionUpdateCallback = (session: unknown): void => void sessions.push(session);
    make('sp', { onSessionUpdateCallback, contexts: { session: true } });
    snowplow.trackPageView();
    const [event] = await sent();
    const [, data] = entitiesOf(event).find(([name]) => name === 'client_session') ?? [];
    assert.deepEqual(sessions, [data]);
    assert.deepEqual(Object.values(data as object), [
      event?.duid,
      event?.sid,
      1,
      1,
      null,
      'COOKIE_1',
      event?.eid,
      new Date(START_MS).toISOString(),
    ]);
  });
});

describe('a function', () => {
  test('is for all trackers in the order of their making, or for those that are named', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    for (const id of ['b', 'a', 'c']) make(id);
    const names = async (): Promise<unknown[]> => (await sent()).map(({ tna }) => tna).sort();
    snowplow.trackPageView();
    assert.deepEqual(await names(), ['a', 'b', 'c']);
    snowplow.trackPageView({}, ['c', 'a']);
    assert.deepEqual(await names(), ['a', 'c']);
    snowplow.trackPageView({}, []);
    assert.deepEqual(await names(), []);
  });

  test('says which of the named trackers there is not, and does its work for the others', async (t) => {
    const { make, snowplow, sent, said } = openSite(t);
    make('sp');
    snowplow.setUserId('ann', ['nobody', 'sp']);
    snowplow.trackPageView();
    assert.equal((await sent())[0]?.uid, 'ann');
    assert.deepEqual([said.length, said[0]?.[0], /nobody/.test(String(said[0]?.[1]))], [1, 'warn', true]);
  });

  test('of one tracker that throws ends the call there, and says why', async (t) => {
    const { make, snowplow, sent, said } = openSite(t);
    const [broken] = [make('a'), make('b')];
    const cause = new Error('of a plugin');
    broken.setUserId = () => {
      throw cause;
    };
    snowplow.setUserId('ann');
    snowplow.trackPageView();
    assert.deepEqual(
      (await sent()).map(({ uid }) => uid),
      [undefined, undefined],
    );
    assert.deepEqual(said, [['error', 'Snowplow: Function failed', cause]]);
  });

  test('throws nothing, whatever it is given', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    make('sp');
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const trap = new Proxy(
      {},
      {
        get(): never {
          throw new Error('of the site');
        },
      },
    );
    for (const [name, member] of Object.entries(snowplow)) {
      if (typeof member !== 'function' || ['SharedState', 'newTracker', 'addTracker'].includes(name)) continue;
      for (const value of [undefined, null, 5, 'x', [], cycle, trap, Symbol('s'), () => trap])
        for (const trackers of [undefined, ['sp'], 5])
          assert.doesNotThrow(() => (member as (...values: unknown[]) => void)(value, trackers), name);
    }
    snowplow.setOptOutCookie(null);
    snowplow.setCollectorUrl(COLLECTOR);
    snowplow.disableAnonymousTracking();
    await sent();
    snowplow.trackPageView({ title: 'at the end' });
    snowplow.flushBuffer();
    assert.equal((await sent()).at(-1)?.page, 'at the end');
  });
});

describe('an event', () => {
  test('that is structured has its fields, entities and time', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    make();
    snowplow.trackStructEvent({
      category: 'cart',
      action: 'add',
      label: 'ski',
      property: 'red',
      value: 2.5,
      context: [entity],
      timestamp: 1234,
    });
    const [event = {}] = await sent();
    const { e, se_ca, se_ac, se_la, se_pr, se_va, dtm } = event;
    assert.deepEqual([e, se_ca, se_ac, se_la, se_pr, se_va, dtm], ['se', 'cart', 'add', 'ski', 'red', '2.5', '1234']);
    assert.deepEqual(entitiesOf(event)[0], ['step', { a: 1 }]);
  });

  test('that describes itself has its data, entities and time', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    make();
    snowplow.trackSelfDescribingEvent({
      event: { schema, data: { step: null } },
      context: [entity],
      timestamp: { type: 'ttm', value: 99 },
    });
    const [event = {}] = await sent();
    assert.deepEqual(JSON.parse(event.ue_pr ?? ''), {
      schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
      data: { schema, data: { step: null } },
    });
    assert.deepEqual([event.e, event.ttm, event.dtm, namesOf(event)], ['ue', '99', undefined, ['step', 'web_page']]);
  });

  test('may have null for what it has not', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    make();
    snowplow.trackStructEvent({ category: 'a', action: 'b', label: null, context: null, timestamp: null } as never);
    snowplow.trackPageView({ title: null, context: null, contextCallback: null, timestamp: null });
    assert.deepEqual(
      (await sent()).map(({ e, page, dtm }) => [e, page, dtm]),
      [
        ['se', 'Shop', `${START_MS}`],
        ['pv', 'Shop', `${START_MS}`],
      ].map(([e, page, dtm]) => [e, e === 'pv' ? page : undefined, dtm]),
    );
  });
});

describe('the id of the session', () => {
  test('is that of the tracker that is asked, else of the first', async (t) => {
    const { make, snowplow, sent } = openSite(t);
    assert.equal(snowplow.getDomainSessionId(), undefined);
    make('one');
    make('other', { cookieName: 'other' });
    snowplow.trackPageView();
    const events = await sent();
    const sid = (name: string): string | undefined => events.find(({ tna }) => tna === name)?.sid;
    assert.deepEqual([snowplow.getDomainSessionId(), snowplow.getDomainSessionId('one')], [sid('one'), sid('one')]);
    assert.equal(snowplow.getDomainSessionId('other'), sid('other'));
    assert.notEqual(sid('one'), sid('other'));
    assert.equal(snowplow.getDomainSessionId('nobody'), undefined);
  });
});

test('global entities are added, removed and cleared', async (t) => {
  const { make, snowplow, sent } = openSite(t);
  make();
  const names = async (): Promise<unknown[]> => {
    snowplow.trackPageView();
    return namesOf((await sent())[0]);
  };
  snowplow.addGlobalContexts([entity, () => ({ schema: 'iglu:com.acme/made/jsonschema/1-0-0', data: {} })]);
  assert.deepEqual(await names(), ['web_page', 'step', 'made']);
  snowplow.removeGlobalContexts([entity]);
  assert.deepEqual(await names(), ['web_page', 'made']);
  snowplow.clearGlobalContexts();
  assert.deepEqual(await names(), ['web_page']);
});

test('each function of a tracker is one of the face under the same name', (t) => {
  const { make, snowplow } = openSite(t);
  const tracker = make();
  const calls: unknown[] = [];
  const names = Object.keys(snowplow).filter(
    (name) => name in tracker && name !== 'getDomainSessionId',
  ) as (keyof SnowplowApi & keyof typeof tracker)[];
  for (const name of names)
    Object.assign(tracker, { [name]: (...values: unknown[]) => void calls.push([name, ...values]) });
  const without = new Set([
    'newSession',
    'disableActivityTracking',
    'disableActivityTrackingCallback',
    'updatePageActivity',
    'preservePageViewId',
  ]);
  for (const name of names) {
    const call = snowplow[name] as (...values: unknown[]) => void;
    if (without.has(name)) call(['sp']);
    else call('value', ['sp']);
  }
  assert.ok(names.length >= 25);
  assert.deepEqual(
    calls,
    names.map((name) => (without.has(name) ? [name] : [name, 'value'])),
  );
});

test('the version is that of the package', (t) => {
  assert.equal(openSite(t).snowplow.version, VERSION);
});
