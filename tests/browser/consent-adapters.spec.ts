// Adapters of piste/consent in a real browser, beside banners that behave as those of the field: with a placeholder
// first, in a frame of another origin, through Google's data layer, and in a page that comes back.
import type { Frame, Page } from '@playwright/test';
import { expect, flush, test, whenTracking, type Arrived } from './fixtures.ts';
import type { ConsentDecisions, ConsentStates } from '../../js/src/consent/types.ts';

interface Cmp {
  listeners: Record<number, (data: object, success: boolean) => void>;
  say(data: object): void;
}
type Site = Window & { decisions(): ConsentDecisions; says: ConsentStates; persisted?: boolean; cmp: Cmp };

/** Consent as the page keeps it: `decisions()` tells. */
const CONSENT = `
  import * as piste from '/piste/consent.js';
  const states = new Map(['necessary', 'analytics', 'marketing'].map((name) => [name, { state: 'unknown' }]));
  const listeners = new Set();
  const get = () => Object.fromEntries(states);
  window.decisions = get;
  const consent = {
    get,
    set(given, source) {
      for (const [name, state] of Object.entries(given)) states.set(name, { state, source, decidedMs: Date.now() });
      for (const listener of listeners) listener(get());
    },
    onChange: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
  };`;

/** What banners put into a page's head: a queue, and the frame that others find it by. */
const PLACEHOLDER = `
  window.queue = [];
  window.__tcfapi = (...call) => void window.queue.push(call);
  document.documentElement.append(Object.assign(document.createElement('iframe'), { name: '__tcfapiLocator' }));
  addEventListener('message', ({ data, source }) => {
    const call = data?.__tcfapiCall;
    if (!call) return;
    window.__tcfapi(call.command, call.version, (returnValue, success) =>
      source.postMessage({ __tcfapiReturn: { returnValue, success, callId: call.callId } }, '*'), call.parameter);
  });`;

/** The banner itself, which takes over the queue. */
const installCmp = (): void => {
  const listeners: Cmp['listeners'] = {};
  let last = 0;
  const api = (command: string, _: number, callback: Cmp['listeners'][number], parameter: number): void => {
    if (command === 'removeEventListener') delete listeners[parameter];
    if (command !== 'addEventListener') return callback({}, true);
    listeners[++last] = callback;
    callback({ listenerId: last, eventStatus: 'cmpuishown', gdprApplies: true }, true);
  };
  const say = (data: object): void => {
    for (const [id, callback] of Object.entries(listeners))
      callback({ gdprApplies: true, ...data, listenerId: +id }, true);
  };
  Object.assign(window, { __tcfapi: api, cmp: { listeners, say } });
  for (const call of (window as unknown as { queue?: Parameters<typeof api>[] }).queue ?? []) api(...call);
};

const answer = (page: Page, ...ids: number[]): Promise<void> =>
  page.evaluate((granted) => {
    const consents = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [i + 1, granted.includes(i + 1)]));
    (window as unknown as Site).cmp.say({ eventStatus: 'useractioncomplete', purpose: { consents } });
  }, ids);

/** State and source of analytics and marketing. */
const said = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => {
    const { analytics, marketing } = (window as unknown as Site).decisions();
    return [analytics, marketing].map((one) => `${one?.state} ${one?.source}`);
  });

const schemaAndData = ({ payload }: Arrived): { schema: string; data: Record<string, unknown> } =>
  (JSON.parse(payload['ue_pr'] ?? '') as { data: { schema: string; data: Record<string, unknown> } }).data;

test('a banner that comes after its placeholder; each answer is an event', async ({ field }) => {
  const script = `${CONSENT}
    piste.connectTcf(consent);
    const consentUrl = location.origin + '/privacy';
    piste.trackConsentChanges(window.tracker, consent, { consentUrl, consentVersion: '1' });`;
  const page = await field.open({}, { before: PLACEHOLDER, script });
  expect(await said(page)).toEqual(['unknown undefined', 'unknown undefined']);
  await page.evaluate(installCmp);
  await answer(page, 1, 7, 8, 9, 10);
  await answer(page, 1, 7, 8, 9, 10);
  expect(await said(page)).toEqual(['granted tcf', 'denied tcf']);
  await answer(page);
  expect(await said(page)).toEqual(['denied tcf', 'denied tcf']);
  await flush(page);
  const events = (await field.arrived(2)).map(schemaAndData);
  expect(events.map(({ data }) => [data['eventType'], data['consentScopes']])).toEqual([
    ['allow_selected', ['analytics']],
    ['withdrawn', ['necessary']],
  ]);
  expect(events[0]?.schema).toBe('iglu:com.snowplowanalytics.snowplow/consent_preferences/jsonschema/1-0-0');
  expect(events[0]?.data['domainsApplied']).toEqual([new URL(field.siteUrl).hostname]);
  expect(field.noise).toEqual([]);
});

