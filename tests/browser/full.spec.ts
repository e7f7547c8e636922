// Features of `piste/full` in a real browser, end to end: a page with several of them, and what the collector gets.
import type { Page } from '@playwright/test';
import type * as Full from '../../js/src/full.ts';
import type { Arrived, Field } from './fixtures.ts';
import { expect, lastingRows, test } from './fixtures.ts';

type Entry = typeof Full;
declare global {
  interface Window {
    piste: Entry;
    shop: Full.FullTracker;
    activities: Full.Activity[];
  }
}

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';

/** A page with the entry, and no tracker. */
async function openEntry(field: Field, path?: string): Promise<Page> {
  const script = `import * as piste from '/piste/full.js';\nwindow.piste = piste;\nwindow.tracker.close();`;
  const page = await field.open({}, { entry: 'full.js', script }, path);
  await page.waitForFunction(() => 'piste' in window);
  return page;
}

const flush = (page: Page): Promise<Full.Stats> => page.evaluate(() => window.shop.flush());

/** The entities of an event, by the names of their schemas. */
const entitiesOf = ({ payload }: Arrived): Map<string, Record<string, unknown>> => {
  const { data } = JSON.parse(payload['co'] ?? '{"data":[]}') as { data: Full.Entity[] };
  return new Map(data.map((one) => [one.schema.split('/')[1] ?? '', one.data as Record<string, unknown>]));
};

test('a shop: entities, plugins, address, visitor, orders', async ({ field }) => {
  const page = await openEntry(field);
  const names = await page.evaluate(
    ([collector = '', step = '']) => {
      const { createTracker, globalEntities, plugins, pageAddress, browserEntity, transactions, fields } = window.piste;
      const entities = globalEntities({
        user: ({ eventType } = {} as never) => ({ schema: step, data: { eventType } }),
      });
      const address = pageAddress();
      const orders = transactions();
      const filter = ({ se_ac }: Full.Fields): boolean => se_ac !== 'drop';
      window.shop = createTracker({
        collector,
        namespace: 'shop',
        identity: 'cookie',
        sessionEntity: true,
        appVersion: '2.4.1',
        features: [entities, address, orders, browserEntity(), fields({ p: 'app' }), plugins({ filter })],
      });
      address.setUrl('/shop#top');
      address.discardHash(true);
      window.shop.setUserId('ann');
      window.shop.page.setTitle('Shop');
      window.shop.trackPageView();
      window.shop.trackStructured({ category: 'c', action: 'drop' });
      orders.track({ orderId: 'o-1', total: 20.5, currency: 'CHF' });
      entities.clear();
      orders.trackItem({ orderId: 'o-1', sku: 's-1', price: 20.5 });
      return window.shop.identityNames();
    },
    [field.collector.url, schema],
  );
  expect((await flush(page)).delivered).toBe(3);
  const events = await field.arrived(3);
  const url = new URL('/shop', page.url()).href;
  expect(events.map(({ payload: { e, p, uid, url: of } }) => [e, p, uid, of])).toEqual(
    ['pv', 'tr', 'ti'].map((e) => [e, 'app', 'ann', url]),
  );
  expect(events.map(({ payload }) => [payload['page'], payload['tr_tt'], payload['ti_pr']])).toEqual([
    ['Shop', undefined, undefined],
    [undefined, '20.5', undefined],
    [undefined, undefined, '20.5'],
  ]);
  const common = ['web_page', 'browser_context', 'application', 'client_session'];
  expect(events.map((event) => [...entitiesOf(event).keys()])).toEqual([
    ['web_page', 'browser_context', 'application', 'step', 'client_session'],
    ['web_page', 'browser_context', 'application', 'step', 'client_session'],
    common,
  ]);
  expect(events.map(({ verdict, reasons }) => [verdict, reasons])).toEqual(Array(3).fill(['good', []]));
  const session = await page.evaluate(() => window.shop.session());
  expect([session?.userId, session?.eventIndex]).toEqual([events[0]?.payload['duid'], 4]); // one was dropped
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual([names.user, names.session]);
  expect(await page.evaluate(() => sessionStorage.getItem('_sp_tab_id'))).toBe(
    entitiesOf(events[0] as Arrived).get('browser_context')?.['tabId'],
  );
  expect(field.noise).toEqual([]);
});

test('a visitor who moves, follows a link, and says no', async ({ field }) => {
  const page = await openEntry(field);
  await page.evaluate((collector) => {
    const { createTracker, crossDomainLinks, refusals } = window.piste;
    const links = crossDomainLinks();
    window.shop = createTracker({
      collector,
      namespace: 'shop',
      identity: 'local',
      pageViewIdBy: 'path',
      features: [links, refusals({ optOutCookie: 'no' })],
    });
    window.shop.trackPageView();
    links.decorate(({ id }) => id === 'next');
    history.pushState(null, '', '/boots');
    window.shop.trackStructured({ category: 'c', action: 'moved' });
  }, field.collector.url);
  await flush(page);
  const [first, second] = await field.arrived(2);
  const idOf = (event: Arrived | undefined): unknown => entitiesOf(event as Arrived).get('web_page')?.['id'];
  expect(idOf(second)).not.toBe(idOf(first));
  expect(second?.payload['refr']).toBe(first?.payload['url']);
  const href = await page.evaluate(() => {
    const link = document.getElementById('next') as HTMLAnchorElement;
    link.dispatchEvent(new MouseEvent('mousedown'));
    return link.href;
  });
  expect(new URL(href).searchParams.get('_sp')).toMatch(new RegExp(`^${first?.payload['duid']}\\.\\d{13}$`));
  const left = await page.evaluate(async () => {
    const { user } = window.shop.identityNames();
    document.cookie = 'no=1';
    window.shop.trackPageView();
    const { dropped } = await window.shop.flush();
    return [dropped, localStorage.getItem(user)];
  });
  expect(left).toEqual([{ denied: 1 }, null]);
  expect(field.noise).toEqual([]);
});

