// A visitor who looks around before he answers, agrees, changes his mind and stays: what is written and sent meanwhile.
import { installTraps, keptHere, SITE_PREFIX } from './traps.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {Awaited<ReturnType<import('./field.mjs').startField>>} Field */

/**
 * @typedef {object} Shop what the pages of the field have
 * @property {import('../../../js/src/types.ts').Tracker} tracker
 * @property {(analytics: 'granted' | 'denied') => void} decide
 * @property {boolean} persisted
 */
/** @typedef {Window & typeof globalThis & Shop} ShopWindow */

/** How long nothing may happen until nothing is said to happen, in ms. Page pings come every second. */
const QUIET_MS = 3000;
const LIMIT_MS = 20_000;

/** Waits until `is` gives true. @param {string} what @param {() => unknown} is */
async function until(what, is) {
  for (const end = Date.now() + LIMIT_MS; !(await is()); await pause(50))
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
}
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a visitor and his site do on a page. @param {Page} page @param {string} label */
const use = (page, label) =>
  page.evaluate(async (action) => {
    const { tracker } = /** @type {ShopWindow} */ (window);
    tracker.setUserId('ann');
    tracker.trackPageView({ title: action });
    tracker.trackStructured({ category: 'c', action });
    tracker.trackSelfDescribing({
      schema: 'iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1',
      data: { targetUrl: 'https://shop.example/' },
    });
    tracker.newSession();
    document.dispatchEvent(new Event('click', { bubbles: true }));
    window.scrollTo(0, 200);
    await tracker.flush();
  }, label);

const hasTracker = (/** @type {Page} */ page) =>
  page.waitForFunction(() => 'tracker' in window, undefined, { polling: 20 });

/** Goes to another page and back. Gives whether it is the page that was put away.
 * @param {Page} page @param {Field} field */
async function leaveAndReturn(page, field) {
  const { href } = new URL(page.url());
  await page.goto(`${field.origin}/plain`);
  await page.evaluate(() => history.back());
  await page.waitForURL(href, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'persisted' in window, undefined, { polling: 20 });
  return page.evaluate(() => /** @type {ShopWindow} */ (window).persisted);
}

/** @param {Field} field @param {() => Promise<Page>} openPage a page whose writes are trapped, nowhere yet */
async function openShop(field, openPage) {
  const page = await openPage();
  await page.goto(`${field.origin}/`);
  await hasTracker(page);
  return page;
}

/** What happens while nobody may write or send anything.
 * @param {Field} field @param {Page[]} pages @param {string} label */
async function lookAround(field, pages, label) {
  for (const page of pages) await use(page, label);
  const [first] = pages;
  if (!first) throw new Error('there is no page');
  await first.reload();
  await hasTracker(first);
  await use(first, label);
  const persisted = await leaveAndReturn(first, field);
  await use(first, label);
  await pause(QUIET_MS);
  return persisted;
}

/** Watches over what pages do. @param {Field} field @param {() => Promise<Page>} openBlank */
function watch(field, openBlank) {
  /** Writes since it was asked last. @type {string[]} */
  let writes = [];
  let requests = 0;
  /** Requests that the browser made to anybody but the site. @type {string[]} */
  const made = [];
  const openPage = async () => {
    const page = await openBlank();
    await page.exposeBinding('trapped', (_, text) => void writes.push(String(text)));
    await page.addInitScript(installTraps, SITE_PREFIX);
    page.on('request', (request) => {
      if (!request.url().startsWith(field.origin)) made.push(`${request.method()} ${request.url()}`);
    });
    return page;
  };
  const taken = () => {
    const result = { writes, requests: Math.max(field.requests() - requests, made.length) };
    writes = [];
    made.length = 0;
    requests = field.requests();
    return result;
  };
  return { openPage, taken };
}

/**
 * @param {Field} field
 * @param {() => Promise<Page>} openBlank
 */
export async function runScenario(field, openBlank) {
  const { openPage, taken } = watch(field, openBlank);
  const kept = (/** @type {Page} */ page) => page.evaluate(keptHere, SITE_PREFIX);
  const decide = (/** @type {Page} */ page, /** @type {'granted' | 'denied'} */ answer) =>
    page.evaluate((analytics) => /** @type {ShopWindow} */ (window).decide(analytics), answer);
  const eventsOf = (/** @type {string} */ label) => field.events.filter(({ se_ac }) => se_ac === label).length;

  const pages = [await openShop(field, openPage), await openShop(field, openPage)];
  const [first, second] = /** @type {[Page, Page]} */ (pages);

  // 1. Nobody has answered.
  const persisted = await lookAround(field, pages, 'before');
  const before = { ...taken(), kept: await kept(first) };

  // 2. He agrees on one page; what both still hold goes out, and now there is something to find.
  await decide(first, 'granted');
  await until('what was held on both pages arrives', () => eventsOf('before') >= 3);
  field.answer(503);
  for (const page of pages) await use(page, 'between');
  await until('rows are kept', async () => (await kept(first)).some((text) => /^indexedDB|piste/.test(text)));
  const between = { ...taken(), kept: await kept(first) };

  // 3. He changes his mind; a third page was put away meanwhile.
  const third = await openShop(field, openPage);
  await use(third, 'between');
  const from = third.url();
  await third.goto(`${field.origin}/plain`);
  await decide(second, 'denied');
  field.answer(200);
  taken();
  await until('nothing is kept', async () => (await kept(first)).length === 0).catch(() => {});
  const withdrawn = await kept(first);
  const delivered = eventsOf('between');

  // 4. He stays.
  await third.evaluate(() => history.back());
  await third.waitForURL(from, { waitUntil: 'commit' });
  await third.waitForFunction(() => 'tracker' in window && 'persisted' in window, undefined, { polling: 20 });
  await use(third, 'after');
  await lookAround(field, pages, 'after');
  const after = { ...taken(), kept: await kept(first) };
  const late = eventsOf('between') - delivered + eventsOf('after');
  return { persisted, before, between, withdrawn, after, late };
}

/** The figures of one engine. @param {Awaited<ReturnType<typeof runScenario>>} seen */
export const figuresOf = ({ before, withdrawn, after }) => ({
  writes_before_grant: before.writes.length + before.kept.length,
  requests_before_grant: before.requests,
  writes_after_denial: after.writes.length + after.kept.length,
  requests_after_denial: after.requests,
  left_after_withdrawal: withdrawn.length,
});

/** That the traps work: what was to happen between grant and denial was seen.
 * @param {Awaited<ReturnType<typeof runScenario>>} seen */
export function checkTraps({ between, persisted }) {
  const ways = new Set(between.writes.map((text) => text.split(' ')[0]));
  for (const way of ['cookie', 'storage', 'indexedDB', 'channel'])
    if (!ways.has(way)) throw new Error(`no write was seen by ${way}: ${[...ways].join(', ')}`);
  if (between.requests === 0) throw new Error('no request was seen');
  if (!between.kept.length) throw new Error('nothing was found to be kept');
  if (!persisted) throw new Error('the page was never in the back/forward cache');
}
