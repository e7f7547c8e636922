// The script tag: its snippet, calls before and after the load, several names, plugins by URL, and a page unharmed.
import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import { snippet } from '../../js/build/snippet.mjs';
import type { Arrived, Field } from './fixtures.ts';
import { expect, test } from './fixtures.ts';

type Tag = ((...values: unknown[]) => void) & { q: unknown };

declare global {
  interface Window {
    snowplow: Tag;
    other: Tag;
    seen: unknown[];
  }
}

/** A plugin as the peer publishes it. */
const LINK_CLICKS = join(
  import.meta.dirname,
  '../../node_modules/snowplow-plugin-link-click-tracking/dist/index.umd.min.js',
);
const FILE = '/piste/sp.js';

const element = (script: string): string => `<script>${script}</script>`;

/** Opens a page with the snippet, and with what the site says right after it; `COLLECTOR` is this test's. */
const open = async (page: Page, field: Field, script: string, more: Record<string, string> = {}): Promise<void> => {
  const head = `<link rel="icon" href="data:,">${element(await snippet({ url: FILE }))}${element(said(field, script))}`;
  // Not until it has loaded: it may wait for a script.
  const query = new URLSearchParams({ head, ...more }).toString();
  await page.goto(`${field.siteUrl}/?${query}`, { waitUntil: 'domcontentloaded' });
};

const said = (field: Field, script: string): string => script.replaceAll('COLLECTOR', `'${field.collector.url}'`);

/** Once the tag has taken over. */
const whenServed = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !Array.isArray(window.snowplow.q), undefined, { polling: 20 });

const titles = (events: Arrived[]): unknown[] => events.map(({ payload }) => payload['page']);

const NEW = `snowplow('newTracker', 'shop', COLLECTOR, { appId: 'app', cookieSecure: false });`;

test('calls before the load are performed when the file comes, and those after it at once', async ({ page, field }) => {
  let answer = (): void => {};
  const asked = new Promise<Route>((resolve) => {
    void page.route(`**${FILE}`, (route) => {
      answer = () => void route.continue();
      resolve(route);
    });
  });
  await open(page, field, `${NEW} snowplow('trackPageView', { title: 'before' });`);
  await asked;
  expect(await page.evaluate(() => window.snowplow.q)).toHaveLength(2);
  answer();
  await whenServed(page);
  await page.evaluate(() => window.snowplow('trackPageView:shop', { title: 'after' }));
  const events = await field.arrived(2);
  expect(titles(events)).toEqual(['before', 'after']);
  expect(events.map(({ verdict, payload: { tna, aid } }) => [verdict, tna, aid])).toEqual([
    ['good', 'shop', 'app'],
    ['good', 'shop', 'app'],
  ]);
  expect(field.noise).toEqual([]);
});

test('two names have trackers of their own, which may be called the same', async ({ page, field }) => {
  const second = await snippet({ url: FILE, name: 'other' });
  await open(
    page,
    field,
    `${second}
    for (const [app, tag] of Object.entries({ one: snowplow, two: other }))
      for (const name of ['a', 'b']) tag('newTracker', name, COLLECTOR, { appId: app, cookieSecure: false });
    snowplow('trackPageView:b');
    other('trackPageView');
    other('trackStructEvent:a', { category: 'c', action: 'only' });`,
  );
  const events = await field.arrived(4);
  expect(events.map(({ payload: { aid, tna, e } }) => `${aid} ${tna} ${e}`).sort()).toEqual([
    'one b pv',
    'two a pv',
    'two a se',
    'two b pv',
  ]);
  // Both are in one browser: one visitor.
  expect(new Set(events.map(({ payload }) => payload['duid'])).size).toBe(1);
  expect(field.noise).toEqual([]);
});

test('a list of another name is served to whom it belongs', async ({ page, field }) => {
  const own = await snippet({ url: FILE, name: 'other', names: 'AcmeNames' });
  const script = `${own} other('newTracker', 'shop', COLLECTOR, { cookieSecure: false }); other('trackPageView');`;
  const head = element(said(field, script));
  await page.goto(`${field.siteUrl}/?${new URLSearchParams({ head }).toString()}`);
  const [event] = await field.arrived(1);
  expect(event?.payload['tna']).toBe('shop');
  expect(await page.evaluate(() => 'GlobalSnowplowNamespace' in window)).toBe(false);
});

test('a function has the trackers as `this` and as its last argument, before and after the load', async ({
  page,
  field,
}) => {
  await open(
    page,
    field,
    `window.seen = [];
    ${NEW}
    function look(label, all) {
      window.seen.push([label, this === all, Object.keys(all), typeof all.shop.getDomainUserId()]);
    }
    snowplow(look, 'before');
    snowplow(() => { throw new Error('of the site'); });`,
  );
  await whenServed(page);
  await page.evaluate(() => {
    const { look } = window as unknown as { look: unknown };
    window.snowplow(look, 'after');
  });
  expect(await page.evaluate(() => window.seen)).toEqual([
    ['before', true, ['shop'], 'string'],
    ['after', true, ['shop'], 'string'],
  ]);
  expect(field.noise).toHaveLength(1);
  expect(field.noise[0]).toMatch(/^console error: Snowplow: .*of the site/);
});

