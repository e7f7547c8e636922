// Page views by themselves, in a real browser: what the collector gets of a site whose pages are left, moved in,
// hidden, put away and prerendered.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hide, killGroup, makeProfile, show, spawnChromium } from './chromium.ts';
import { expect, flush, ledgerOf, test, whenTracking } from './fixtures.ts';
import type { ScriptedCollector } from './scripted-collector.ts';

const begin = (options = ''): string => `
  import { trackPageViews } from '/piste/page-views.js';
  window.stopViews = trackPageViews(window.tracker, ${options});`;
const WATCH_RETURN = `addEventListener('pageshow', (event) => (window.persisted = event.persisted));`;
/** As in browsers without the Navigation API. */
const OLD = `Object.defineProperty(window, 'navigation', { value: undefined });`;

/** Path, fragment and title of each page view that has arrived, in order. What is sent twice, since its page was gone
 * before the answer, is one. */
const viewsOf = (scripted: ScriptedCollector): string[] => {
  const events = new Map(scripted.taken().map((event) => [event['eid'], event]));
  return [...events.values()].flatMap(({ e, url = '', page }) => {
    const { pathname, hash } = new URL(url);
    return e === 'pv' ? [`${pathname}${hash} ${page ?? ''}`] : [];
  });
};

/** Moves in the page, by a function that runs there, and waits for the page view that comes of it. */
const move = async (page: Page, how: () => void): Promise<void> => {
  const { accepted } = await ledgerOf(page);
  await page.evaluate(how);
  await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(accepted + 1);
};

for (const [which, before] of Object.entries({ 'the Navigation API': '', 'history alone': OLD })) {
  test(`a single-page app, by ${which}: one page view for each page, with its title`, async ({ field, scripted }) => {
    const page = await field.open({ collector: scripted.url }, { before, script: begin() });
    await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
    await move(page, () => {
      history.pushState(null, '', '/boots');
      document.title = 'Boots';
    });
    await move(page, () => {
      // As who looks for the visitor's account, and asks him to log in.
      history.pushState(null, '', '/account');
      history.replaceState(null, '', '/login');
      setTimeout(() => (document.title = 'Login'), 20);
    });
    await move(page, () => {
      history.replaceState({ scroll: 9 }, ''); // none of these is one
      location.hash = 'top';
      history.pushState(null, '', location.href);
      history.pushState(null, '', '/late');
      setTimeout(() => (document.title = 'Late'), 5000);
    });
    await move(page, () => {
      addEventListener('popstate', () => (document.title = 'Boots again'), { once: true });
      history.go(-4);
    });
    await flush(page);
    expect(viewsOf(scripted)).toEqual([
      '/ A page',
      '/boots Boots',
      '/login Login',
      '/late Login',
      '/boots Boots again',
    ]);
    expect(field.noise).toEqual([]);
  });

  test(`an app whose pages are fragments, by ${which}`, async ({ field, scripted }) => {
    const page = await field.open({ collector: scripted.url }, { before, script: begin(`{ when: 'hash' }`) });
    await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
    await move(page, () => (location.hash = '#/boots'));
    await move(page, () => {
      const link = document.body.appendChild(document.createElement('a'));
      link.href = '#/skis';
      link.click();
    });
    await move(page, () => history.back());
    await flush(page);
    expect(viewsOf(scripted).map((view) => view.split(' ')[0])).toEqual(['/', '/#/boots', '/#/skis', '/#/boots']);
  });
}

test('navigations that the site handles itself are page views, and so are its reloads', async ({ field, scripted }) => {
  const before = `navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {
    await null;
    document.title = 'At ' + location.pathname;
  } }));`;
  const page = await field.open({ collector: scripted.url }, { before, script: begin() });
  await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
  await move(page, () => document.querySelector('a')?.click());
  await move(page, () => location.reload());
  await flush(page);
  expect(viewsOf(scripted)).toEqual(['/ A page', '/next At /next', '/next At /next']);
});

test('wrappers of others go on, before and after the end, and what nobody covers is as it was', async ({ field }) => {
  const script = `${begin()}
    window.calls = [];
    const { pushState } = history;
    history.pushState = (...call) => {
      window.calls.push(call[2]);
      pushState.apply(history, call);
    };`;
  const page = await field.open({}, { before: OLD, script });
  await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
  await move(page, () => history.pushState(null, '', '/boots'));
  const left = await page.evaluate(() => {
    const { stopViews, calls } = window as unknown as { stopViews: () => void; calls: string[] };
    stopViews();
    history.pushState(null, '', '/skis');
    return { calls, own: Object.keys(history), path: location.pathname };
  });
  expect(left).toEqual({ calls: ['/boots', '/skis'], own: ['pushState'], path: '/skis' });
  expect(await flush(page)).toMatchObject({ accepted: 2 });
});

