// What each end-to-end test gets: a collector of its own, a site, and a page whose errors and console are watched.
import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { createCollector } from '../../examples/collector/src/collector.mjs';
import type { Delivery, Drop, Retry, Stats, Tracker, TrackerOptions } from '../../js/src/types.ts';
import type { Visitor } from './chromium.ts';
import { makeProfile, startChromium } from './chromium.ts';
import type { ScriptedCollector } from './scripted-collector.ts';
import { startScriptedCollector } from './scripted-collector.ts';
import { startSite } from './site.ts';

export { expect };

type Collector = ReturnType<typeof createCollector>;
/** An event as the collector keeps it. */
export type Arrived = ReturnType<Collector['store']['events']>[number];

declare global {
  interface Window {
    tracker: Tracker;
    createTracker: (options: TrackerOptions) => Tracker;
    problems: { code: number; during: string; detail?: unknown }[];
    /** What the tracker's callbacks were told. */
    told: { delivered: Delivery[]; dropped: Drop[]; retries: Retry[] };
  }
}

/** Opens pages with a tracker, and reads what arrived. */
export interface Field {
  collector: Collector;
  siteUrl: string;
  /** The address of a page whose `window.tracker` has these options; the collector is this test's. */
  address(options?: Partial<TrackerOptions>, more?: Readonly<Record<string, string>>, path?: string): string;
  open(options?: Partial<TrackerOptions>, more?: Readonly<Record<string, string>>, path?: string): Promise<Page>;
  /** Waits until so many events have arrived; gives all of them. */
  arrived(count: number): Promise<Arrived[]>;
  /** What any page of this test wrote into the console or threw. */
  noise: string[];
}

interface TestFixtures {
  field: Field;
  scripted: ScriptedCollector;
  /** The worker's browser as visitors have it, with no pages yet. */
  visitor: Visitor;
}
interface WorkerFixtures {
  siteUrl: string;
  chromiumOfVisitors: Visitor;
}

/** Each test has an origin of its own: whoever shares a browser shares no storage. */
let origins = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  siteUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright asks for this very form
    async ({}, use) => {
      const site = await startSite();
      await use(site.url);
      await site.close();
    },
    { scope: 'worker' },
  ],
  chromiumOfVisitors: [
    // eslint-disable-next-line no-empty-pattern -- Playwright asks for this very form
    async ({}, use) => {
      const profile = makeProfile();
      const visitor = await startChromium(profile.path);
      await use(visitor);
      await visitor.kill();
      profile.remove();
    },
    { scope: 'worker' },
  ],
  field: async ({ page, context, siteUrl: anySite }, use) => {
    const siteUrl = anySite.replace('127.0.0.1', `origin${++origins}.localhost`);
    const collector = createCollector({ port: 0, allowUnknownSchemas: true });
    await collector.start();
    const noise: string[] = [];
    context.on('console', (message) => noise.push(`console ${message.type()}: ${message.text()}`));
    context.on('weberror', (error) => noise.push(`error: ${error.error().message}`));
    const address: Field['address'] = (options = {}, more = {}, path = '/') => {
      const all = JSON.stringify({ collector: collector.url, ...options });
      return `${siteUrl}${path}?${new URLSearchParams({ options: all, ...more }).toString()}`;
    };
    await use({
      collector,
      siteUrl,
      noise,
      address,
      open: async (...of) => {
        await page.goto(address(...of));
        await page.waitForFunction(() => 'tracker' in window);
        return page;
      },
      arrived: async (count) => {
        await expect.poll(() => collector.store.events().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
        return collector.store.events();
      },
    });
    await collector.close();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for this very form
  scripted: async ({}, use) => {
    const collector = await startScriptedCollector();
    await use(collector);
    await collector.close();
  },
  visitor: async ({ chromiumOfVisitors }, use) => {
    await use(chromiumOfVisitors);
    await chromiumOfVisitors.closePages();
  },
});

/** The ledger of the page's tracker, after checking that it adds up. */
export const ledgerOf = async (page: Page): Promise<Stats> => {
  const stats = await page.evaluate(() => window.tracker.stats());
  expectToAddUp(stats);
  return stats;
};

/** Sends what is there; gives the ledger, checked. */
export const flush = async (page: Page): Promise<Stats> => {
  const stats = await page.evaluate(() => window.tracker.flush());
  expectToAddUp(stats);
  return stats;
};

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const expectToAddUp = (stats: Stats): void => {
  expect(stats.delivered + stats.pending + sum(stats.rejected) + sum(stats.dropped)).toBe(stats.accepted);
};

/** Keys of undelivered rows in the page's localStorage. */
export const localRows = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^piste\/.*\/\d+$/.test(key)));

/** Keys of undelivered rows in the page's IndexedDB. */
export const lastingRows = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'piste')) return [];
    return new Promise<string[]>((resolve, reject) => {
      const opening = indexedDB.open('piste');
      opening.onerror = reject;
      opening.onsuccess = () => {
        const keys = opening.result.transaction('rows').objectStore('rows').getAllKeys();
        keys.onerror = reject;
        keys.onsuccess = () => {
          opening.result.close();
          resolve(keys.result as string[]);
        };
      };
    });
  });

/** Keys of undelivered rows, wherever they are. */
export const storedRows = async (page: Page): Promise<string[]> => [
  ...new Set([...(await localRows(page)), ...(await lastingRows(page))]),
];

/** Tracks so many structured events, whose actions are `label` and a number. */
export const trackMany = (page: Page, label: string, count: number): Promise<void> =>
  page.evaluate(
    ([action, end]) => {
      for (let i = 0; i < end; ++i) window.tracker.trackStructured({ category: 'c', action: `${action}${i}` });
    },
    [label, count] as const,
  );

/** What {@link trackMany} makes. */
export const actionsOf = (label: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${label}${i}`);

/** Waits until the tracker of a page that was opened by other means is there. */
export const whenTracking = async (page: Page): Promise<Page> => {
  await page.waitForFunction(() => 'tracker' in window);
  return page;
};
