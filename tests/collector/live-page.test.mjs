// The live page in Chromium: what arrives is shown, decoded, with its verdict; nothing in it can do harm.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from '@playwright/test';
import { createCollector } from '../../examples/collector/src/collector.mjs';
import * as h from './harness.mjs';

const EXECUTABLE = '/usr/bin/chromium';
const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
const skip = existsSync(EXECUTABLE) ? false : 'there is no Chromium here';
const ATTACK = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

/** @type {import('@playwright/test').Browser} */
let browser;
/** @type {import('@playwright/test').Page} */
let page;
/** @type {h.Collector} */
let collector;
/** What the browser complained of. @type {string[]} */
let complaints;

before(async () => {
  if (!skip) browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGS });
});
after(() => browser?.close());

beforeEach(async () => {
  if (skip) return;
  collector = createCollector();
  page = await browser.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(await collector.start());
  await page.getByText('Live', { exact: true }).waitFor();
});

afterEach(async () => {
  if (skip) return;
  await page.close();
  await collector.close();
  assert.deepEqual(complaints, []);
});

/** @param {number} count Waits until so many rows can be seen. */
async function rows(count) {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('#events > li:not([hidden])').length === wanted,
    count,
  );
  return page.locator('#events > li:visible > details');
}

const CLICK = { schema: `${h.SNOWPLOW}/link_click/jsonschema/1-0-1`, data: { targetUrl: 'https://hut.example/' } };

test('an empty page says how to begin', { skip }, async () => {
  await page.getByText('Waiting for events').waitFor();
  await page.getByText(`collector: '${collector.url}'`).waitFor();
});

test('events appear as they arrive, newest first', { skip }, async () => {
  await h.post(collector, [h.pageView({ page: 'first' })]);
  await rows(1);
  await h.post(collector, [h.pageView({ page: 'second' }), h.pageView({ page: 'third', eid: 'x' })]);
  const names = await (await rows(3)).locator('.name').allTextContents();
  assert.deepEqual(names, ['third', 'second', 'first']);
  assert.deepEqual(await page.locator('.verdict').allTextContents(), ['bad', 'good', 'good']);
  assert.equal(await page.locator('#count-all').textContent(), '3');
  assert.equal(await page.locator('#count-bad').textContent(), '1');
  assert.equal(await page.title(), '(1 bad) Piste collector');
});

test('an opened event shows all of it', { skip }, async () => {
  await h.post(collector, [h.selfDescribing({ ...CLICK, data: {} }, { aid: 'hut-shop' })]);
  const row = (await rows(1)).first();
  await row.locator('summary').first().click();
  await row.getByText(`event ${CLICK.schema}: must have required property 'targetUrl'`).waitFor();
  await row.getByText('Event · link_click 1-0-1').waitFor();
  await row.getByText('Raw payload').click();
  await row.getByText('ue_pr', { exact: true }).waitFor();
  await row.getByText('Request', { exact: true }).first().click();
  await row.getByText(`POST ${h.TP2}`).waitFor();
});

test('events can be filtered by verdict and by text', { skip }, async () => {
  await h.post(collector, [
    h.selfDescribing(CLICK),
    h.pageView({ page: 'Lift' }),
    h.pageView({ eid: 'x', page: 'Lift' }),
  ]);
  await rows(3);
  await page.getByText('Bad', { exact: false }).first().click();
  await rows(1);
  await page.getByText('All', { exact: false }).first().click();
  await page.getByRole('searchbox').fill('lift');
  await rows(2);
  await h.post(collector, [h.pageView({ page: 'lift two' }), h.selfDescribing(CLICK)]);
  await rows(3);
  await page.getByRole('searchbox').fill('no such thing');
  await page.getByText('No event matches this filter.').waitFor();
});

test('it can be used by keyboard alone', { skip }, async () => {
  await h.post(collector, [h.pageView({ page: 'low' }), h.pageView({ page: 'high' })]);
  await rows(2);
  await page.keyboard.press('/');
  await page.keyboard.type('nothing');
  await rows(0);
  await page.keyboard.press('Escape');
  await rows(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('details[open]', { hasText: 'low' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.locator('details[open]', { hasText: 'high' }).waitFor();
});

test('a paused page waits, and shows all when it goes on', { skip }, async () => {
  await page.getByRole('button', { name: 'Pause' }).click();
  await h.post(collector, [h.pageView(), h.pageView()]);
  await page.getByRole('button', { name: 'Resume (2 new)' }).click();
  await rows(2);
});

test('the reset button empties page and collector', { skip }, async () => {
  await h.post(collector, [h.pageView()]);
  await rows(1);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('Waiting for events').waitFor();
  assert.equal(collector.store.counts().good, 0);
});

test('hostile payloads are only text', { skip }, async () => {
  const data = { [ATTACK]: ATTACK, ['__proto__']: { polluted: true } };
  const schema = `iglu:${ATTACK}`;
  await h.post(collector, [
    h.selfDescribing({ schema, data }, { page: ATTACK, aid: ATTACK, eid: ATTACK, url: ATTACK }),
  ]);
  await h.post(collector, ATTACK, { headers: { 'x-attack': ATTACK } });
  for (const row of await (await rows(2)).all()) {
    await row.locator('summary').first().click();
    for (const folded of await row.locator('.folded > summary').all()) await folded.click();
  }
  await page.getByText(ATTACK).first().waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.equal(await page.title(), '(2 bad) Piste collector');
});

test('nothing but its own files can run in the page', { skip }, async () => {
  const { headers } = await fetch(collector.url);
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'self';/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
});

test('a flood of events keeps the newest five hundred rows', { skip }, async () => {
  const batch = Array.from({ length: 2000 }, (_, i) => h.pageView({ page: `event ${i}` }));
  await h.post(collector, batch);
  await page.getByText('event 1999').waitFor();
  await rows(500);
  await page.getByText('The newest 500 of 2000.').waitFor();
  assert.equal(await page.locator('#count-good').textContent(), '2,000');
});

test('it fits a telephone', { skip }, async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await h.post(collector, [h.pageView({ page: 'x'.repeat(500), aid: 'y'.repeat(200) })]);
  const row = (await rows(1)).first();
  await row.locator('summary').first().click();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `${width} pixels wide`);
});

test('when the collector starts again the page begins anew', { skip }, async () => {
  await h.post(collector, [h.pageView({ page: 'before' })]);
  await rows(1);
  const port = Number(new URL(collector.url).port);
  await collector.close();
  await page.getByText('Connection lost, trying again').waitFor();
  collector = createCollector({ port });
  await collector.start();
  await h.post(collector, [h.pageView({ page: 'after' })]);
  await page.getByText('after', { exact: true }).waitFor();
  assert.equal(await page.getByText('before', { exact: true }).count(), 0);
  complaints = complaints.filter((text) => !text.includes('net::ERR_'));
});

test('the pixel is an image that a browser can show', { skip }, async () => {
  const size = await page.evaluate(async () => {
    const image = new Image();
    image.src = '/i?e=pv&tv=1&p=web';
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(size, [1, 1]);
});