test('a page that is left while its title is waited for has its page view', async ({ field, scripted }) => {
  const page = await field.open({ collector: scripted.url }, { script: begin() });
  await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
  await page.evaluate(() => {
    history.pushState(null, '', '/thanks');
    location.href = '/next';
  });
  await page.waitForURL('**/next');
  await expect.poll(() => viewsOf(scripted)).toEqual(['/ A page', '/thanks A page']);
});

test('a reload is a page view, and one that the page was left for within a moment is one', async ({
  field,
  scripted,
  page,
}) => {
  const script = `${begin()} if (!sessionStorage.again) { sessionStorage.again = 1; location.reload(); }`;
  await page.goto(field.address({ collector: scripted.url }, { script }));
  await expect.poll(() => viewsOf(scripted)).toEqual(['/ A page', '/ A page']);
});

test('a page out of the back/forward cache is a page view', async ({ field, scripted, visitor }) => {
  const page = await visitor.open(
    field.address({ collector: scripted.url }, { before: WATCH_RETURN, script: begin() }, '/first'),
  );
  await whenTracking(page);
  await expect.poll(() => viewsOf(scripted)).toHaveLength(1);
  // A lock that is granted later would drive the page out of the cache.
  await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1);
  await page.goto(`${field.siteUrl}/second`);
  await page.evaluate(() => history.back());
  await page.waitForURL('**/first*', { waitUntil: 'commit' });
  await page.waitForFunction(() => 'persisted' in window, undefined, { polling: 20 });
  expect(await page.evaluate(() => (window as unknown as { persisted: boolean }).persisted)).toBe(true);
  await expect.poll(() => viewsOf(scripted)).toEqual(['/first A page', '/first A page']);
});

test('a page in the background is a page view when it is seen, of where it is then', async ({ field, visitor }) => {
  const page = await visitor.open();
  await hide(page);
  // The timer comes after that of a title.
  const script = `${begin()} history.replaceState(null, '', '/seen'); setTimeout(() => (window.later = true), 150);`;
  await page.goto(field.address({}, { script }));
  await page.waitForFunction(() => 'later' in window, undefined, { polling: 20 });
  expect(await ledgerOf(page)).toMatchObject({ accepted: 0 });
  await show(page);
  const [view] = await field.arrived(1);
  expect(new URL(view?.payload['url'] ?? '').pathname).toBe('/seen');
  expect(await flush(page)).toMatchObject({ accepted: 1 });
});

test('a tracker that is closed has the page view that waited, and no more', async ({ field, scripted }) => {
  const page = await field.open({ collector: scripted.url }, { script: begin() });
  await expect.poll(async () => (await ledgerOf(page)).accepted).toBe(1);
  await page.evaluate(() => {
    history.pushState(null, '', '/boots');
    window.tracker.close();
    history.pushState(null, '', '/skis');
  });
  await expect.poll(() => viewsOf(scripted)).toEqual(['/ A page', '/boots A page']);
  await page.goto(`${field.siteUrl}/next`);
  await page.goBack();
  await expect.poll(() => viewsOf(scripted)).toHaveLength(2);
});

// Chromium does not prerender while it is driven: these pages drive themselves.
test('a prerendered page is a page view when it is activated, once', async ({ scripted }) => {
  const dist = join(import.meta.dirname, '../../js/dist');
  const prepared: ServerResponse[] = [];
  const told: unknown[] = [];
  const second = `<title>Second</title><script type="module">
    import { createTracker } from '/index.js';
    import { trackPageViews } from '/page-views.js';
    const tracker = createTracker({ collector: '${scripted.url}' });
    trackPageViews(tracker);
    history.replaceState(null, '', '/second/start');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await fetch('/tell?' + [document.prerendering, tracker.stats().accepted]);
    document.addEventListener('prerenderingchange', () => setTimeout(() => fetch('/tell?activated'), 300));
  </script>`;
  const first = `<title>First</title><script type="speculationrules">
      {"prerender": [{"source": "list", "urls": ["/second"], "eagerness": "immediate"}]}</script>
    <script type="module">await fetch('/prepared'); location.href = '/second';</script>`;
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/tell')) told.push(url.slice('/tell?'.length));
    if (url === '/prepared') return void prepared.push(response);
    response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(url.endsWith('.js') ? readFileSync(join(dist, url)) : url === '/first' ? first : second);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const profile = makeProfile();
  const { port } = server.address() as AddressInfo;
  const browser = spawnChromium(profile.path, `http://127.0.0.1:${port}/first`);
  try {
    await expect.poll(() => told).toEqual(['true,0']);
    expect(scripted.asked).toEqual([]);
    await expect.poll(() => prepared.length).toBe(1);
    prepared[0]?.end();
    await expect.poll(() => told).toEqual(['true,0', 'activated']);
    await expect.poll(() => viewsOf(scripted)).toEqual(['/second/start Second']);
  } finally {
    await killGroup(browser);
    profile.remove();
    server.closeAllConnections();
    server.close();
  }
});
