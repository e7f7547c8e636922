// A tracker of the default entry and its visitor's consent, on the real lean core: what is held, sent, written and
// forgotten. The same of piste/full: full/consent.test.ts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { createConsent } from '../../js/src/consent/create.ts';
import type { Event } from './snowplow/fake-site.ts';
import { namesOf } from './snowplow/fake-site.ts';
import { deny, grant, NOTHING, openDefault } from './fake-default.ts';
import { shareGlobals } from './fake-globals.ts';

const titles = (events: readonly Event[]): unknown[] => events.map(({ page }) => page);
const actions = (events: readonly Event[]): unknown[] => events.map(({ se_ac }) => se_ac);
const noNetwork = { fetch: () => Promise.reject(new TypeError('no network')) };
const AD = 'iglu:com.acme/ad/jsonschema/1-0-0';
const ad = { schema: AD, data: {} };

describe('before the answer', () => {
  test('nothing is sent, written or set, and stats() tell what is held', async (t) => {
    const { tracker, sent, left, wait } = openDefault(t, {
      pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 },
    });
    tracker.trackPageView({ title: 'A' });
    tracker.setUserId('ann');
    tracker.newSession();
    assert.deepEqual(await sent(), []);
    tracker.trackStructured({ category: 'c', action: 'a' });
    await wait(70);
    assert.deepEqual([await sent(), await left(), tracker.session()], [[], NOTHING, undefined]);
    const { accepted, pending, stored } = await tracker.flush();
    assert.deepEqual([accepted, pending, stored], [2, 2, 0]);
  });

  test('where there are no Web Locks no lease is written either', async (t) => {
    const { page, tracker, sent, left, wait, consent } = openDefault(t);
    Object.assign(page.navigator, { locks: undefined });
    tracker.trackPageView();
    await sent();
    await wait(70);
    page.putAway();
    page.comeBack();
    assert.deepEqual(await left(), NOTHING);
    grant(consent);
    await sent();
    assert.match([...page.localStorage.rows.keys()].join(), /^piste\/piste\/[^/]+\/$/);
  });

  test('what is necessary goes, without ids, and is kept while the collector is down', async (t) => {
    const { tracker, sent, page, network, wait } = openDefault(t);
    tracker.setUserId('ann');
    tracker.trackStructured({ category: 'c', action: 'held' });
    tracker.trackStructured({ category: 'c', action: 'sent', purpose: 'necessary' });
    await sent().then(([event, ...others]) =>
      assert.deepEqual(
        [event?.se_ac, event?.duid, event?.sid, event?.uid, others],
        ['sent', undefined, undefined, undefined, []],
      ),
    );
    shareGlobals(t, noNetwork);
    tracker.trackStructured({ category: 'c', action: 'kept', purpose: 'necessary' });
    await wait(2);
    assert.equal(Object.keys(await page.database.rows()).length, 1);
    assert.deepEqual([page.document.cookie, network.requests.length], ['', 0]);
  });

  test('rows that others have left stay as they are, and are not read', async (t) => {
    const { page, tracker, sent, wait, consent } = openDefault(t);
    const row = '2p-111700000000000{"e":"pv","eid":"x"}\n';
    page.localStorage.rows.set('piste/piste/gone/1', row);
    t.mock.timers.setTime(1700000000000);
    tracker.trackPageView();
    await sent();
    await wait(70);
    assert.deepEqual([...page.localStorage.rows], [['piste/piste/gone/1', row]]);
    deny(consent);
    assert.deepEqual(await sent(), []);
    assert.deepEqual(tracker.stats().dropped, { denied: 2 });
  });

  test('no more than a thousand calls are held, and the others are counted', async (t) => {
    const { tracker, sent, consent, page } = openDefault(t);
    page.becomeIdle();
    for (let i = 0; i < 1100; ++i) tracker.trackStructured({ category: 'c', action: 'a' });
    await sent();
    const { accepted, pending, dropped } = tracker.stats();
    assert.deepEqual([accepted, pending, dropped], [1100, 1000, { queue_full: 100 }]);
    grant(consent);
    assert.equal((await sent()).length, 1000);
    assert.deepEqual(tracker.stats().dropped, { queue_full: 100 });
  });
});