test('a banner in the page around, of another origin', async ({ field }) => {
  const page = await field.open({}, { before: PLACEHOLDER });
  await page.evaluate(installCmp);
  const script = `${CONSENT} window.disconnect = piste.connectTcf(consent);`;
  const inner = field.address({}, { script }).replace(/origin\d+/, 'widget');
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src, name: 'widget' }));
  }, inner);
  await expect.poll(() => page.evaluate(() => Object.keys((window as unknown as Site).cmp.listeners).length)).toBe(1);
  const frame = page.frames().find((one) => one.url().includes('widget')) as Frame;
  await answer(page, 1, 2, 3, 4);
  await expect.poll(() => said(frame)).toEqual(['denied tcf', 'granted tcf']);
  await frame.evaluate(() => (window as unknown as { disconnect: () => void }).disconnect());
  await expect.poll(() => page.evaluate(() => Object.keys((window as unknown as Site).cmp.listeners).length)).toBe(0);
  expect(field.noise).toEqual([]);
});

test('Google’s commands, beside a tag manager that wraps the data layer', async ({ field }) => {
  const before = `
    window.dataLayer = [];
    function gtag() { dataLayer.push(arguments); }
    gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied', ad_user_data: 'denied',
      ad_personalization: 'denied', wait_for_update: 50 });
    gtag('js', new Date());`;
  const script = `${CONSENT} window.disconnect = piste.connectGoogleConsent(consent);`;
  const page = await field.open({}, { before, script });
  const heard = await page.evaluate(() => {
    const site = window as unknown as {
      dataLayer: unknown[];
      gtag: (...call: unknown[]) => void;
      disconnect: () => void;
    };
    const { push } = site.dataLayer;
    const items: unknown[] = [];
    site.dataLayer.push = (...added) => {
      items.push(...added);
      return push.apply(site.dataLayer, added);
    };
    site.gtag('consent', 'update', { analytics_storage: 'granted' });
    site.gtag('event', 'scroll');
    return [items.length, site.dataLayer.length];
  });
  expect(heard).toEqual([2, 4]);
  expect(await said(page)).toEqual(['granted google', 'unknown undefined']);
  const after = await page.evaluate(() => {
    const site = window as unknown as {
      dataLayer: unknown[];
      gtag: (...call: unknown[]) => void;
      disconnect: () => void;
    };
    site.disconnect();
    site.gtag('consent', 'update', { analytics_storage: 'denied' });
    return site.dataLayer.length;
  });
  expect(after).toBe(5);
  expect(await said(page)).toEqual(['granted google', 'unknown undefined']);
  expect(field.noise).toEqual([]);
});

test('a browser that asks not to be sold; a visitor who allows it all the same', async ({ field }) => {
  const before = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });`;
  const script = `${CONSENT} window.consent = consent; piste.connectSignals(consent);`;
  const page = await field.open({}, { before, script });
  expect(await said(page)).toEqual(['unknown undefined', 'denied gpc']);
  await page.evaluate(() => {
    (window as unknown as { consent: { set: (states: object, source: string) => void } }).consent.set(
      { marketing: 'granted' },
      'banner',
    );
  });
  expect(await said(page)).toEqual(['unknown undefined', 'granted banner']);
});

test('a browser without signals says nothing', async ({ field }) => {
  const script = `${CONSENT} piste.connectSignals(consent, { gpc: ['analytics'], dnt: ['marketing'] });`;
  const page = await field.open({}, { script });
  expect(await said(page)).toEqual(['unknown undefined', 'unknown undefined']);
});

test('a banner is read again when its page comes out of the back/forward cache', async ({ field, visitor }) => {
  const page = await visitor.open();
  const script = `${CONSENT}
    addEventListener('pageshow', (event) => (window.persisted = event.persisted));
    const read = () => JSON.parse(localStorage.getItem('banner') ?? 'null');
    piste.connectBanner(consent, { read });`;
  await page.goto(field.address({}, { script }, '/first'));
  await whenTracking(page);
  expect(await said(page)).toEqual(['unknown undefined', 'unknown undefined']);
  // A lock that is granted later would drive the page out of the cache.
  await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1);
  await page.evaluate(() => delete (window as { persisted?: boolean }).persisted);
  await page.goto(`${field.siteUrl}/second`);
  await page.evaluate(() => {
    localStorage.setItem('banner', JSON.stringify({ analytics: 'granted', marketing: 'denied' }));
    history.back();
  });
  await page.waitForURL('**/first*', { waitUntil: 'commit' });
  await page.waitForFunction(() => 'persisted' in window, undefined, { polling: 20 });
  expect(await page.evaluate(() => (window as unknown as Site).persisted)).toBe(true);
  expect(await said(page)).toEqual(['granted banner', 'denied banner']);
});
