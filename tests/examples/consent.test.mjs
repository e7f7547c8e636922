// The banner and what follows from an answer: in this tab and the others, by keyboard, with a signal of the browser.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { keepsOnly } from '../../examples/site/drive/profile.mjs';
import * as h from './harness.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {Awaited<ReturnType<typeof h.startBoth>>['collector']} Collector */

before(() => {
  if (!h.skip) h.buildSite();
});

/** @param {Page} page */
const banner = (page) => page.locator('#consent');

/** @param {Page} page @param {string} name */
const press = (page, name) => banner(page).getByRole('button', { name, exact: true }).click();

/** @param {Page} page @param {string} purpose @param {string} words */
const decided = (page, purpose, words) =>
  page
    .locator(`#panel [data-purpose=${purpose}]`, { hasText: new RegExp(`^${words}$`) })
    .waitFor({ state: 'attached' });

/** @param {Page} page @param {string} stat @param {number} count */
const counted = (page, stat, count) =>
  page.locator(`#panel [data-stat=${stat}]`, { hasText: new RegExp(`^${count}$`) }).waitFor({ state: 'attached' });

/** @param {Collector} collector @returns {string[]} Pages and decisions that arrived. */
const told = (collector) =>
  collector.store.events().map(({ payload, decoded }) => {
    const { eventType } = /** @type {{ eventType?: string }} */ (decoded.event?.data ?? {});
    return eventType ?? payload['page'] ?? '';
  });

/**
 * A page of a new visitor.
 * @param {import('node:test').TestContext} t
 * @param {boolean} [hasSignal]
 * @param {import('@playwright/test').LaunchOptions} [browser]
 */
async function visit(t, hasSignal = false, browser = {}) {
  const { collector, url } = await h.startBoth(t);
  const context = await (await h.openBrowser(t, browser)).newContext();
  if (hasSignal) {
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  }
  return { collector, url, context, page: await context.newPage() };
}