describe('once it is granted', () => {
  test('what was held is marked, if the site wants it, and nothing else is', async (t) => {
    const { tracker, consent, sent } = openDefault(t, {}, { markHeld: true });
    tracker.trackPageView();
    await sent();
    grant(consent);
    const [held] = await sent();
    tracker.trackPageView();
    const [later] = await sent();
    const isMarked = (event?: Event): boolean => `${event?.co}`.includes('iglu:piste/held/jsonschema/1-0-0');
    assert.deepEqual([isMarked(held), isMarked(later), later !== undefined], [true, false, true]);
  });

  test('what was held goes in order, with times, pages, referrers and titles of then, and ids are kept', async (t) => {
    const { tracker, page, sent, consent, wait, goTo } = openDefault(t);
    const first = page.location.href;
    const times: string[] = [];
    for (const path of ['', '/boots', '/boots', '/bag']) {
      if (path) goTo(path);
      times.push(`${Date.now()}`);
      tracker.trackPageView();
      await wait(100);
    }
    goTo('/cart');
    assert.deepEqual(await sent(), []);
    grant(consent);
    const events = await sent();
    const pages = [first, ...['/boots', '/boots', '/bag'].map((path) => `https://shop.example${path}`)];
    assert.deepEqual(
      events.map(({ url }) => url),
      pages,
    );
    assert.deepEqual(
      events.map(({ refr }) => refr),
      [page.document.referrer || undefined, first, first, pages[2]],
    );
    assert.deepEqual(titles(events).slice(1), ['/boots', '/boots', '/bag']);
    assert.deepEqual(
      events.map(({ dtm }) => dtm),
      times,
    );
    assert.equal(new Set(events.map(({ co }) => co)).size, 4, 'a page view each');
    assert.deepEqual([events[0]?.duid, events[0]?.vid], [events[3]?.duid, '1']);
    assert.equal(tracker.session()?.userId, events[0]?.duid);
    assert.match(page.document.cookie, /_sp_id\.[\da-f]{4}=/);
    tracker.trackPageView();
    const [next] = await sent();
    assert.deepEqual([next?.url, next?.refr], ['https://shop.example/cart', 'https://shop.example/bag']);
  });

  test('what was held since the answer was taken back, too', async (t) => {
    const { tracker, sent, consent, goTo } = openDefault(t);
    grant(consent);
    tracker.trackPageView();
    goTo('/boots');
    tracker.trackPageView();
    assert.equal((await sent()).length, 2);
    consent.set({ analytics: 'unknown' });
    tracker.trackPageView();
    goTo('/bag');
    tracker.trackPageView();
    assert.deepEqual(await sent(), []);
    grant(consent);
    assert.deepEqual(
      (await sent()).map(({ url, refr }) => [url, refr]),
      [
        ['https://shop.example/boots', 'https://shop.example/skis'],
        ['https://shop.example/bag', 'https://shop.example/boots'],
      ],
    );
  });

  test('who was known before goes on', async (t) => {
    const { tracker, consent, sent, make } = openDefault(t);
    grant(consent);
    tracker.trackPageView();
    const [before] = await sent();
    tracker.close();
    const other = createConsent();
    make({ namespace: 'second', consent: other }).trackPageView();
    assert.deepEqual(await sent(), []);
    grant(other);
    const [after] = await sent();
    assert.equal(after?.duid, before?.duid);
  });

  test('rows that were kept are taken over', async (t) => {
    const { tracker, page, sent, consent } = openDefault(t);
    const row = `2p-1${1e13 + Date.now()}{"e":"pv","eid":"x"}\n`;
    page.localStorage.rows.set('piste/piste/gone/1', row);
    tracker.trackPageView({ title: 'A' });
    assert.deepEqual(await sent(), []);
    grant(consent);
    const events = [...(await sent()), ...(await sent())];
    assert.deepEqual(events.map(({ eid }) => eid?.length).sort(), [1, 36]);
  });
});

