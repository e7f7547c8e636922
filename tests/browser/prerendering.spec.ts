// Pages that are made ready for a visitor who may never see them. Chromium does not prerender while it is driven, so
// these pages drive themselves, and tell a server what they find.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { killGroup, makeProfile, spawnChromium } from './chromium.ts';
import { expect, test as base } from './fixtures.ts';
import type { ScriptedCollector } from './scripted-collector.ts';

/** What a page tells. */
interface Report {
  page: string;
  prerendering: boolean;
  activationStart: number;
  rows: string[];
  databases: string[];
  locks: string[];
}

const PACKAGE = join(import.meta.dirname, '../../js/dist/index.js');

/** `report` tells how things are; with `shared` also what all pages of the site have in common. */
const REPORT = `
  const report = async (page, shared) => {
    const { held = [], pending = [] } = shared ? await navigator.locks.query() : {};
    await fetch('/report', { method: 'POST', body: JSON.stringify({
      page,
      prerendering: !!document.prerendering,
      activationStart: performance.getEntriesByType('navigation')[0].activationStart,
      rows: Object.keys(localStorage).filter((key) => key.startsWith('piste/')),
      databases: shared ? (await indexedDB.databases()).map(({ name }) => name) : [],
      locks: [...held, ...pending].map(({ name }) => name),
    }) });
  };`;

const pagesFor = (collector: string): Record<string, string> => ({
  // Asks for the second page to be made ready, looks when told to, and goes where it is told to.
  '/first': `<script type="speculationrules">
      {"prerender": [{"source": "list", "urls": ["/second"], "eagerness": "immediate"}]}</script>
    <script type="module">${REPORT}
      await fetch('/prompt');
      await report('first', true);
      location.href = await (await fetch('/prompt')).text();</script>`,
  '/second': `<script type="module">${REPORT}
      import { createTracker } from '/piste.js';
      const tracker = createTracker({ collector: '${collector}', postPath: '/tracker/second' });
      tracker.trackPageView({ title: 'second' });
      tracker.flush();
      document.addEventListener('prerenderingchange', () => report('second activated', false));
      await new Promise((resolve) => setTimeout(resolve, 300));
      await report('second', false);</script>`,
  '/third': `<script type="module">${REPORT}
      import { createTracker } from '/piste.js';
      const tracker = createTracker({ collector: '${collector}', postPath: '/tracker/third' });
      tracker.trackPageView({ title: 'third' });
      await tracker.flush();
      await report('third', true);</script>`,
});

interface SelfDrivenSite {
  reports: Report[];
  /** Lets the first page go on; the second time it goes to `to`. */
  prompt(to?: string): Promise<void>;
  reported(page: string): Promise<Report>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

const test = base.extend<{ selfDriven: SelfDrivenSite }>({
  selfDriven: async ({ scripted }: { scripted: ScriptedCollector }, use) => {
    const reports: Report[] = [];
    const waiting: ServerResponse[] = [];
    const server = createServer((request, response) => {
      const { url = '', method } = request;
      if (url === '/prompt') return void waiting.push(response);
      if (method === 'POST') {
        return void bodyOf(request).then((text) => {
          reports.push(JSON.parse(text) as Report);
          response.end();
        });
      }
      response.setHeader('Content-Type', url === '/piste.js' ? 'text/javascript' : 'text/html');
      response.end(url === '/piste.js' ? readFileSync(PACKAGE) : `<!doctype html>${pagesFor(scripted.url)[url] ?? ''}`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const profile = makeProfile();
    const { port } = server.address() as AddressInfo;
    const browser: ChildProcess = spawnChromium(profile.path, `http://127.0.0.1:${port}/first`);
    await use({
      reports,
      async prompt(to = '') {
        await expect.poll(() => waiting.length).toBeGreaterThan(0);
        waiting.shift()?.end(to);
      },
      async reported(page) {
        await expect.poll(() => reports.map((report) => report.page)).toContain(page);
        return reports.find((report) => report.page === page) as Report;
      },
    });
    await killGroup(browser);
    profile.remove();
    server.closeAllConnections();
    server.close();
  },
});

test('a prerendered page sends, stores and locks nothing until it is seen; then its page view arrives', async ({
  selfDriven,
  scripted,
}) => {
  const hidden = await selfDriven.reported('second');
  expect(hidden).toMatchObject({ prerendering: true, rows: [] });
  await selfDriven.prompt();
  expect(await selfDriven.reported('first')).toMatchObject({ rows: [], databases: [], locks: [] });
  expect(scripted.asked).toEqual([]);

  await selfDriven.prompt('/second');
  const seen = await selfDriven.reported('second activated');
  expect(seen).toMatchObject({ prerendering: false });
  expect(seen.activationStart).toBeGreaterThan(0);
  await expect.poll(() => scripted.taken().map((event) => event['page'])).toEqual(['second']);
});

test('a prerendered page that is never seen sends and leaves nothing', async ({ selfDriven, scripted }) => {
  expect(await selfDriven.reported('second')).toMatchObject({ prerendering: true });
  await selfDriven.prompt();
  await selfDriven.prompt('/third');
  expect(await selfDriven.reported('third')).toMatchObject({ prerendering: false, rows: [] });
  expect(scripted.taken().map((event) => event['page'])).toEqual(['third']);
  expect(selfDriven.reports.map((report) => report.page)).toEqual(['second', 'first', 'third']);
});
