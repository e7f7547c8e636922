// The module that people copy: whatever it says is valid, and it says nothing that it should not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { describe } from '../../examples/site/drive/describe.mjs';
import * as h from './harness.mjs';

const FILE = `${h.SITE}src/tracking.js`;

/** @typedef {typeof import('../../examples/site/src/tracking.js')} Tracking */

/** The module as a page would get it. */
async function bundled() {
  const { outputFiles } = await build({ entryPoints: [FILE], bundle: true, format: 'esm', write: false });
  return outputFiles[0]?.text ?? '';
}

/** Each thing that the site says, once or in each of its forms. Runs in the page. */
async function sayEverything() {
  const path = '/tracking.js';
  const said = /** @type {Tracking} */ (await import(path));
  const tour = { id: 'marmot-meadow', difficulty: 'easy', ascentMetres: 420 };
  const stay = { arrival: '2031-02-14', nights: 2, guests: 1, room: null };
  said.memberKnown('SH-1');
  said.pageSeen();
  said.pageSeen([said.tourEntity(tour), said.stayEntity(stay)]);
  said.memberChanged('SH-2');
  said.toursFiltered('difficulty', 'easy', 2);
  for (const step of ['dates', 'beds', 'guest', 'done']) said.bookingStepReached(step, []);
  for (const room of ['dormitory', 'bunk_room', 'double_room']) {
    said.bookingStepReached('guest', [said.stayEntity({ ...stay, room })]);
  }
  const form = document.createElement('form');
  form.id = 'everything';
  for (const kind of ['text', 'email', 'password', 'checkbox', 'radio', 'date', 'file']) {
    form.append(Object.assign(document.createElement('input'), { type: kind, name: kind }));
  }
  form.append(document.createElement('select'), document.createElement('textarea'), document.createElement('button'));
  said.formSubmitted(form);
  said.linkFollowed(
    Object.assign(document.createElement('a'), { href: 'https://example.com/', textContent: ' There ' }),
  );
  said.offerFollowed('third-night', 'https://example.com/book/');
  said.memberChanged(null);
  const stats = await said.tracker.flush();
  return { exported: Object.keys(said), stats };
}

/**
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} [states] What the visitor has answered.
 */
async function pageWithTracking(t, states) {
  const { collector, url } = await h.startBoth(t);
  const page = await (await h.openBrowser(t)).newPage();
  await h.answered(page.context(), states);
  const body = await bundled();
  await page.route('**/tracking.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
  // The site's own script would tell of the page as well.
  await page.route('**/dist/site.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto(`${url}/about/`);
  return { collector, page };
}

test('everything that it says is valid', { skip: h.skip }, async (t) => {
  const { collector, page } = await pageWithTracking(t);
  const { exported, stats } = await page.evaluate(sayEverything);
  const events = collector.store.events();
  for (const { verdict, reasons, ...event } of events) {
    assert.equal(verdict, 'good', `${JSON.stringify(describe({ verdict, reasons, ...event }))}: ${reasons.join()}`);
  }
  assert.equal(events.length, 15);
  assert.equal(stats.delivered, 15);
  const said = readFileSync(new URL(import.meta.url), 'utf8');
  for (const name of exported) assert.ok(said.includes(`said.${name}`), `${name} is not tried here`);
});

test('members come and go with their events', { skip: h.skip }, async (t) => {
  const { collector, page } = await pageWithTracking(t);
  await page.evaluate(sayEverything);
  const events = collector.store.events();
  assert.equal(events[0]?.payload['uid'], 'SH-1');
  const changes = events.filter(({ payload }) => payload['se_ca'] === 'account');
  assert.deepEqual(
    changes.map(({ payload }) => [payload['se_ac'], payload['uid']]),
    [
      ['sign_in', 'SH-2'],
      ['sign_out', 'SH-2'],
    ],
  );
});

test('what is for marketing goes nowhere without it, and that is no problem', { skip: h.skip }, async (t) => {
  const { collector, page } = await pageWithTracking(t, { analytics: 'granted', marketing: 'denied' });
  const problems = page.evaluate(() => {
    const told = /** @type {unknown[]} */ ([]);
    addEventListener('tracking-problem', (event) => told.push(/** @type {CustomEvent} */ (event).detail));
    return new Promise((resolve) => addEventListener('all-said', () => resolve(told), { once: true }));
  });
  const { stats } = await page.evaluate(sayEverything);
  await page.evaluate(() => dispatchEvent(new Event('all-said')));
  assert.deepEqual(await problems, []);
  assert.deepEqual(stats.dropped, { denied: 1 });
  const names = collector.store.events().map((event) => describe(event).what);
  assert.equal(names.length, 14);
  assert.ok(!names.includes('ad_click'));
});

test('the visitor and the place in the session go with each event', { skip: h.skip }, async (t) => {
  const { collector, page } = await pageWithTracking(t);
  await page.evaluate(sayEverything);
  const events = collector.store.events();
  assert.equal(new Set(events.map(({ payload }) => payload['duid'])).size, 1);
  const places = events.flatMap(({ decoded }) =>
    decoded.entities
      .filter(({ schema }) => schema.includes('/client_session/'))
      .map(({ data }) => /** @type {{ eventIndex: number }} */ (data).eventIndex),
  );
  assert.deepEqual(
    places,
    events.map((_, i) => i + 1),
  );
});

test('of links, only those that leave the site count, however they are followed', { skip: h.skip }, async (t) => {
  const { collector, page } = await pageWithTracking(t);
  await page.context().route(/^https:/, (route) => route.fulfill({ body: '' }));
  await page.evaluate(async () => {
    const path = '/tracking.js';
    const { tracker } = /** @type {Tracking} */ (await import(path));
    document.addEventListener('click', (event) => event.preventDefault());
    const [inside, mail, outside] = ['/tours/', 'mailto:hut@example.com', 'https://example.com/out'].map((href) =>
      document.body.appendChild(Object.assign(document.createElement('a'), { href, textContent: href })),
    );
    inside?.click();
    mail?.click();
    document.body.click();
    const icon = outside?.appendChild(document.createElement('b'));
    icon?.click();
    outside?.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, button: 1 }));
    outside?.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, button: 2 }));
    await tracker.flush();
  });
  const targets = collector.store.events().map(({ decoded }) => decoded.event?.data);
  assert.equal(targets.length, 2);
  for (const target of targets) {
    assert.deepEqual(target, { targetUrl: 'https://example.com/out', elementContent: 'https://example.com/out' });
  }
});

test('it is short enough to be read before it is copied', () => {
  assert.ok(readFileSync(FILE, 'utf8').split('\n').length < 110);
});
