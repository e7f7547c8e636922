// What each end-to-end test gets: a collector of its own, a site, and a page whose errors and console are watched.
import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { createCollector } from '../../examples/collector/src/collector.mjs';
import type { Stats, Tracker, TrackerOptions } from '../../js/src/types.ts';
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

export const test = base.extend<{ field: Field }, { siteUrl: string }>({
  siteUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright asks for this very form
    async ({}, use) => {
      const site = await startSite();
      await use(site.url);
      await site.close();
    },
    { scope: 'worker' },
  ],
  field: async ({ page, context, siteUrl }, use) => {
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
export const storedRows = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('piste/')));
