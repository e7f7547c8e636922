// Pages that nobody sees: hidden, frozen, put into the back/forward cache and taken out again.
import type { Page } from '@playwright/test';
import { hide, show } from './chromium.ts';
import { expect, flush, ledgerOf, storedRows, test, trackMany, whenTracking } from './fixtures.ts';

/** Notes for each request whether it is keepalive. */
const WATCH_FETCH = `
  window.keepalives = [];
  const plain = window.fetch;
  window.fetch = (url, init) => {
    window.keepalives.push(init.keepalive);
    return plain(url, init);
  };`;
const keepalivesOf = (page: Page): Promise<boolean[]> =>
  page.evaluate(() => (window as unknown as { keepalives: boolean[] }).keepalives);

/** Leaves a page, alone on its site, for another one. Before that no lock is on its way: one that is granted to a page
 * in the back/forward cache would drive it out. */
const putAway = async (page: Page, url: string): Promise<void> => {
  const locks = (): Promise<{ held: boolean; pending: number }> =>
    page.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return { held: held.length > 0, pending: pending.length };
    });
  await expect.poll(locks).toEqual({ held: true, pending: 0 });
  await page.goto(url);
};

/** Goes back in the history; true if the page is the one that was put away. Otherwise it says why. */
const goBack = async (page: Page): Promise<unknown> => {
  const from = page.url();
  await page.evaluate(() => history.back());
  await page.waitForURL((url) => url.href !== from, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'persisted' in window, undefined, { polling: 20 });
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as { notRestoredReasons?: unknown }[];
    const { persisted } = window as unknown as { persisted: boolean };
    return persisted || JSON.stringify(navigation?.notRestoredReasons ?? 'no reason given');
  });
};
const WATCH_RETURN = `addEventListener('pageshow', (event) => (window.persisted = event.persisted));`;

test('a hidden page sends what waits and each new event at once, by keepalive', async ({ field, visitor }) => {
  const page = await whenTracking(
    await visitor.open(field.address({ batchWaitMs: 3_600_000 }, { before: WATCH_FETCH })),
  );
  await trackMany(page, 'before', 3);
  expect(await ledgerOf(page)).toMatchObject({ pending: 3 });
  await hide(page);
  await field.arrived(3);
  for (let i = 1; i <= 3; ++i) {
    await trackMany(page, `hidden${i}.`, 1);
    await field.arrived(3 + i);
  }
  await expect.poll(async () => (await ledgerOf(page)).delivered).toBe(6);
  expect(await keepalivesOf(page)).toEqual([true, true, true, true]);
  await show(page);
  await trackMany(page, 'seen', 1);
  // Seen again, events wait for company as before: only what is asked for brings this one.
  expect(await ledgerOf(page)).toMatchObject({ pending: 1 });
  expect(await flush(page)).toMatchObject({ delivered: 7 });
  expect(field.collector.store.events()).toHaveLength(7);
});