describe('once it is denied', () => {
  test('what was held is destroyed and counted, and a later yes does not bring it back', async (t) => {
    const { tracker, sent, consent, left } = openDefault(t);
    for (const title of ['A', 'B']) tracker.trackPageView({ title });
    await sent();
    deny(consent);
    tracker.trackPageView({ title: 'C' });
    assert.deepEqual([await sent(), tracker.stats().dropped, await left()], [[], { denied: 3 }, NOTHING]);
    assert.equal(tracker.stats().pending, 0);
    grant(consent);
    tracker.trackPageView({ title: 'D' });
    assert.deepEqual(titles(await sent()), ['D']);
  });

  test('also what a page was told before it had an engine', async (t) => {
    const { tracker, consent, sent } = openDefault(t, {}, { initial: { analytics: 'granted' } });
    tracker.trackPageView({ title: 'A' });
    deny(consent);
    tracker.trackPageView({ title: 'B' });
    grant(consent);
    tracker.trackPageView({ title: 'C' });
    assert.deepEqual([titles(await sent()), tracker.stats().dropped], [['C'], { denied: 2 }]);
  });

  test('or more often than is kept until then', async (t) => {
    const { tracker, consent, sent } = openDefault(t, {}, { initial: { analytics: 'granted' } });
    for (let i = 0; i < 1100; ++i) tracker.trackPageView({ title: 'A' });
    deny(consent);
    assert.deepEqual(await sent(), []);
  });

  test('rows, ids and the database are gone; a new yes makes a new visitor', async (t) => {
    const { tracker, network, sent, consent, left, wait } = openDefault(t);
    grant(consent);
    tracker.setUserId('ann');
    tracker.trackPageView();
    const [known] = await sent();
    shareGlobals(t, noNetwork);
    tracker.trackPageView({ title: 'waits' });
    await wait(2);
    const [cookies, , rows] = await left();
    assert.deepEqual([cookies !== '', Object.keys(rows as object).length], [true, 1]);
    deny(consent);
    await wait(1);
    assert.deepEqual([await left(), tracker.session()?.userId], [NOTHING, undefined]);
    shareGlobals(t, { fetch: (url: string, how: RequestInit) => network.fetch(new Request(url, how)) });
    grant(consent);
    tracker.trackPageView();
    await wait(5); // until the collector is tried again
    const [again] = await sent();
    assert.deepEqual([again?.uid, again?.vid], [undefined, '1']);
    assert.notEqual(again?.duid, known?.duid);
  });

  test('so is what stands there from earlier pages, without trying where cookies may be written', async (t) => {
    const { tracker, consent, sent, page, make } = openDefault(t);
    grant(consent);
    tracker.trackPageView();
    await sent();
    tracker.close();
    await sent();
    assert.match(page.document.cookie, /_sp_id/);
    const written: string[] = [];
    const cookie = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(page.document), 'cookie');
    Object.defineProperty(page.document, 'cookie', {
      configurable: true,
      get: () => cookie?.get?.call(page.document) as string,
      set(text: string) {
        written.push(text);
        cookie?.set?.call(page.document, text);
      },
    });
    const denied = createConsent({ initial: { analytics: 'denied' } });
    make({ namespace: 'second', consent: denied }).trackPageView();
    assert.deepEqual([await sent(), page.document.cookie], [[], '']);
    assert.deepEqual(
      written.map((text) => /Max-Age=-/.test(text)),
      [true, true],
    );
  });

  test('or where nothing stands, nothing is written', async (t) => {
    const { tracker, sent, left } = openDefault(t, {}, { initial: { analytics: 'denied' } });
    tracker.trackPageView();
    assert.deepEqual([await sent(), await left()], [[], NOTHING]);
  });

  test('another page that hears of it does the same', async (t) => {
    const { tracker, sent, consent, channels, left, wait } = openDefault(t);
    grant(consent);
    tracker.trackPageView();
    await sent();
    channels.say('piste/consent', { states: { analytics: 'denied' }, source: 'banner' });
    await wait(1);
    tracker.trackPageView();
    assert.deepEqual([await sent(), await left()], [[], NOTHING]);
  });

  test('a page out of the back/forward cache hears it before its trackers are back', async (t) => {
    let answer: 'granted' | 'denied' | 'unknown' = 'unknown';
    const { tracker, sent, page, problems } = openDefault(t, {}, { initial: () => ({ analytics: answer }) });
    tracker.trackPageView({ title: 'A' });
    assert.deepEqual(await sent(), []);
    for (const [next, arrived] of [
      ['granted', ['A']],
      ['denied', []],
      ['granted', ['B']],
    ] as const) {
      page.putAway();
      answer = next;
      page.comeBack();
      assert.deepEqual([titles(await sent()), tracker.stats().pending, problems.splice(0)], [arrived, 0, []], next);
      assert.deepEqual(await page.database.rows(), {});
      if (next === 'granted') continue;
      tracker.trackPageView({ title: 'refused' });
      await sent();
      assert.deepEqual(
        problems.splice(0).map(({ code }) => code),
        [Status.Denied],
      );
      answer = 'unknown';
      page.putAway();
      page.comeBack();
      tracker.trackPageView({ title: 'B' });
      assert.deepEqual(await sent(), []);
    }
  });

  test('a decision after close() takes back what is still there', async (t) => {
    const { tracker, consent, left, sent, network } = openDefault(t);
    grant(consent);
    await sent();
    network.requests.length = 0;
    tracker.trackPageView();
    tracker.close();
    deny(consent);
    await sent();
    assert.deepEqual([await left(), tracker.stats().pending], [NOTHING, 0]);
    grant(consent);
    tracker.trackPageView();
    assert.deepEqual(await sent(), []);
  });
});

