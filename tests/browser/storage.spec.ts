// Storage that is denied, full, broken, of another version, or emptied by somebody else: the page is unharmed, events
// arrive, and what cannot be read is counted.
import type { Page } from '@playwright/test';
import {
  expect,
  flush,
  lastingRows,
  ledgerOf,
  localRows,
  storedRows,
  test,
  trackMany,
  whenTracking,
} from './fixtures.ts';

const DOWN = { status: 503 };

/** What the page may not have, as scripts that run before the tracker. */
const DENIED: Record<string, string> = {
  'localStorage that throws at every access': `
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });`,
  'an IndexedDB that throws at every access': `
    Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });`,
  'no IndexedDB': `Object.defineProperty(window, 'indexedDB', { value: undefined });`,
  'an IndexedDB that refuses to open': `
    IDBFactory.prototype.open = function () {
      const request = new EventTarget();
      setTimeout(() => request.onerror?.(new Event('error')));
      return request;
    };
    IDBFactory.prototype.databases = () => Promise.reject(new Error('denied'));`,
  'locks that are denied': `
    LockManager.prototype.request = () => Promise.reject(new DOMException('denied', 'SecurityError'));`,
};
const NOTHING = Object.values(DENIED).join('\n');
const noNoise = (noise: readonly string[]): string[] =>
  noise.filter((line) => !line.includes('Failed to load resource'));

for (const [what, before] of Object.entries({ ...DENIED, 'all of it denied': NOTHING })) {
  test(`with ${what} events arrive, wait while the collector is away, and the page is unharmed`, async ({ field }) => {
    const page = await field.open({}, { before });
    await trackMany(page, 'first', 5);
    expect(await flush(page)).toMatchObject({ accepted: 5, delivered: 5 });
    field.collector.faults.set(DOWN);
    await trackMany(page, 'second', 5);
    expect(await flush(page)).toMatchObject({ accepted: 10, pending: 5 });
    field.collector.faults.set({});
    await expect.poll(() => flush(page)).toMatchObject({ delivered: 10, pending: 0, dropped: {} });
    expect(field.collector.store.events()).toHaveLength(10);
    expect(noNoise(field.noise)).toEqual([]);
  });
}

for (const what of ['no IndexedDB', 'an IndexedDB that refuses to open']) {
  test(`with ${what} rows survive in localStorage`, async ({ field }) => {
    field.collector.faults.set(DOWN);
    const page = await field.open({}, { before: DENIED[what] ?? '' });
    await trackMany(page, 'event', 5);
    await flush(page);
    await trackMany(page, 'late', 5);
    await page.reload();
    field.collector.faults.set({});
    expect(await field.arrived(10)).toHaveLength(10);
  });
}

test('with localStorage denied rows survive in IndexedDB', async ({ field }) => {
  field.collector.faults.set(DOWN);
  const page = await field.open({}, { before: DENIED['localStorage that throws at every access'] ?? '' });
  await trackMany(page, 'event', 5);
  await flush(page);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ pending: 5, stored: 5 });
  await page.reload();
  field.collector.faults.set({});
  expect(await field.arrived(5)).toHaveLength(5);
});

test('a localStorage that the site has filled stays as it is, and events survive all the same', async ({ field }) => {
  field.collector.faults.set(DOWN);
  const before = `
    localStorage.clear();
    for (let size = 1 << 20, i = 0; size > 0; ) {
      try { localStorage.setItem('site/' + i, 'x'.repeat(size)); ++i; } catch { size >>= 1; }
    }`;
  const page = await field.open({}, { before });
  const ofSite = (): Promise<number[]> =>
    page.evaluate(() =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith('site/'))
        .map((key) => localStorage.getItem(key)?.length ?? 0)
        .sort((a, b) => a - b),
    );
  const filled = await ofSite();
  await trackMany(page, 'event', 50);
  await flush(page);
  await expect.poll(() => lastingRows(page)).toHaveLength(50);
  expect(await localRows(page)).toEqual([]);
  expect(await ledgerOf(page)).toMatchObject({ pending: 50, stored: 50 });
  expect(await ofSite()).toEqual(filled);
  await page.goto(`${field.siteUrl}/next`);
  field.collector.faults.set({});
  await page.goto(field.address());
  expect(await field.arrived(50)).toHaveLength(50);
  await expect.poll(() => storedRows(page)).toEqual([]);
  expect(await ofSite()).toEqual(filled);
});

