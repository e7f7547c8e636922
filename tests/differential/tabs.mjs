// Tabs of the browser, for one run after the other: to open one costs more than most runs. Each run finds no cookies,
// an origin that was never there, and a clock that stands still at a whole second.

/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('@playwright/test').Page} Page */

/**
 * @typedef {object} Tab
 * @property {BrowserContext} context
 * @property {Page} page
 * @property {number} from the time at which its clock stands, in ms
 * @property {Set<string>} origins that it has had
 */

const CONTEXT = { locale: 'en-GB', timezoneId: 'Europe/Paris', viewport: { width: 1000, height: 600 } };

/** What Playwright does to a clock is done again in each new document. */
const MOST_RUNS = 25;
/**
 * Clocks of the pages are behind by this, less than the shortest session: cookies expire by the browser's own clock,
 * and one that a page deletes must be of the past there, also after the page's time was moved.
 */
const BEHIND_MS = 300_000;
/** A clock may come this close to the browser's own. */
const LEAST_BEHIND_MS = 120_000;
/** A clock has to be installed before where it is stopped. */
const BEFORE_MS = 60_000;

/** @param {number} ms */
const wholeSecond = (ms) => Math.ceil(ms / 1000) * 1000;

/** Makes `Max-Age` of cookies what it is where page and browser have one clock: a time of the page's. */
function ageByThePagesClock() {
  const own = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'));
  const until = (/** @type {string} */ seconds) => new Date(Date.now() + Number(seconds) * 1000).toUTCString();
  Object.defineProperty(Document.prototype, 'cookie', {
    ...own,
    /** @param {string} text */
    set(text) {
      own.set?.call(
        this,
        text.replace(/Max-Age=(\d+)/i, (_, seconds) => `Expires=${until(seconds)}`),
      );
    },
  });
}

/** @param {import('@playwright/test').Browser} browser */
export function tabsOf(browser) {
  /** @type {Tab[]} */
  const idle = [];

  /** @returns {Promise<Tab>} */
  const open = async () => {
    const context = await browser.newContext(CONTEXT);
    await context.addInitScript(ageByThePagesClock);
    const page = await context.newPage();
    const from = wholeSecond(Date.now() - BEHIND_MS);
    await page.clock.install({ time: from - BEFORE_MS });
    await page.clock.pauseAt(from);
    return { context, page, from, origins: new Set() };
  };

  return {
    /** @param {string} origin of the run @returns {Promise<Tab>} */
    async take(origin) {
      const found = idle.pop();
      if (found?.origins.has(origin)) await found.context.close();
      const tab = found && !found.origins.has(origin) ? found : await open();
      tab.origins.add(origin);
      // Pages may write when they are left: the one that is still there must not do so to the cookies of the next run.
      const now = await tab.page.evaluate(() => {
        Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} });
        return Date.now();
      });
      await tab.context.clearCookies();
      const from = wholeSecond(now);
      if (from > now) await tab.page.clock.runFor(from - now);
      return { ...tab, from };
    },
    /** For runs that change the browser's own functions: nobody else gets it. */
    open,
    /** @param {Tab} tab */
    async giveBack(tab) {
      const now = await tab.page.evaluate(() => Date.now());
      if (tab.origins.size < MOST_RUNS && now < Date.now() - LEAST_BEHIND_MS) idle.push(tab);
      else await tab.context.close();
    },
  };
}

/** @typedef {ReturnType<typeof tabsOf>} Tabs */