const ADD = `snowplow('addPlugin', '/plugin.js', ['snowplowLinkClickTracking', 'LinkClickTrackingPlugin']);
  snowplow('enableLinkClickTracking');
  snowplow('trackPageView', { title: 'waits' });`;

test('a plugin by URL joins, brings its methods, and calls wait for it', async ({ page, field }) => {
  let answer = (): void => {};
  await page.route('**/plugin.js', (route) => {
    answer = () => void route.fulfill({ path: LINK_CLICKS, contentType: 'text/javascript' });
  });
  const asked = page.waitForRequest('**/plugin.js');
  await open(page, field, `${NEW} snowplow('trackPageView', { title: 'first' }); ${ADD}`);
  await asked;
  expect(titles(await field.arrived(1))).toEqual(['first']);
  answer();
  expect(titles(await field.arrived(2))).toEqual(['first', 'waits']);
  await page.locator('#next').click();
  const [, , click] = await field.arrived(3);
  expect(click?.decoded.event?.schema).toMatch(/link_click\/jsonschema\/1-0-1$/);
  expect(click?.decoded.event?.data).toMatchObject({ targetUrl: `${field.siteUrl}/next`, elementId: 'next' });
  expect(field.noise).toEqual([]);
});

test('a plugin that cannot be had is warned of, and the calls go on', async ({ page, field }) => {
  await page.route('**/plugin.js', (route) => route.abort());
  await open(page, field, `${NEW} ${ADD}`);
  expect(titles(await field.arrived(1))).toEqual(['waits']);
  const own = field.noise.filter((line) => line.includes('Snowplow: '));
  expect(own).toHaveLength(2);
  expect(own[0]).toMatch(/^console warning: .*\/plugin\.js/);
  expect(own[1]).toMatch(/^console warning: .*enableLinkClickTracking/);
});

test('a plugin that never answers is waited for 5 seconds', async ({ page, field }) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  const asked = page.waitForRequest('**/plugin.js');
  await page.route('**/plugin.js', () => {});
  const own = "window.seen = []; snowplow('addPlugin', { make: () => ({}), see: () => seen.push('now') }, 'make');";
  await open(page, field, `${NEW} ${own} ${ADD} snowplow('see');`);
  await asked;
  const seen = (): Promise<unknown[]> => page.evaluate(() => window.seen);
  await page.clock.runFor(4900);
  await page.evaluate(() => window.snowplow('trackPageView', { title: 'waits, too' }));
  expect(await seen()).toEqual([]);
  await page.clock.runFor(100);
  expect(await seen()).toEqual(['now']);
  await page.clock.runFor(5000);
  expect(titles(await field.arrived(2))).toEqual(['waits', 'waits, too']);
});

test('a second load, and one that finds no list, harm nobody', async ({ page, field }) => {
  await open(page, field, `${NEW} snowplow('trackPageView', { title: 'one' });`);
  await whenServed(page);
  await page.addScriptTag({ url: FILE });
  await page.evaluate(() => Reflect.deleteProperty(window, 'GlobalSnowplowNamespace'));
  await page.addScriptTag({ url: FILE });
  await page.evaluate(() => window.snowplow('trackPageView', { title: 'two' }));
  expect(titles(await field.arrived(2))).toEqual(['one', 'two']);
  expect(field.noise).toEqual([]);
});

test('under a strict policy it works; addPlugin by URL does what that allows', async ({ page, field }) => {
  const csp =
    "default-src 'none'; img-src data:; connect-src *; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
  // The snippet sets an address, which such a page allows by a policy only: here the element stands in the HTML.
  const waiting = `window.snowplow = (...values) => void snowplow.q.push(values); snowplow.q = [];
    window.GlobalSnowplowNamespace = ['snowplow'];`;
  const head = `${element(said(field, `${waiting} ${NEW} ${ADD}`))}<script async src="${FILE}"></script>`;
  await page.goto(`${field.siteUrl}/?${new URLSearchParams({ head, csp }).toString()}`);
  expect(titles(await field.arrived(1))).toEqual(['waits']);
  expect(field.noise.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('where WebAssembly is forbidden the page is unharmed', async ({ page, field }) => {
  const csp = "script-src 'self' 'unsafe-inline'";
  await open(page, field, `window.seen = []; ${NEW} snowplow('trackPageView');`, { csp });
  await whenServed(page);
  await page.evaluate(() => {
    window.snowplow('trackStructEvent:shop', { category: 'c', action: 'a' });
    window.snowplow('flushBuffer');
    window.snowplow((all: object) => void window.seen.push(Object.keys(all)));
  });
  expect(await page.evaluate(() => window.seen)).toEqual([['shop']]);
  expect(field.noise.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
});