test('five hundred events of a hidden page arrive while it is hidden, and none fails', async ({ field, visitor }) => {
  const page = await whenTracking(await visitor.open(field.address()));
  await flush(page);
  await page.evaluate(() => {
    document.addEventListener('visibilitychange', () => {
      for (let i = 0; i < 500; ++i) window.tracker.trackStructured({ category: 'c', action: `${i}` });
    });
  });
  await hide(page);
  await field.arrived(500);
  await expect.poll(async () => (await ledgerOf(page)).delivered).toBe(500);
  expect(await page.evaluate(() => window.told.retries)).toEqual([]);
  expect(field.collector.store.events()).toHaveLength(500);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('a page that is frozen has sent before what waited', async ({ field, visitor }) => {
  const page = await whenTracking(await visitor.open(field.address({ batchWaitMs: 3_600_000 })));
  await trackMany(page, 'event', 5);
  expect(await ledgerOf(page)).toMatchObject({ pending: 5 });
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await field.arrived(5);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await expect.poll(async () => (await ledgerOf(page)).delivered).toBe(5);
  expect(field.collector.store.events()).toHaveLength(5);
});

test('a page from the back/forward cache does not send what another has taken over, and tracks on', async ({
  field,
  visitor,
}) => {
  field.collector.faults.set({ status: 503 });
  const page = await whenTracking(await visitor.open(field.address({}, { before: WATCH_RETURN })));
  await trackMany(page, 'first', 5);
  await flush(page);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ pending: 5, stored: 5 });
  await putAway(page, field.address({}, {}, '/second'));
  await whenTracking(page);
  field.collector.faults.set({});
  await flush(page);
  expect(await field.arrived(5)).toHaveLength(5);
  await expect.poll(async () => (await ledgerOf(page)).delivered).toBe(5);

  expect(await goBack(page)).toBe(true);
  expect(await flush(page)).toMatchObject({ accepted: 0, pending: 0, delivered: 0 });
  await trackMany(page, 'again', 2);
  await expect.poll(() => flush(page)).toMatchObject({ accepted: 2, delivered: 2 });
  expect((await field.arrived(7)).slice(5).map(({ payload }) => payload['se_ac'])).toEqual(['again0', 'again1']);
  expect(field.collector.store.events()).toHaveLength(7);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('a page from the back/forward cache takes its own rows back where nobody else has', async ({ field, visitor }) => {
  field.collector.faults.set({ status: 503 });
  const page = await whenTracking(await visitor.open(field.address({}, { before: WATCH_RETURN })));
  await trackMany(page, 'first', 5);
  await flush(page);
  await putAway(page, `${field.siteUrl}/second`);
  expect(await storedRows(page)).toHaveLength(5);
  field.collector.faults.set({});
  expect(await goBack(page)).toBe(true);
  await expect.poll(async () => (await flush(page)).delivered).toBe(5);
  expect(await ledgerOf(page)).toMatchObject({ accepted: 5, pending: 0 });
  expect(field.collector.store.events()).toHaveLength(5);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('rows of a page from the back/forward cache are its own again: another tab does not take them', async ({
  field,
  visitor,
}) => {
  const page = await whenTracking(await visitor.open(field.address({}, { before: WATCH_RETURN })));
  await putAway(page, `${field.siteUrl}/second`);
  expect(await goBack(page)).toBe(true);
  field.collector.faults.set({ status: 503 });
  await trackMany(page, 'again', 3);
  await flush(page);
  await expect.poll(() => storedRows(page)).toHaveLength(3);
  const other = await whenTracking(await visitor.open(field.address()));
  await trackMany(other, 'other', 1);
  await flush(other);
  expect(await ledgerOf(other)).toMatchObject({ accepted: 1, restored: 0 });
  field.collector.faults.set({});
  await expect
    .poll(async () => (await Promise.all([flush(page), flush(other)])).map(({ pending }) => pending))
    .toEqual([0, 0]);
  expect(field.collector.store.events()).toHaveLength(4);
});

test('a page from the back/forward cache that has nothing to send does not keep others from trying', async ({
  field,
  visitor,
}) => {
  field.collector.faults.set({ status: 503 });
  const page = await whenTracking(await visitor.open(field.address({}, { before: WATCH_RETURN })));
  await trackMany(page, 'first', 1);
  await flush(page);
  // Its event is now the other tab's.
  await putAway(page, `${field.siteUrl}/second`);
  const other = await whenTracking(await visitor.open(field.address()));
  await expect.poll(() => flush(other)).toMatchObject({ restored: 1, pending: 1 });
  expect(await goBack(page)).toBe(true);
  await flush(page);
  field.collector.faults.set({});
  await expect.poll(() => flush(other)).toMatchObject({ delivered: 1, pending: 0 });
});

test('a page that was put away while it made the database holds up no other', async ({ field, visitor }) => {
  field.collector.faults.set({ status: 503 });
  // The database is begun when the page is left, not before. From then on Chromium keeps it shut for all others.
  const late = `
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = () => new EventTarget();
    addEventListener('pagehide', () => open('piste', 1));`;
  const page = await whenTracking(await visitor.open(field.address({}, { before: WATCH_RETURN + late })));
  await trackMany(page, 'first', 3);
  await flush(page);
  await putAway(page, `${field.siteUrl}/second`);
  const other = await whenTracking(await visitor.open(field.address()));
  await expect.poll(() => flush(other)).toMatchObject({ restored: 3, pending: 3 });
  field.collector.faults.set({});
  await expect.poll(() => flush(other)).toMatchObject({ delivered: 3, pending: 0 });
  expect(await goBack(page)).toBe(true);
  expect(await flush(page)).toMatchObject({ pending: 0, delivered: 0 });
});
