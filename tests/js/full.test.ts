// The entry with the full core as it is built: it has what the default entry does not, and is that one otherwise.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import type * as Entry from '../../js/src/full.ts';
import type * as DefaultEntry from '../../js/src/index.ts';
import type { FullSession } from '../../js/src/full/types.ts';
import type { Problem, SelfDescribingJson } from '../../js/src/types.ts';
import { VERSION } from '../../js/src/version.ts';
import { settled } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';

const dist = new URL('../../js/dist/', import.meta.url);
const full = (await import(new URL('full.js', dist).href)) as typeof Entry;
const lean = (await import(new URL('index.js', dist).href)) as typeof DefaultEntry;

/** Tracks a page view with the session entity. */
async function trackWith(t: TestContext, entry: typeof Entry | typeof DefaultEntry) {
  openPage(t);
  const { requests, events } = openNetwork(t, () => answer(200));
  const problems: Problem[] = [];
  const tracker = entry.createTracker({
    collector: 'https://c.example',
    identity: 'memory',
    sessionEntity: true,
    webPage: false,
    onProblem: (problem) => void problems.push(problem),
  });
  tracker.trackPageView();
  const { delivered } = await tracker.flush();
  await settled();
  const session = tracker.session();
  tracker.close();
  return { event: events()[0] ?? {}, delivered, requests, problems, session };
}

test('an event is delivered with the session entity by the engine that is inside', async (t) => {
  const { event, delivered, requests, problems, session } = await trackWith(t, full);
  assert.deepEqual([delivered, requests.length, problems], [1, 1, []]);
  const { data } = JSON.parse(event.co ?? '') as { data: SelfDescribingJson[] };
  assert.deepEqual(
    data.map(({ schema }) => schema),
    ['iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2'],
  );
  const { userId, sessionId, firstEventId, eventIndex } = data[0]?.data as Record<string, unknown>;
  assert.deepEqual([userId, sessionId, firstEventId, eventIndex], [event.duid, event.sid, event.eid, 1]);
  const { sessionIndex, eventIndex: last } = session ?? {};
  assert.deepEqual(
    [session?.userId, session?.sessionId, sessionIndex, last, (session as FullSession).firstEventId],
    [userId, sessionId, 1, 1, event.eid],
  );
});

test('the default entry says that it has none, and sends the event without it', async (t) => {
  const { event, delivered, problems, session } = await trackWith(t, lean);
  assert.deepEqual(problems, [{ code: Status.InvalidValue, during: 'configure', detail: Key.SessionEntity }]);
  assert.deepEqual([delivered, event.co, event.sid], [1, undefined, session?.sessionId]);
});

test('the version is that of package.json', () => {
  assert.equal(full.version, VERSION);
});

test('the file is ASCII, so that no page’s charset can damage it', () => {
  assert.match(readFileSync(new URL('full.js', dist), 'latin1'), /^[\n -~]*$/);
});

test('on a server it is harmless', async () => {
  const tracker = full.createTracker({ collector: 'https://c.example', identity: 'cookie', sessionEntity: true });
  tracker.trackPageView();
  tracker.newSession();
  assert.deepEqual([(await tracker.flush()).accepted, tracker.session()], [1, undefined]);
});

/** One of each feature that works without a site's own store or requests. */
const makeAll = (told: object[]) => ({
  plugins: full.plugins({
    entities: () => [{ schema: 'iglu:a/plugin/jsonschema/1-0-0', data: {} }],
    beforeTrack: ({ payload, setField, addEntity }) => {
      setField('se_la', payload.se_ac);
      addEntity({ schema: 'iglu:a/draft/jsonschema/1-0-0', data: {} });
    },
    filter: ({ se_ac }) => se_ac !== 'drop',
    afterTrack: (payload) => void told.push(payload),
  }),
  entities: full.globalEntities({ one: { schema: 'iglu:a/global/jsonschema/1-0-0', data: {} } }),
  fields: full.fields({ ip: '192.0.2.1' }),
  address: full.pageAddress({ preserveReferrer: true }),
  orders: full.transactions(),
  refusals: full.refusals({ respectDoNotTrack: true }),
  links: full.crossDomainLinks(),
  activity: full.activityListener(() => {}, { minimumVisitSeconds: 1, heartbeatSeconds: 1 }),
  others: [full.browserEntity(), full.activityMetrics(), full.queryLimit(5), full.snowplowQueue('sp')],
});

test('the names that a site writes and reads are those of the types, whatever the build shortens', async (t) => {
  openPage(t);
  const network = openNetwork(t, () => answer(200));
  const told: object[] = [];
  const { others, ...named } = makeAll(told);
  const tracker = full.createTracker({
    collector: 'https://c.example',
    features: [...Object.values(named), ...others],
    appVersion: '2',
    entities: [{ schema: 'iglu:a/own/jsonschema/1-0-0', data: {} }],
    webPage: false,
    pageViewIdBy: 'path',
    minBatchEvents: 1,
  });
  named.entities.add([]);
  named.entities.remove([]);
  named.fields.set('ua', 'Agent');
  named.address.setUrl('/x');
  named.address.setReferrer('');
  named.address.discardHash(false);
  named.address.discardBraces(false);
  named.refusals.heed({});
  named.links.decorate(() => false);
  named.activity.setTimes(undefined);
  named.plugins.add({})();
  tracker.page.setTitle('T');
  tracker.page.keepViewId();
  tracker.activity.mark();
  tracker.activity.setPings(undefined);
  tracker.configure({ appId: 'shop' });
  tracker.trackStructured({ category: 'c', action: 'drop' });
  tracker.trackStructured({ category: 'c', action: 'keep' });
  named.orders.track({ orderId: 'o', total: 1 });
  named.orders.trackItem({ orderId: 'o', sku: 's', price: 1 });
  tracker.trackPageView();
  await tracker.flush();
  const events = network.events();
  assert.deepEqual(
    events.map(({ e, ip, ua, aid, url }) => [e, ip, ua, aid, url]),
    ['se', 'tr', 'ti', 'pv'].map((e) => [e, '192.0.2.1', 'Agent', 'shop', 'https://shop.example/x']),
  );
  assert.deepEqual([events[0]?.se_la, events[3]?.page, told.length], ['keep', 'T', 4]);
  const { data } = JSON.parse(events[0]?.co ?? '') as { data: SelfDescribingJson[] };
  assert.deepEqual(
    data.map(({ schema }) => schema.split('/')[1]),
    ['own', 'browser_context', 'application', 'plugin', 'global', 'draft'],
  );
  assert.deepEqual([tracker.identityNames(), tracker.tabId()], [{ user: '', session: '' }, undefined]);
  tracker.close();
});
