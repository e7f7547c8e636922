// The site: its pages are there under a strict policy, its switch obeys nobody else, and everybody can use it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import * as h from './harness.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/',
  '/tours/',
  '/tours/three-notches/',
  '/book/',
  '/contact/',
  '/about/',
  '/privacy/',
  '/nothing-here/',
];

before(() => {
  if (!h.skip) h.buildSite();
});

test('pages run nothing but their own files, and WebAssembly', async (t) => {
  const { collector, url } = await h.startBoth(t);
  for (const path of PAGES) {
    const { headers } = await fetch(url + path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.ok(policy.includes(`connect-src 'self' ${collector.url};`));
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
  }
});

test('every page says what it is, and its links lead somewhere', async (t) => {
  const { url } = await h.startBoth(t);
  const [seen, open] = [new Set(), ['/']];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await fetch(url + path);
    const html = await response.text();
    assert.equal(response.status, 200, path);
    assert.doesNotMatch(html, /\{\{|undefined/, path);
    assert.match(html, /<title>[^<]*Silvaun Hut<\/title>/, path);
    assert.match(html, /<meta name="description" content="[^"]{20,}"/, path);
    for (const [, link = ''] of html.matchAll(/<a[^>]+href="(\/[^"#]*)"/g)) open.push(link);
  }
  assert.equal(seen.size, 12);
});

test('a step of the booking is the booking, and what is not there is 404', async (t) => {
  const { url } = await h.startBoth(t);
  assert.match(await (await fetch(`${url}/book/beds`)).text(), /id="booking"/);
  const missing = await fetch(`${url}/nothing`);
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /Nothing here but snow/);
});

test('the switch passes the four orders on, and no others, to nobody else', async (t) => {
  const { collector, url } = await h.startBoth(t);
  /** @param {unknown} body @param {Record<string, string>} [more] */
  const order = (body, more) => {
    const headers = { 'content-type': 'application/json', ...more };
    return fetch(`${url}/demo/fault`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  for (const [fault, meant] of [
    ['unavailable', { status: 503 }],
    ['offline', { drop: 'before' }],
    ['refusing', { status: 422 }],
    ['none', {}],
  ]) {
    assert.deepEqual(await (await order({ fault })).json(), { fault });
    assert.deepEqual(await (await fetch(`${url}/demo/fault`)).json(), { fault });
    assert.deepEqual(collector.faults.current, meant);
  }
  assert.equal((await order({ fault: 'hang' })).status, 400);
  assert.equal((await order({ fault: 'offline' }, { origin: 'https://elsewhere.example' })).status, 403);
  assert.equal((await order({ fault: 'none' }, { origin: url })).status, 200);
});

/** @param {import('@playwright/test').Page} page @param {string} where */
async function expectUsable(page, where) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = /** @type {{ axe: { run: () => Promise<{ violations: any[] }> } }} */ (
      /** @type {unknown} */ (globalThis)
    );
    const found = await axe.run();
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ one) => one.target).join()}`,
    );
  });
  assert.deepEqual(violations, [], where);
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `${where} is ${scroll} pixels wide, and the window ${client}`);
}

for (const [colorScheme, width] of /** @type {const} */ ([
  ['light', 1280],
  ['dark', 360],
])) {
  test(`everybody can read and use it, ${colorScheme}, ${width} pixels wide`, { skip: h.skip }, async (t) => {
    const { url } = await h.startBoth(t);
    const browser = await h.openBrowser(t);
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
    for (const path of PAGES) {
      await page.goto(url + path);
      await expectUsable(page, path);
    }
    await page.getByRole('button', { name: 'Choose…' }).click();
    await expectUsable(page, 'the choices');
    await page.getByRole('button', { name: 'Accept all' }).click();
    await page.goto(`${url}/privacy/`);
    await page.getByText('cookie _sp_id.*').waitFor();
    await expectUsable(page, 'what is kept');
    await page.locator('main').getByRole('button', { name: 'Privacy settings' }).click();
    await expectUsable(page, 'the privacy settings');
    await page.getByRole('button', { name: 'Close and change nothing' }).click();
    await page.goto(`${url}/book/`);
    for (const button of ['Choose beds', 'Go on']) {
      await page.getByRole('button', { name: button }).click();
      await expectUsable(page, `after ${button}`);
      if (button === 'Choose beds') await page.getByText('Dormitory').click();
    }
    await page.getByRole('button', { name: 'Tracker' }).click();
    await page.getByRole('button', { name: 'Make a mistake' }).click();
    await page.getByText('107 during track').waitFor();
    await expectUsable(page, 'the panel');
  });
}

test('the panel can be used by keyboard alone', { skip: h.skip }, async (t) => {
  const { collector, url } = await h.startBoth(t);
  const page = await (await h.openBrowser(t)).newPage();
  await page.goto(`${url}/about/`);
  await page.getByRole('button', { name: 'Tracker' }).focus();
  await page.keyboard.press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.id);
  assert.equal(await focused(), 'panel-title');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'panel-close');
  await page.keyboard.press('Tab');
  const order = page.waitForResponse('**/demo/fault');
  await page.keyboard.press('ArrowRight');
  await order;
  assert.deepEqual(collector.faults.current, { status: 503 });
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'panel-toggle');
  await page.locator('#panel').waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('button', { name: 'Tracker' }).getAttribute('aria-expanded'), 'false');
});

test('the panel stays open on the next page', { skip: h.skip }, async (t) => {
  const { url } = await h.startBoth(t);
  const page = await (await h.openBrowser(t)).newPage();
  await page.goto(`${url}/about/`);
  await page.getByRole('button', { name: 'Tracker' }).click();
  await page.goto(`${url}/tours/`);
  await page.getByText('What the tracker says').waitFor();
  await page.locator('#panel [data-stat=engine]', { hasText: 'wasm' }).waitFor();
});

test('an address in the middle of the booking begins it anew', { skip: h.skip }, async (t) => {
  const { collector, url } = await h.startBoth(t);
  const page = await (await h.openBrowser(t)).newPage();
  await h.answered(page.context());
  await page.goto(`${url}/book/guest`);
  await page.waitForURL(`${url}/book/`);
  await page.getByText('When will you come?').waitFor();
  await page.locator('#panel-toggle', { hasText: '0 waiting' }).waitFor();
  while (collector.store.events().length < 2) await page.waitForTimeout(50);
  assert.equal(collector.store.events()[0]?.payload['url'], `${url}/book/`);
});