/** Puts rows into both storages, as other versions and mishaps leave them. */
const plant = (page: Page, local: Record<string, string>, lasting: Record<string, unknown>): Promise<void> =>
  page.evaluate(
    ([localItems, lastingItems]) =>
      new Promise<void>((resolve, reject) => {
        for (const [key, row] of Object.entries(localItems)) localStorage.setItem(key, row);
        const opening = indexedDB.open('piste', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('rows', 'readwrite');
          for (const [key, row] of Object.entries(lastingItems)) transaction.objectStore('rows').put(row, key);
          transaction.onerror = reject;
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [local, lasting] as const,
  );

test('rows of an older, a newer and a broken form are set aside and counted, and do no harm', async ({
  field,
  page,
}) => {
  await page.goto(`${field.siteUrl}/next`);
  const payload = '{"e":"pv","p":"web","tv":"x","eid":"6b1ae0d4-6d4e-4d80-9d2f-f3f0a6d1c2ab"}';
  await plant(
    page,
    {
      'piste/piste/aaaaaaaa/1': `1p-${payload}`,
      'piste/piste/aaaaaaaa/2': `2p-111795380000000${payload.slice(0, 40)}`,
      'piste/piste/aaaaaaaa/3': 'not a row',
      'piste/piste/aaaaaaaa/4': '\ud800\ud800\ud800',
      'piste/piste/bbbbbbbb/1': '',
      piste: 'of the site',
      'piste/': 'of the site',
      pisten: 'of the site',
    },
    {
      'piste/piste/cccccccc/1': `3p-111795380000000${payload}`,
      'piste/piste/cccccccc/2': '1',
    },
  );
  await field.open();
  await expect.poll(async () => (await ledgerOf(page)).dropped['unreadable'] ?? 0).toBe(7);
  await expect.poll(() => page.evaluate(() => window.told.dropped.length)).toBe(7);
  expect(await page.evaluate(() => window.told.dropped.every(({ code }) => code === 301))).toBe(true);
  await expect.poll(() => storedRows(page)).toEqual([]);
  // The last one is kept for whoever looks into it.
  expect(await page.evaluate(() => localStorage.getItem('piste/piste/'))).not.toBeNull();
  expect(await page.evaluate(() => ['piste', 'piste/', 'pisten'].map((key) => localStorage.getItem(key)))).toEqual(
    Array(3).fill('of the site'),
  );
  await trackMany(page, 'event', 3);
  expect(await flush(page)).toMatchObject({ accepted: 10, delivered: 3, pending: 0, dropped: { unreadable: 7 } });
  expect(field.noise).toEqual([]);
  // And not again by the next page.
  await field.open();
  await trackMany(page, 'event', 1);
  expect(await flush(page)).toMatchObject({ accepted: 1, delivered: 1, dropped: {} });
});

test('values that are no texts are set aside and counted, and do no harm', async ({ field, page }) => {
  await page.goto(`${field.siteUrl}/next`);
  await plant(
    page,
    {},
    {
      'piste/piste/cccccccc/1': 7,
      'piste/piste/cccccccc/2': { not: 'a text' },
      'piste/piste/cccccccc/3': null,
      'piste/piste/cccccccc/4': '1',
    },
  );
  await field.open();
  await expect.poll(async () => (await ledgerOf(page)).dropped['unreadable'] ?? 0).toBe(4);
  await expect.poll(() => storedRows(page)).toEqual([]);
  await trackMany(page, 'event', 3);
  expect(await flush(page)).toMatchObject({ accepted: 7, delivered: 3, pending: 0 });
  expect(field.noise).toEqual([]);
});

for (const [what, version] of [
  ['of a newer version', 7],
  ['without a table for rows', 1],
] as const) {
  test(`a database ${what} keeps nothing from being delivered, nor from surviving`, async ({ field, page }) => {
    await page.goto(`${field.siteUrl}/next`);
    await page.evaluate(
      (number) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('piste', number);
          opening.onsuccess = () => resolve(opening.result.close());
        }),
      version,
    );
    field.collector.faults.set(DOWN);
    await field.open();
    await trackMany(page, 'event', 5);
    expect(await flush(page)).toMatchObject({ accepted: 5, pending: 5 });
    await page.goto(`${field.siteUrl}/next`);
    field.collector.faults.set({});
    await field.open();
    expect(await field.arrived(5)).toHaveLength(5);
    expect(noNoise(field.noise)).toEqual([]);
  });
}

test('an extension that deletes our keys midway takes nothing from a page that lives', async ({ field }) => {
  field.collector.faults.set(DOWN);
  const page = await field.open();
  await trackMany(page, 'first', 10);
  await flush(page);
  await expect.poll(() => storedRows(page)).toHaveLength(10);
  await page.evaluate(async () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('piste/')) localStorage.removeItem(key);
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('piste');
      deleting.onsuccess = deleting.onerror = deleting.onblocked = resolve;
    });
  });
  await trackMany(page, 'second', 10);
  expect(await flush(page)).toMatchObject({ accepted: 20, pending: 20 });
  field.collector.faults.set({});
  await expect.poll(() => flush(page)).toMatchObject({ delivered: 20, pending: 0 });
  const events = field.collector.store.events();
  expect(new Set(events.map(({ payload }) => payload['eid'])).size).toBe(20);
  expect(events).toHaveLength(20);
  await expect.poll(() => storedRows(page)).toEqual([]);
  // What is tracked from now on survives again.
  field.collector.faults.set(DOWN);
  await trackMany(page, 'third', 5);
  await page.reload();
  field.collector.faults.set({});
  expect(await field.arrived(25)).toHaveLength(25);
  expect(noNoise(field.noise)).toEqual([]);
});