test('nothing is sent or kept before the answer; a yes sends what was held', { skip: h.skip }, async (t) => {
  const { collector, url, page } = await visit(t);
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${url}/tours/`);
  await page.getByText('Hard', { exact: true }).click();
  await counted(page, 'held', 2);
  await counted(page, 'pending', 2);
  assert.deepEqual(
    requests.filter((one) => !one.startsWith(url)),
    [],
  );
  await keepsOnly(page, []);
  await press(page, 'Accept all');
  await counted(page, 'delivered', 3);
  assert.deepEqual(told(collector), ['Ski tours · Silvaun Hut', '', 'allow_all']);
  await banner(page).waitFor({ state: 'hidden' });
  await page.reload();
  await counted(page, 'delivered', 1);
  assert.equal(await banner(page).isVisible(), false);
});

test('a no destroys what was held, is kept, and lets nothing follow', { skip: h.skip }, async (t) => {
  const { collector, url, page } = await visit(t);
  await page.goto(url);
  await counted(page, 'held', 1);
  await press(page, 'Only what is necessary');
  await counted(page, 'delivered', 1);
  await counted(page, 'dropped', 1);
  await page.goto(`${url}/tours/`);
  await counted(page, 'dropped', 1);
  assert.equal(await banner(page).isVisible(), false);
  await keepsOnly(page, [`localStorage ${h.ANSWER_KEY}`]);
  assert.deepEqual(told(collector), ['deny_all']);
  const [event] = collector.store.events();
  assert.deepEqual([event?.payload['duid'], event?.request.anonymous, event?.request.ip], [undefined, true, null]);
});

test('an answer counts in other tabs at once, and so does its withdrawal', { skip: h.skip }, async (t) => {
  const { collector, url, context, page } = await visit(t);
  const other = await context.newPage();
  await page.goto(url);
  await other.goto(`${url}/about/`);
  await counted(other, 'held', 1);
  await press(page, 'Accept all');
  await banner(other).waitFor({ state: 'hidden' });
  await decided(other, 'analytics', 'allowed by you');
  await counted(other, 'pending', 0);
  assert.ok(told(collector).includes('About · Silvaun Hut'));
  await page.locator('footer').getByRole('button', { name: 'Privacy settings' }).click();
  await press(page, 'Only what is necessary');
  await decided(other, 'analytics', 'denied by you');
  await counted(other, 'pending', 0);
  await keepsOnly(other, [`localStorage ${h.ANSWER_KEY}`, 'cookie sp']);
});

test('a no where nothing was allowed before closes the banner of other tabs', { skip: h.skip }, async (t) => {
  const { url, context, page } = await visit(t);
  const other = await context.newPage();
  await page.goto(url);
  await other.goto(url);
  await counted(other, 'held', 1);
  await press(page, 'Only what is necessary');
  await banner(other).waitFor({ state: 'hidden' });
  await decided(other, 'analytics', 'denied by you');
  await counted(other, 'dropped', 1);
});

for (const [name, outcome] of /** @type {const} */ ([
  ['Accept all', { arrived: true, dropped: 0 }],
  ['Only what is necessary', { arrived: false, dropped: 1 }],
])) {
  test(`a page out of the back/forward cache hears the answer: ${name}`, { skip: h.skip }, async (t) => {
    const { collector, url, page } = await visit(t, false, { ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    await page.addInitScript(() => {
      addEventListener('pageshow', ({ persisted }) => persisted && Object.assign(globalThis, { isBack: true }));
    });
    await page.goto(url);
    await page.locator('#panel [data-stat=engine]', { hasText: 'wasm' }).waitFor({ state: 'attached' });
    await counted(page, 'held', 1);
    await page.goto(`${url}/about/`);
    await press(page, name);
    await counted(page, 'pending', 0);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => 'isBack' in globalThis);
    await counted(page, 'pending', 0);
    await counted(page, 'dropped', outcome.dropped);
    await banner(page).waitFor({ state: 'hidden' });
    assert.equal(await page.locator('#panel [data-stat=engine]').textContent(), 'wasm');
    for (let left = 100; outcome.arrived && !told(collector).includes('Silvaun Hut') && left > 0; --left) {
      await page.waitForTimeout(50);
    }
    assert.equal(told(collector).includes('Silvaun Hut'), outcome.arrived);
  });
}

test('it can be used by keyboard alone, and no key but a press of a button decides', { skip: h.skip }, async (t) => {
  const { url, page } = await visit(t);
  await page.goto(`${url}/about/`);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id);
  /** @param {string[]} keys */
  const keys = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  // It takes no focus from the page, and comes right after the link that skips to the content.
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  const order = [];
  for (let i = 0; i < 5; ++i) {
    await keys('Tab');
    order.push(await focused());
  }
  assert.deepEqual(order, [
    ...['Skip to content', 'What we would know'],
    ...['Accept all', 'Only what is necessary', 'Choose…'],
  ]);
  await keys('Escape');
  assert.equal(await banner(page).isVisible(), true);
  await keys('Enter');
  assert.equal(await focused(), 'consent-analytics');
  await keys('Space', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
  await banner(page).waitFor({ state: 'hidden' });
  await decided(page, 'analytics', 'allowed by you');
  await decided(page, 'marketing', 'denied by you');
  // What had the focus is gone: reading goes on with the page.
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  const opener = page.locator('footer').getByRole('button', { name: 'Privacy settings' });
  await opener.focus();
  await keys('Enter');
  assert.equal(await focused(), 'Privacy settings');
  assert.deepEqual(await switches(page), [true, false]);
  await keys('Escape');
  await banner(page).waitFor({ state: 'hidden' });
  assert.equal(await opener.evaluate((button) => button === document.activeElement), true);
  await decided(page, 'analytics', 'allowed by you');
});

/** @param {Page} page */
const switches = (page) =>
  banner(page)
    .getByRole('switch')
    .evaluateAll((all) => all.map((one) => /** @type {HTMLInputElement} */ (one).checked));

test('Global Privacy Control denies marketing until the visitor switches it on', { skip: h.skip }, async (t) => {
  const { collector, url, page } = await visit(t, true);
  const signal = 'denied by your browser’s signal';
  await page.goto(url);
  await decided(page, 'marketing', signal);
  await decided(page, 'analytics', 'not answered');
  const note = banner(page).getByText('Your browser says no to marketing (Global Privacy Control)');
  assert.equal(await note.isVisible(), true);
  await press(page, 'Accept all but marketing');
  await decided(page, 'analytics', 'allowed by you');
  await decided(page, 'marketing', signal);
  const settings = page.locator('footer').getByRole('button', { name: 'Privacy settings' });
  await settings.click();
  assert.deepEqual(await switches(page), [true, false]);
  await banner(page).getByRole('switch', { name: 'Marketing' }).click();
  await press(page, 'Save my choice');
  await decided(page, 'marketing', 'allowed by you');
  await page.reload();
  await decided(page, 'marketing', 'allowed by you');
  await settings.click();
  assert.deepEqual(await switches(page), [true, true]);
  await press(page, 'Accept all but marketing');
  await decided(page, 'marketing', signal);
  await counted(page, 'pending', 0);
  const decisions = told(collector).filter((one) => one.startsWith('allow'));
  assert.deepEqual(decisions, ['allow_selected', 'allow_all', 'allow_selected']);
});

test('who answered to an earlier version of the privacy page is asked again', { skip: h.skip }, async (t) => {
  const { url, context, page } = await visit(t);
  await h.answered(context, undefined, '0');
  await page.goto(url);
  await banner(page).waitFor();
  await decided(page, 'analytics', 'not answered');
});

test('what is no answer is none, whatever stands where answers are kept', { skip: h.skip }, async (t) => {
  const { url, page } = await visit(t);
  for (const text of ['', 'null', '{', '7', '"1"', '[]', '{"version":1}']) {
    await page.goto(url);
    await page.evaluate(([key = '', value = '']) => localStorage.setItem(key, value), [h.ANSWER_KEY, text]);
    await page.reload();
    await banner(page).waitFor();
    await decided(page, 'analytics', 'not answered');
  }
});

test('an answer that cannot be kept counts for the page', { skip: h.skip }, async (t) => {
  const { url, page } = await visit(t);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(url);
  await press(page, 'Accept all');
  await banner(page).waitFor({ state: 'hidden' });
  await counted(page, 'delivered', 2);
});

for (const reducedMotion of /** @type {const} */ (['reduce', 'no-preference'])) {
  test(`it moves nothing, breaks no policy and logs nothing: motion ${reducedMotion}`, { skip: h.skip }, async (t) => {
    const { url, context, page } = await visit(t);
    await page.emulateMedia({ reducedMotion });
    /** @type {string[]} */
    const said = [];
    context.on('console', (message) => said.push(message.text()));
    context.on('weberror', (error) => said.push(String(error.error())));
    await page.addInitScript(() => {
      const seen = Object.assign(globalThis, { shifts: /** @type {string[]} */ ([]) });
      new PerformanceObserver((list) => {
        const shifts = /** @type {{ hadRecentInput: boolean, sources: { node?: Element }[] }[]} */ (
          /** @type {unknown} */ (list.getEntries())
        );
        // What grows under the visitor's own click is no shift.
        for (const { sources } of shifts.filter(({ hadRecentInput }) => !hadRecentInput)) {
          seen.shifts.push(sources.map(({ node }) => node?.outerHTML.slice(0, 60)).join());
        }
      }).observe({ type: 'layout-shift' });
    });
    await page.goto(`${url}/about/`);
    const animation = await banner(page).evaluate((one) => getComputedStyle(one).animationName);
    assert.equal(animation, reducedMotion === 'reduce' ? 'none' : 'consent-comes');
    await press(page, 'Choose…');
    await press(page, 'Only what is necessary');
    await counted(page, 'delivered', 1);
    const shifts = await page.evaluate(
      () => /** @type {{ shifts: string[] }} */ (/** @type {unknown} */ (globalThis)).shifts,
    );
    assert.deepEqual(shifts, []);
    assert.deepEqual(said, []);
  });
}

test('the page on privacy shows what is, as it changes', { skip: h.skip }, async (t) => {
  const { url, page } = await visit(t);
  await page.goto(`${url}/privacy/`);
  /** @param {string} id @param {string} text */
  const shows = (id, text) => page.locator(`#privacy-${id}`, { hasText: text }).waitFor();
  await shows('decisions', 'Analyticsnot answered');
  await shows('events', 'Held in memory until you answer1');
  await shows('nothing', 'Nothing');
  await press(page, 'Accept all');
  await shows('decisions', 'Analyticsallowed by you, ');
  await shows('events', 'Held in memory until you answer0Waiting to be sent0Arrived at the collector2');
  await shows('piste', 'cookie _sp_id.*');
  await shows('own', 'localStorage silvaun-consentyour answer');
  await page.locator('main').getByRole('button', { name: 'Privacy settings' }).click();
  await press(page, 'Only what is necessary');
  await shows('decisions', 'Marketingdenied by you, ');
  await shows('nothing', 'Nothing');
});

test('the time of an answer is when it was given, also on later pages', { skip: h.skip }, async (t) => {
  const { url, context, page } = await visit(t);
  await h.answered(context);
  await page.goto(`${url}/privacy/`);
  await page.locator('#privacy-decisions', { hasText: /allowed by you, 2 Jan 2026/ }).waitFor();
});
