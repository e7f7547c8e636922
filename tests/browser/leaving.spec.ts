// Pages that are left: what fits goes out at once, most valuable first; the rest after the next load; nothing is lost,
// and nothing comes twice but what was under way.
import type { Page } from '@playwright/test';
import type { Field } from './fixtures.ts';
import { expect, ledgerOf, storedRows, test, trackMany, whenTracking } from './fixtures.ts';
import type { Asked, ScriptedCollector } from './scripted-collector.ts';

/** All that the keepalive requests of one page may have, with room for others (limits.h). */
const ALLOWANCE_BYTES = 60_000;
const BATCH_BYTES = 40_000;

/** Requests say by their path which page has sent them. */
const POST_PATH = '/page/PAGE';
/** Writes down, in a place that outlives the page, of which events it knows that they were delivered. */
const NOTE_KNOWN = `
  const known = 'known/' + performance.timeOrigin;
  localStorage.setItem(known, '');
  window.told.delivered.push = ({ eventId }) =>
    localStorage.setItem(known, (localStorage.getItem(known) ?? '') + eventId + ' ');`;
/** What the page that was the first to do so has written down. */
const knownToFirstPage = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const notes = Object.keys(localStorage).filter((key) => key.startsWith('known/'));
    return localStorage.getItem(notes.sort()[0] ?? '') ?? '';
  });

/** The requests of the page that was the first to send one. */
const ofFirstPage = ({ asked }: ScriptedCollector): Asked[] => asked.filter(({ path }) => path === asked[0]?.path);
const idsOf = (requests: readonly Asked[]): string[] =>
  requests.flatMap(({ events }) => events.map((event) => event['eid'] ?? ''));
const actionsOf = (requests: readonly Asked[]): string[] =>
  requests.flatMap(({ events }) => events.map((event) => event['se_ac'] ?? ''));
const bytesOf = (requests: readonly Asked[]): number => requests.reduce((sum, { bytes }) => sum + bytes, 0);

/** Tracks so many events; of ten one is `high` and one is `low`, and is called so. */
const trackMixed = (page: Page, count: number): Promise<void> =>
  page.evaluate((end) => {
    for (let i = 0; i < end; ++i) {
      const priority = i % 10 === 5 ? 'high' : i % 10 === 7 ? 'low' : 'normal';
      window.tracker.trackStructured({ category: 'c', action: `${priority} ${i}`, priority });
    }
  }, count);

/** What {@link trackMixed} makes. */
const mixed = (count: number, wanted: 'high' | 'normal' | 'low'): string[] =>
  Array.from({ length: count }, (_, i) => `${i % 10 === 5 ? 'high' : i % 10 === 7 ? 'low' : 'normal'} ${i}`).filter(
    (action) => action.startsWith(wanted),
  );

/** The ways to leave a page. Each gives the page that is there then: without a tracker, but for the reloaded one. */
const EXITS: Record<string, (page: Page, field: Field) => Promise<Page>> = {
  async close(page, field) {
    const other = await page.context().newPage();
    await other.goto(`${field.siteUrl}/next`);
    await page.close();
    return other;
  },
  async navigate(page, field) {
    await page.goto(`${field.siteUrl}/next`);
    return page;
  },
  async reload(page) {
    await page.reload();
    return page;
  },
};

for (const [exit, leave] of Object.entries(EXITS)) {
  for (const count of [50, 500]) {
    test(`${exit} after ${count} events: what fits arrives at once, the rest after the next load`, async ({
      field,
      scripted,
    }) => {
      const options = { collector: scripted.url, postPath: POST_PATH };
      const page = await field.open(options, { script: NOTE_KNOWN });
      await trackMixed(page, count);
      const next = await leave(page, field);
      const atOnce = count === 50 ? 50 : mixed(count, 'high').length;
      const wanted = count === 50 ? '' : 'high';
      await expect
        .poll(() => new Set(actionsOf(ofFirstPage(scripted)).filter((action) => action.startsWith(wanted))).size)
        .toBe(atOnce);
      if (exit !== 'reload') await next.goto(field.address(options));
      await whenTracking(next);
      await expect.poll(() => new Set(idsOf(scripted.asked)).size).toBe(count);
      await expect.poll(() => storedRows(next)).toEqual([]);
      expect(await ledgerOf(next)).toMatchObject({ pending: 0 });

      const known = await knownToFirstPage(next);
      const isKnown = (id: string): boolean => known.includes(id);
      const first = ofFirstPage(scripted);
      const unanswered = first.filter((one) => !idsOf([one]).some(isKnown));
      // The exit plan, one ordinary request, and one whose answer was there but not told yet.
      expect(bytesOf(unanswered)).toBeLessThanOrEqual(ALLOWANCE_BYTES + 2 * BATCH_BYTES);
      // Twice comes only what was under way when the page ended: it did not know that it was delivered.
      const later = idsOf(scripted.asked.filter((one) => !first.includes(one)));
      expect(later).toHaveLength(new Set(later).size);
      expect(later.filter(isKnown)).toEqual([]);
    });
  }
}

