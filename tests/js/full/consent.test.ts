// A tracker of `piste/full` and its visitor's consent, on the real core: what is held, sent, written and forgotten.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Status } from '../../../js/src/constants.ts';
import { createConsent } from '../../../js/src/consent/create.ts';
import type { Consent, ConsentOptions } from '../../../js/src/consent/types.ts';
import { browserEntity, globalEntities, plugins } from '../../../js/src/full/features.ts';
import type { EventDraft, Feature, FullOptions } from '../../../js/src/full/types.ts';
import { openChannels } from '../fake-channels.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { namesOf, type Event } from '../snowplow/fake-site.ts';
import { openMaker, step } from './fake-full.ts';

function open(
  t: TestContext,
  options: Partial<FullOptions> = {},
  consentOptions?: ConsentOptions,
  features: readonly Feature[] = [],
) {
  const site = openMaker(t);
  const channels = openChannels(t);
  const consent = createConsent(consentOptions);
  const tracker = site.make(features, { identity: 'cookie', consent, ...options });
  const { page } = site;
  const left = async (): Promise<unknown[]> => {
    await settled();
    return [
      page.document.cookie,
      [...page.localStorage.rows.keys()],
      [...page.sessionStorage.rows.keys()],
      await page.database.rows(),
      (await indexedDB.databases()).length,
    ];
  };
  return { ...site, channels, consent, tracker, left };
}

const NOTHING = ['', [], [], {}, 0];
const titles = (events: readonly Event[]): unknown[] => events.map(({ page }) => page);
const grant = (consent: Consent): void => consent.set({ analytics: 'granted' }, 'banner');
const deny = (consent: Consent): void => consent.set({ analytics: 'denied' }, 'banner');

describe('before the answer', () => {
  test('nothing is sent, written or set, and stats() tell what is held', async (t) => {
    const { tracker, sent, left, wait } = open(t, {}, {}, [browserEntity()]);
    tracker.trackPageView({ title: 'A' });
    tracker.setUserId('ann');
    tracker.newSession();
    assert.deepEqual(await sent(), []);
    tracker.trackStructured({ category: 'c', action: 'a' });
    await wait(5);
    assert.deepEqual([await sent(), await left(), tracker.session()], [[], NOTHING, undefined]);
    assert.deepEqual([tracker.tabId(), tracker.identityNames()], [undefined, { user: '', session: '' }]);
    const { accepted, pending, stored } = tracker.stats();
    assert.deepEqual([accepted, pending, stored], [2, 2, 0]);
  });

  test('where there are no Web Locks no lease is written either', async (t) => {
    const { page, tracker, sent, left, wait, consent } = open(t);
    Object.assign(page.navigator, { locks: undefined });
    tracker.trackPageView();
    await sent();
    await wait(60);
    assert.deepEqual(await left(), NOTHING);
    grant(consent);
    await sent();
    assert.match([...page.localStorage.rows.keys()].join(), /^piste\/piste\/[^/]+\/$/);
  });

  test('what is necessary goes, without ids', async (t) => {
    const { tracker, sent, page } = open(t);
    tracker.trackStructured({ category: 'c', action: 'held' });
    tracker.trackStructured({ category: 'c', action: 'sent', purpose: 'necessary' });
    const [event, ...others] = await sent();
    assert.deepEqual([event?.se_ac, event?.duid, event?.sid, others], ['sent', undefined, undefined, []]);
    assert.equal(page.document.cookie, '');
  });
});

