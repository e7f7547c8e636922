// A browser for blocks of the docs: its pages are at site.example.com, and their events reach a collector of ours.
import { chromium } from '@playwright/test';
import { createCollector } from '../../examples/collector/src/collector.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const SITE = 'https://site.example.com';

/** What the site has, by path: `/` is its page. @typedef {Record<string, string>} Files */

export async function startBrowser() {
  const collector = createCollector();
  await collector.start();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });

  return {
    /** Opens the page; gives what it said or threw, and the events that arrived. @param {Files} files */
    async run(files) {
      const page = await browser.newPage();
      /** @type {string[]} */
      const noise = [];
      page.on('console', (message) => noise.push(message.text()));
      page.on('pageerror', (error) => noise.push(error.message));
      await page.route('https://collector.example.com/**', async (route) => {
        const { pathname, search } = new URL(route.request().url());
        const answer = await route.fetch({ url: collector.url + pathname + search });
        await route.fulfill({ response: answer });
      });
      await page.route(`${SITE}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
        const body = files[pathname];
        return route.fulfill(body === undefined ? { status: 404 } : { contentType, body });
      });
      const seen = collector.store.counts().lastSeq;
      await page.goto(`${SITE}/`);
      for (let i = 0; i < 100 && collector.store.counts().lastSeq === seen; ++i) await page.waitForTimeout(50);
      // Whoever sends after that has nobody to send to.
      const heard = [...noise];
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.close();
      return { noise: heard, events: collector.store.events({ since: seen }) };
    },
    async close() {
      await browser.close();
      await collector.close();
    },
  };
}