test('the last requests of a page carry the most valuable events first, and no more than fits', async ({
  field,
  scripted,
}) => {
  // The first request never gets an answer, so all that comes after it is of the exit.
  scripted.answer = ({ path }) => (path === scripted.asked[0]?.path && scripted.asked.length === 1 ? 'hang' : {});
  const options = { collector: scripted.url, postPath: POST_PATH, requestTimeoutMs: 60_000 };
  const page = await field.open(options);
  await trackMany(page, 'first', 1);
  await expect.poll(() => scripted.asked.length).toBe(1);
  await trackMixed(page, 300);
  await page.goto(`${field.siteUrl}/next`);
  const exit = (): Asked[] => scripted.asked.slice(1);
  await expect.poll(() => bytesOf(exit())).toBeGreaterThan(ALLOWANCE_BYTES - 5000);
  expect(bytesOf(scripted.asked)).toBeLessThanOrEqual(ALLOWANCE_BYTES);
  const actions = actionsOf(exit());
  const high = mixed(300, 'high');
  const rest = actions.filter((action) => !action.startsWith('high'));
  expect(new Set(actions.filter((action) => action.startsWith('high')))).toEqual(new Set(high));
  expect(new Set(rest)).toEqual(new Set(mixed(300, 'normal').slice(0, rest.length)));

  await page.goto(field.address(options));
  await expect.poll(() => new Set(idsOf(scripted.asked)).size).toBe(301);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('a listener of the site that hears first that the page is left changes nothing', async ({ field, scripted }) => {
  scripted.answer = () => (scripted.asked.length === 1 ? 'hang' : {});
  const before = `addEventListener('pagehide', () => {});`;
  const page = await field.open({ collector: scripted.url, requestTimeoutMs: 60_000 }, { before });
  await trackMany(page, 'first', 1);
  await expect.poll(() => scripted.asked.length).toBe(1);
  await trackMany(page, 'event', 20);
  await page.goto(`${field.siteUrl}/next`);
  await expect.poll(() => new Set(idsOf(scripted.asked)).size).toBe(21);
});

test('two trackers of a page share what fits into its last requests', async ({ field, scripted }) => {
  scripted.answer = () => (scripted.asked.length <= 2 ? 'hang' : {});
  const options = { collector: scripted.url, requestTimeoutMs: 60_000 };
  const script = `window.second = window.createTracker(${JSON.stringify({ ...options, namespace: 'second' })});
    window.second.trackStructured({ category: 'c', action: 'second' });
    window.tracker.trackStructured({ category: 'c', action: 'first' });`;
  const page = await field.open({ ...options, namespace: 'first' }, { script });
  await expect.poll(() => scripted.asked.length).toBe(2);
  await page.evaluate(() => {
    const { second } = window as unknown as { second: Window['tracker'] };
    for (let i = 0; i < 100; ++i) {
      for (const tracker of [window.tracker, second]) tracker.trackStructured({ category: 'c', action: `${i}` });
    }
  });
  await page.goto(`${field.siteUrl}/next`);
  await expect.poll(() => bytesOf(scripted.asked)).toBeGreaterThan(ALLOWANCE_BYTES - 5000);
  const atOnce = bytesOf(scripted.asked);
  await page.goto(field.address({ ...options, namespace: 'first' }));
  await whenTracking(page);
  await page.evaluate((all) => void window.createTracker(all), { ...options, namespace: 'second' });
  await expect.poll(() => new Set(idsOf(scripted.asked)).size).toBe(202);
  // What a browser lets through, the two that are under way included.
  expect(atOnce).toBeLessThanOrEqual(65_536);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('no listener is registered that would keep a page from being put away', async ({ field }) => {
  const before = `
    window.heard = [];
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      window.heard.push(type);
      return add.call(this, type, ...rest);
    };`;
  const page = await field.open({ pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } }, { before });
  await trackMany(page, 'event', 3);
  await page.evaluate(() => window.tracker.flush());
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard).toEqual(expect.arrayContaining(['pagehide', 'pageshow', 'visibilitychange']));
  expect(heard.filter((type) => type.includes('unload'))).toEqual([]);
  expect(await page.evaluate(() => [window.onunload, window.onbeforeunload])).toEqual([null, null]);
});