test('once it is unknown again what waits is neither sent nor stored, and goes on with the next yes', async (t) => {
  const { tracker, consent, sent, page, wait } = openDefault(t);
  grant(consent);
  await sent();
  tracker.trackPageView({ title: 'A' });
  consent.set({ analytics: 'unknown' });
  await wait(3);
  assert.deepEqual([await sent(), [...page.localStorage.rows.keys()], await page.database.rows()], [[], [], {}]);
  grant(consent);
  assert.deepEqual(titles(await sent()), ['A']);
});

describe('purposes', () => {
  test('each event waits for its own', async (t) => {
    const { tracker, consent, sent } = openDefault(t, {}, { purposes: ['talk'], events: { page_view: 'talk' } });
    const track = (action: string, purpose?: string): void =>
      tracker.trackStructured({ category: 'c', action, purpose });
    tracker.trackPageView({ title: 'A' });
    track('a', 'marketing');
    track('b');
    track('c', 'marketing');
    grant(consent);
    assert.deepEqual(actions(await sent()), ['b']);
    consent.set({ marketing: 'granted', talk: 'denied' });
    assert.deepEqual([actions(await sent()), tracker.stats().dropped], [['a', 'c'], { denied: 1 }]);
  });

  test('an entity goes along if its own is granted at the call, and its event ends with it then', async (t) => {
    const { tracker, consent, sent, wait } = openDefault(t, {}, { entities: { [AD]: 'marketing' } });
    grant(consent);
    tracker.trackPageView({ title: 'without', entities: [ad] });
    consent.set({ marketing: 'granted' });
    tracker.trackPageView({ title: 'with', entities: [ad] });
    const events = await sent();
    assert.deepEqual(
      [titles(events), events.map(namesOf)],
      [
        ['without', 'with'],
        [['web_page'], ['ad', 'web_page']],
      ],
    );
    shareGlobals(t, noNetwork);
    tracker.trackPageView({ entities: [ad] });
    tracker.trackPageView();
    await wait(1);
    consent.set({ marketing: 'denied' });
    assert.deepEqual([tracker.stats().dropped, tracker.stats().pending], [{ denied: 1 }, 1]);
  });

  test('an event or an entity for what is no purpose is refused, and told', async (t) => {
    const { tracker, sent, problems, consent } = openDefault(t, {}, { entities: { [AD]: 'talk' } });
    grant(consent);
    tracker.trackPageView({ purpose: 'talk' });
    tracker.trackPageView({ entities: [ad] });
    tracker.trackPageView({ title: 'A' });
    assert.deepEqual(titles(await sent()), ['A']);
    assert.equal(problems.length, 3);
  });

  test('nothing is sent without what shows the visitor: it is held or refused, which is told once', async (t) => {
    const { tracker, sent, problems, consent } = openDefault(t, {}, { ifUnknown: 'anonymise', ifDenied: 'anonymise' });
    tracker.trackPageView({ title: 'A' });
    assert.deepEqual([await sent(), tracker.stats().pending], [[], 1]);
    deny(consent);
    tracker.trackPageView({ title: 'B' });
    assert.deepEqual([await sent(), tracker.stats().dropped], [[], { denied: 2 }]);
    assert.deepEqual(
      problems.filter(({ during }) => during === 'consent').map(({ code, detail }) => [code, detail]),
      [
        [Status.InvalidValue, { ifUnknown: 'anonymise' }],
        [Status.InvalidValue, { ifDenied: 'anonymise' }],
      ],
    );
  });
});

describe('other trackers', () => {
  test('what is no consent lets nothing go, and is told', async (t) => {
    const { make, problems, sent } = openDefault(t);
    const none = [null, {}, 7, { join: 7 }, Object.create(null)] as never[];
    const trackers = none.map((consent) => make({ consent }));
    for (const tracker of trackers) tracker.trackPageView({ purpose: 'necessary' });
    assert.deepEqual(await sent(), []);
    assert.deepEqual(
      problems.map(({ code, during }) => [code, during]),
      none.map(() => [Status.InvalidValue, 'consent']),
    );
    for (const tracker of trackers) assert.equal((await tracker.flush()).engine, 'none');
  });

  test('one consent for two', async (t) => {
    const { tracker, make, consent, sent } = openDefault(t);
    const other = make({ namespace: 'other' });
    tracker.trackPageView({ title: 'A' });
    other.trackPageView({ title: 'B' });
    assert.deepEqual(await sent(), []);
    grant(consent);
    assert.deepEqual(titles(await sent()), ['A', 'B']);
  });

  test('one without any goes on as it is', async (t) => {
    const { make, sent } = openDefault(t);
    make({ namespace: 'other', consent: undefined }).trackPageView({ title: 'A' });
    assert.deepEqual(titles(await sent()), ['A']);
  });
});