test('while the collector is away thousands of events take little of the localStorage of the site', async ({
  field,
}) => {
  field.collector.faults.set(DOWN);
  // The most characters that our keys and values ever had together.
  const before = `
    window.most = 0;
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      set.call(this, key, text);
      let sum = 0;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith('piste/')) sum += key.length + localStorage[key].length;
      }
      window.most = Math.max(window.most, sum);
    };`;
  const page = await field.open({}, { before });
  await flush(page);
  for (let round = 0; round < 10; ++round) {
    await trackMany(page, `${round}.`, 200);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }
  await flush(page);
  const { accepted, pending, dropped } = await ledgerOf(page);
  expect(accepted).toBe(2000);
  expect(pending + (dropped['queue_full'] ?? 0)).toBe(2000);
  expect(pending).toBeGreaterThan(1000);
  await expect.poll(() => ledgerOf(page), { timeout: 30_000 }).toMatchObject({ stored: pending });
  await expect.poll(() => lastingRows(page)).toHaveLength(pending);
  expect(await localRows(page)).toEqual([]);
  const most = await page.evaluate(() => (window as unknown as { most: number }).most);
  expect(most).toBeGreaterThan(0);
  // What one page may take (js/src/ports/row-keeper.ts), and its keys.
  expect(most).toBeLessThanOrEqual(1.1 * 1024 * 1024);
  await page.goto(`${field.siteUrl}/next`);
  field.collector.faults.set({});
  await page.goto(field.address());
  await field.arrived(pending);
  await expect.poll(() => storedRows(page)).toEqual([]);
  expect(new Set(field.collector.store.events().map(({ payload }) => payload['eid'])).size).toBe(pending);
});

test('a page that comes back after more than 30 days drops what it finds, and says so', async ({ field, page }) => {
  await page.goto(`${field.siteUrl}/next`);
  field.collector.faults.set(DOWN);
  await field.open();
  await trackMany(page, 'old', 3);
  await flush(page);
  await page.goto(`${field.siteUrl}/next`);
  field.collector.faults.set({});
  const before = `const now = Date.now; Date.now = () => now() + 31 * 86400000;`;
  await page.goto(field.address({}, { before }));
  await whenTracking(page);
  await expect.poll(async () => (await ledgerOf(page)).dropped).toEqual({ expired: 3 });
  await expect.poll(() => page.evaluate(() => window.told.dropped.map(({ code }) => code))).toEqual([204, 204, 204]);
  await expect.poll(() => storedRows(page)).toEqual([]);
});