describe('once it is granted', () => {
  test('what was held goes in order, with times, pages and titles of then, and ids are kept', async (t) => {
    const { tracker, page, sent, consent, wait } = open(t, { sessionEntity: true });
    tracker.trackPageView({ title: 'A' });
    const then = Date.now();
    await wait(100);
    page.location.href = 'https://shop.example/boots';
    page.document.title = 'Boots';
    tracker.trackPageView();
    assert.deepEqual(await sent(), []);
    grant(consent);
    const events = await sent();
    assert.deepEqual(titles(events), ['A', 'Boots']);
    assert.deepEqual(
      events.map(({ url }) => url),
      ['https://shop.example/skis', 'https://shop.example/boots'],
    );
    assert.deepEqual([events[0]?.dtm, events[0]?.duid, events[0]?.vid], [`${then}`, events[1]?.duid, '1']);
    assert.equal(tracker.session()?.userId, events[0]?.duid);
    assert.match(page.document.cookie, /_sp_id\.[\da-f]{4}=/);
  });

  test('what was held is marked, if the site wants it, and nothing else is', async (t) => {
    const { tracker, consent, sent } = open(t, {}, { markHeld: true });
    tracker.trackPageView();
    assert.deepEqual(await sent(), []);
    grant(consent);
    assert.deepEqual(namesOf((await sent())[0]), ['held', 'web_page']);
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
  });

  test('entities that plugins and rules add stay away until what they are for is granted', async (t) => {
    const entities = { [step(1).schema]: 'marketing' };
    const adds = {
      entities: () => [step(1)],
      beforeTrack: (draft: EventDraft) => draft.addEntity(step(2)),
    };
    const { tracker, sent, consent } = open(t, {}, { entities }, [plugins(adds), globalEntities([step(3)])]);
    grant(consent);
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
    consent.set({ marketing: 'granted' });
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page', 'step', 'step', 'step']);
    consent.set({ marketing: 'denied' });
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
  });

  test('so do those that the tracker itself adds, and a withdrawal takes back what carries them', async (t) => {
    const schema = 'iglu:com.snowplowanalytics.snowplow/browser_context/jsonschema';
    const entities = { [schema]: 'marketing', [step(1).schema]: 'marketing' };
    const { tracker, sent, consent } = open(t, { entities: [step(1)] }, { entities }, [browserEntity()]);
    grant(consent);
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
    consent.set({ marketing: 'granted' });
    tracker.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page', 'step', 'browser_context']);
    tracker.trackPageView();
    consent.set({ marketing: 'denied' });
    assert.equal(tracker.stats().dropped.denied, 1);
  });

  test('who was known before goes on', async (t) => {
    const first = open(t);
    grant(first.consent);
    first.tracker.trackPageView();
    const [before] = await first.sent();
    first.tracker.close();
    const consent = createConsent();
    const tracker = first.make([], { identity: 'cookie', namespace: 'second', consent });
    tracker.trackPageView();
    assert.deepEqual(await first.sent(), []);
    grant(consent);
    const [after] = await first.sent();
    assert.equal(after?.duid, before?.duid);
  });

  test('a draft goes on with the plugins that it had waited for', async (t) => {
    const seen: unknown[] = [];
    const plugin = {
      entities: () => [step(1)],
      filter: ({ page }: Readonly<Record<string, unknown>>) => page !== 'no',
      afterTrack: ({ page }: Readonly<Record<string, unknown>>) => void seen.push(page),
    };
    const { tracker, sent, consent } = open(t, {}, {}, [plugins(plugin)]);
    for (const title of ['A', 'no', 'B']) tracker.trackPageView({ title });
    assert.deepEqual([await sent(), seen], [[], []]);
    grant(consent);
    const events = await sent();
    assert.deepEqual(
      [titles(events), seen],
      [
        ['A', 'B'],
        ['A', 'B'],
      ],
    );
    assert.deepEqual(namesOf(events[0]), ['web_page', 'step']);
  });
});