test('what the visitor does is told, and in page pings, whose entities are asked for anew', async ({ field }) => {
  const page = await openEntry(field);
  await page.evaluate(
    ([collector = '', step = '']) => {
      const { createTracker, activityListener, activityMetrics } = window.piste;
      const times = { minimumVisitSeconds: 1, heartbeatSeconds: 1 };
      let count = 0;
      window.activities = [];
      window.shop = createTracker({
        collector,
        namespace: 'shop',
        pagePings: times,
        features: [activityMetrics(), activityListener((one) => void window.activities.push(one), times)],
      });
      window.shop.trackPageView({ furtherEntities: () => [{ schema: step, data: { count: ++count } }] });
    },
    [field.collector.url, schema],
  );
  await expect
    .poll(async () => {
      await page.mouse.move(Math.random() * 300, Math.random() * 300);
      await page.keyboard.press('a');
      await flush(page);
      const pings = (await field.arrived(1)).filter(({ payload }) => payload['e'] === 'pp');
      return pings.length > 1 && (await page.evaluate(() => window.activities.length)) > 1;
    })
    .toBe(true);
  const events = await field.arrived(3);
  const [, ...pings] = events.map(entitiesOf);
  const counts = pings.map((entities) => entities.get('step')?.['count'] as number);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  const keys = pings.map((entities) => entities.get('activity_metrics')?.['keyPresses'] as number);
  const told = await page.evaluate(() => window.activities);
  expect(Math.max(...keys, ...told.map(({ counts: all }) => all?.keyPresses ?? 0))).toBeGreaterThan(0);
  expect(told[0]?.pageViewId).toBe(pings[0]?.get('web_page')?.['id']);
  expect(field.noise).toEqual([]);
});

test('page views by themselves, a fetch of the site’s own, and GET with a limit', async ({ field }) => {
  const page = await openEntry(field);
  const told = await page.evaluate(async (collector) => {
    const { createTracker, requests, queryLimit } = window.piste;
    const views: string = '/piste/page-views.js';
    const { trackPageViews } = (await import(views)) as {
      trackPageViews: (tracker: Full.Tracker) => void;
    };
    const methods: string[] = [];
    const delivered: unknown[] = [];
    window.shop = createTracker({
      collector,
      namespace: 'shop',
      method: 'get',
      features: [
        queryLimit(1500),
        requests({
          fetch: (request) => fetch((methods.push(request.method), request)),
          onRequestSuccess: (events) => void delivered.push(...events.map(({ e }) => e)),
        }),
      ],
    });
    trackPageViews(window.shop);
    while (!window.shop.stats().accepted) await new Promise(requestAnimationFrame);
    await window.shop.flush();
    window.shop.trackStructured({ category: 'c', action: 'x'.repeat(1500) });
    await window.shop.flush();
    return { methods, delivered };
  }, field.collector.url);
  await field.arrived(2);
  expect(told.methods).toEqual(['GET', 'POST']);
  expect(told.delivered).toEqual(expect.arrayContaining(['pv']));
  expect(field.noise).toEqual([]);
});

test('personal data is neither stored nor sent, and stays in the address bar', async ({ field }) => {
  const page = await openEntry(field);
  field.collector.faults.set({ status: 503 });
  await page.evaluate((collector) => {
    history.replaceState(null, '', '/?token=s3cret&utm_source=news#/account/jane%40b.co');
    window.shop = window.piste.createTracker({ collector, namespace: 'shop' });
    window.shop.trackPageView({ title: 'Account of jane@b.co' });
    window.shop.trackStructured({ category: 'link', action: 'click', label: 'https://bank.test/?session=6f1c' });
  }, field.collector.url);
  await expect.poll(async () => (await lastingRows(page)).length).toBe(2);
  const stored = await page.evaluate(async () => {
    const opened = indexedDB.open('piste');
    await new Promise((resolve) => (opened.onsuccess = resolve));
    const all = opened.result.transaction('rows').objectStore('rows').getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    opened.result.close();
    return JSON.stringify([...Object.values<string>({ ...localStorage }), ...(all.result as string[])]);
  });
  expect(stored).toContain('token=***&utm_source=news#/account/***');
  expect(stored).not.toMatch(/s3cret|jane|6f1c/);
  field.collector.faults.set({});
  await flush(page);
  const [view, click] = await field.arrived(2);
  expect(view?.payload['url']).toMatch(/\?token=\*\*\*&utm_source=news#\/account\/\*\*\*$/);
  expect([view?.payload['page'], click?.payload['se_la']]).toEqual([
    'Account of ***',
    'https://bank.test/?session=***',
  ]);
  expect(page.url()).toContain('s3cret');
  // The URL counts with each of the two events.
  expect((await page.evaluate(() => window.shop.stats())).redacted).toEqual({ dropped: 0, masked: 6, hashed: 0 });
});