describe('once it is denied', () => {
  test('what was held is destroyed and counted, and a later yes does not bring it back', async (t) => {
    const { tracker, sent, consent, left } = open(t);
    for (const title of ['A', 'B']) tracker.trackPageView({ title });
    await sent();
    deny(consent);
    tracker.trackPageView({ title: 'C' });
    assert.deepEqual([await sent(), tracker.stats().dropped, await left()], [[], { denied: 3 }, NOTHING]);
    grant(consent);
    tracker.trackPageView({ title: 'D' });
    assert.deepEqual(titles(await sent()), ['D']);
  });

  test('also what a page was told before it had an engine', async (t) => {
    const { tracker, consent, sent } = open(t, {}, { initial: { analytics: 'granted' } });
    tracker.trackPageView({ title: 'A' });
    deny(consent);
    tracker.trackPageView({ title: 'B' });
    grant(consent);
    tracker.trackPageView({ title: 'C' });
    assert.deepEqual([titles(await sent()), tracker.stats().dropped], [['C'], { denied: 2 }]);
  });

  test('or more often than is kept until then', async (t) => {
    const { tracker, consent, sent } = open(t, {}, { initial: { analytics: 'granted' } });
    for (let i = 0; i < 1100; ++i) tracker.trackPageView({ title: 'A' });
    deny(consent);
    assert.deepEqual(await sent(), []);
  });

  test('rows, ids, the tab’s id and the database are gone; a new yes makes a new visitor', async (t) => {
    const { tracker, network, sent, consent, left, wait } = open(t, {}, {}, [browserEntity()]);
    grant(consent);
    tracker.setUserId('ann');
    tracker.trackPageView();
    const [known] = await sent();
    const viewId = tracker.page.viewId();
    shareGlobals(t, { fetch: () => Promise.reject(new TypeError('no network')) });
    tracker.trackPageView({ title: 'waits' });
    await wait(2);
    const [cookies, , tabs, rows] = await left();
    assert.deepEqual([cookies !== '', tabs, Object.keys(rows as object).length], [true, ['_sp_tab_id'], 1]);
    deny(consent);
    await wait(1);
    assert.deepEqual([await left(), tracker.session()?.userId], [NOTHING, undefined]);
    assert.notEqual(tracker.page.viewId(), viewId);
    const { fetch } = network;
    shareGlobals(t, { fetch });
    grant(consent);
    tracker.trackPageView();
    await wait(5); // until the collector is tried again
    const [again] = await sent();
    assert.deepEqual([again?.uid, again?.vid], [undefined, '1']);
    assert.notEqual(again?.duid, known?.duid);
  });

  test('so is what stands there from earlier pages, without trying where cookies may be written', async (t) => {
    const first = open(t);
    grant(first.consent);
    first.tracker.trackPageView();
    await first.sent();
    first.tracker.close();
    await first.sent();
    const { page } = first;
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
    const consent = createConsent({ initial: { analytics: 'denied' } });
    const tracker = first.make([], { identity: 'cookie', namespace: 'second', consent });
    tracker.trackPageView();
    assert.deepEqual(await first.sent(), []);
    assert.equal(page.document.cookie, '');
    assert.deepEqual(
      written.map((text) => /Max-Age=-/.test(text)),
      [true, true],
    );
  });

  test('or where nothing stands, nothing is written', async (t) => {
    const { tracker, sent, left } = open(t, {}, { initial: { analytics: 'denied' } });
    tracker.trackPageView();
    assert.deepEqual([await sent(), await left()], [[], NOTHING]);
  });

  test('events that nobody can be known by go, if that is what the site wants', async (t) => {
    const { tracker, sent, left } = open(t, {}, { initial: { analytics: 'denied' }, ifDenied: 'anonymise' });
    tracker.setUserId('ann');
    tracker.trackPageView({ title: 'A' });
    const [event] = await sent();
    assert.deepEqual([event?.page, event?.uid, event?.duid, await left()], ['A', undefined, undefined, NOTHING]);
  });

  test('another page that hears of it does the same', async (t) => {
    const { tracker, sent, consent, channels, left, wait } = open(t);
    grant(consent);
    tracker.trackPageView();
    await sent();
    channels.say('piste/consent', { states: { analytics: 'denied' }, source: 'banner' });
    await wait(1);
    tracker.trackPageView();
    assert.deepEqual([await sent(), await left()], [[], NOTHING]);
    assert.equal(consent.get()['analytics']?.state, 'denied');
  });
});

describe('bad input', () => {
  test('what is no consent lets nothing go, and is told', async (t) => {
    const { make, problems, sent } = openMaker(t);
    const none = [null, {}, 7, { join: 7 }, Object.create(null)] as never[];
    for (const consent of none) make([], { consent, identity: 'cookie' }).trackPageView({ purpose: 'necessary' });
    assert.deepEqual(await sent(), []);
    assert.deepEqual(
      problems.map(({ code, during }) => [code, during]),
      none.map(() => [Status.InvalidValue, 'consent']),
    );
  });

  test('an event or an entity for what is no purpose is refused, and told', async (t) => {
    const entities = { [step(1).schema]: 'talk' };
    const { tracker, sent, problems, consent } = open(t, {}, { entities });
    grant(consent);
    tracker.trackPageView({ purpose: 'talk' });
    tracker.trackPageView({ entities: [step(1)] });
    tracker.trackPageView({ title: 'A' });
    assert.deepEqual(titles(await sent()), ['A']);
    assert.equal(problems.length, 3, 'the two, and that the entities have no such purpose');
  });

  test('a decision after close() takes back what is still there', async (t) => {
    const { tracker, consent, left, sent, network } = open(t);
    grant(consent);
    await sent();
    network.requests.length = 0;
    tracker.trackPageView();
    tracker.close();
    deny(consent);
    await sent();
    assert.deepEqual(await left(), NOTHING);
    assert.equal(tracker.stats().pending, 0);
    grant(consent);
    tracker.trackPageView();
    assert.deepEqual(await sent(), []);
  });

  test('one consent for two trackers', async (t) => {
    const { tracker, make, consent, sent } = open(t);
    const other = make([], { namespace: 'other', consent });
    tracker.trackPageView({ title: 'A' });
    other.trackPageView({ title: 'B' });
    assert.deepEqual(await sent(), []);
    grant(consent);
    assert.deepEqual(titles(await sent()), ['A', 'B']);
  });
});
