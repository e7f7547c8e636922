// What the headless visitors do. Each step does what a person would do; expected.mjs says which events that makes.
import { keepsOnly } from './profile.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/**
 * @typedef {object} Journey
 * @property {Page} page Where the visitor is.
 * @property {string} site
 * @property {Visits} visits
 * @property {(count: number) => Promise<void>} arrived Waits until so many events are at the collector.
 * @property {(hasSignal?: boolean) => Promise<Page>} newVisitor A page of somebody who was never here, with Global
 *   Privacy Control if he wants.
 */

/** How long a collector that has failed some times may go unasked, and more. */
const PATIENCE_MS = 60_000;

/** What the answer itself leaves in the browser. */
const ANSWER = 'localStorage silvaun-consent';

/** How long the visitor was on each path, which bounds the number of page pings, and when something was done. */
export class Visits {
  /** @type {Map<string, number>} */
  #ms = new Map();
  /** @type {Map<string, number>} */
  #times = new Map();
  #path = '';
  #since = 0;

  /** @param {string} path */
  arrive(path) {
    const now = performance.now();
    this.#ms.set(this.#path, this.msOn(this.#path) + now - this.#since);
    [this.#path, this.#since] = [path, now];
  }

  /** @param {string} path Left already. */
  msOn(path) {
    return this.#ms.get(path) ?? 0;
  }

  /** @param {string} what Is about to be done. */
  mark(what) {
    this.#times.set(what, Date.now());
  }

  /** @param {string} what @returns {number} Unix ms. */
  at(what) {
    return this.#times.get(what) ?? NaN;
  }
}

/** @param {Journey} journey @param {string} path */
async function open({ page, site, visits }, path) {
  visits.arrive(path);
  await page.goto(site + path);
}

/**
 * Waits until the panel shows it, open or not.
 * @param {Page} page @param {string} stat @param {(value: number) => boolean} test
 */
async function shown(page, stat, test) {
  const place = page.locator(`#panel [data-stat=${stat}]`);
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await page.waitForTimeout(100)) {
    if (test(Number(await place.textContent()))) return;
  }
  throw new Error(`the panel shows ${stat} ${await place.textContent()}, which is not what was waited for`);
}

/** Waits until everything has been sent: then no answer is lost by leaving. @param {Page} page */
async function linger(page) {
  // The panel looks at its tracker four times a second.
  await page.waitForTimeout(300);
  await shown(page, 'pending', (pending) => pending === 0);
}

/** Follows a link of the site. @param {Journey} journey @param {string} name @param {string} path */
async function follow(journey, name, path) {
  await linger(journey.page);
  await leave(journey, name, path);
}

/** Follows a link whatever waits. @param {Journey} journey @param {string} name @param {string} path */
async function leave({ page, site, visits }, name, path) {
  visits.arrive(path);
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.waitForURL(site + path);
}

/** Presses a button that leads to another view. @param {Journey} journey @param {string} name @param {string} path */
async function press({ page, site, visits }, name, path) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForURL(site + path);
  visits.arrive(path);
}

/** Answers the banner. @param {Journey} journey @param {string} name Of the button. */
async function answer({ page }, name) {
  await page.locator('#consent').getByRole('button', { name, exact: true }).click();
  await page.locator('#consent').waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {string} name */
async function collectorThat(page, name) {
  const order = page.waitForResponse('**/demo/fault');
  await page.locator('#panel-faults').getByText(name, { exact: true }).click();
  await order;
}

/** @param {Journey} journey */
async function chooseDates(journey) {
  const { page } = journey;
  await page.getByLabel('First night').fill('2031-02-14');
  await page.getByLabel('Nights').fill('3');
  await press(journey, 'Choose beds', '/book/beds');
}

/** @type {[what: string, act: (journey: Journey) => Promise<void>][]} */
export const STEPS = [
  [
    'looks at the home page and does not answer: what is held is gone with the page',
    async (journey) => {
      await open(journey, '/');
      await shown(journey.page, 'held', (held) => held >= 1);
      await leave(journey, 'Book a bed', '/book/');
    },
  ],
  [
    'goes on to a second view without an answer',
    async (journey) => {
      const { page } = journey;
      await chooseDates(journey);
      await shown(page, 'held', (held) => held >= 4);
      await keepsOnly(page, []);
    },
  ],
  [
    'accepts: what was held arrives, with the times of then',
    async (journey) => {
      journey.visits.mark('accepts');
      await answer(journey, 'Accept all');
      await journey.arrived(5);
    },
  ],
  [
    'filters the list of tours',
    async (journey) => {
      await follow(journey, 'Ski tours', '/tours/');
      await journey.page.getByText('Moderate', { exact: true }).click();
      await journey.page.getByText('Back for lunch', { exact: true }).click();
    },
  ],
  [
    'reads about a tour until there is a page ping',
    async (journey) => {
      await follow(journey, 'The Glacier Window', '/tours/glacier-window/');
      const before = journey.arrived(10);
      await journey.page.mouse.wheel(0, 200);
      await before;
    },
  ],
  [
    'signs in',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Member number').fill('SH-0042');
      await page.locator('dialog').getByRole('button', { name: 'Sign in' }).click();
    },
  ],
  [
    'follows an offer and books a bed, one step back and forth',
    async (journey) => {
      const { page, site, visits } = journey;
      await follow(journey, 'Silvaun Hut', '/');
      await follow(journey, 'Take three nights', '/book/');
      await chooseDates(journey);
      await page.getByText('Bunk room').click();
      await press(journey, 'Go on', '/book/guest');
      visits.arrive('/book/beds');
      await page.goBack();
      await page.waitForURL(`${site}/book/beds`);
      await press(journey, 'Go on', '/book/guest');
      await page.getByLabel('Name').fill('Flurina');
      await page.getByLabel('E-mail').fill('flurina@example.com');
      await press(journey, 'Book', '/book/done');
    },
  ],
  [
    'writes to the keepers',
    async (journey) => {
      const { page } = journey;
      await follow(journey, 'Contact', '/contact/');
      await page.getByLabel('Name').fill('Flurina');
      await page.getByLabel('E-mail').fill('flurina@example.com');
      await page.getByLabel('Message').fill('Did you find a left glove?');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    },
  ],
  [
    'leaves by links to other sites',
    async (journey) => {
      const { page } = journey;
      await follow(journey, 'About', '/about/');
      const tab = page.waitForEvent('popup');
      await page.getByRole('link', { name: 'OpenStreetMap' }).click();
      await (await tab).close();
      await page.getByRole('link', { name: 'Avalanche bulletins' }).click();
      await page.waitForURL('https://www.avalanches.org/');
    },
  ],
  [
    'goes on while the collector says 503, and then is offline',
    async (journey) => {
      const { page } = journey;
      await open(journey, '/tours/');
      await page.locator('#panel-toggle').click();
      await shown(page, 'pending', (pending) => pending === 0);
      await collectorThat(page, 'says 503');
      await page.getByText('Easy', { exact: true }).click();
      await page.getByText('Hard', { exact: true }).click();
      await shown(page, 'failures', (failures) => failures >= 2);
      await leave(journey, 'Contact', '/contact/');
      await shown(page, 'restored', (restored) => restored === 2);
      await collectorThat(page, 'is offline');
      await shown(page, 'failures', (failures) => failures >= 2);
    },
  ],
  [
    'waits until the collector is back and everything has arrived',
    async ({ page }) => {
      await collectorThat(page, 'answers');
      await shown(page, 'pending', (pending) => pending === 0);
      await shown(page, 'delivered', (delivered) => delivered === 3);
    },
  ],
  [
    'sees what is lost: a mistake of the site, and an event that the collector refuses',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Make a mistake' }).click();
      await shown(page, 'dropped', (dropped) => dropped === 1);
      await collectorThat(page, 'says 422');
      await page.getByRole('button', { name: 'Sign out SH-0042' }).click();
      await shown(page, 'rejected', (rejected) => rejected === 1);
      await page.getByText('1 rejected: status 422, 1 dropped: unserialisable').waitFor();
      await page.locator('#panel-problems li').nth(1).waitFor();
      await collectorThat(page, 'answers');
    },
  ],
  [
    'closes the tab in the moment after a click',
    async (journey) => {
      await linger(journey.page);
      await open(journey, '/tours/');
      await journey.page.getByText('Hard', { exact: true }).click();
      await journey.page.close({ runBeforeUnload: true });
      journey.visits.arrive('');
    },
  ],
  [
    'comes back and withdraws: what was kept of the visitor is gone',
    async (journey) => {
      journey.page = await journey.page.context().newPage();
      await open(journey, '/privacy/');
      await linger(journey.page);
      await journey.page.locator('footer').getByRole('button', { name: 'Privacy settings' }).click();
      await answer(journey, 'Only what is necessary');
      await linger(journey.page);
      // The collector's own cookie is out of reach for scripts.
      await keepsOnly(journey.page, [ANSWER, 'cookie sp']);
      await journey.page.close();
    },
  ],
  [
    'another visitor looks at two pages and says no: nothing of that arrives, and nothing is kept',
    async (journey) => {
      journey.page = await journey.newVisitor();
      await open(journey, '/');
      await leave(journey, 'Ski tours', '/tours/');
      await shown(journey.page, 'held', (held) => held >= 1);
      await answer(journey, 'Only what is necessary');
      await linger(journey.page);
      await journey.page.getByText('Hard', { exact: true }).click();
      await follow(journey, 'Contact', '/contact/');
      await shown(journey.page, 'dropped', (dropped) => dropped >= 1);
      await keepsOnly(journey.page, [ANSWER]);
      await journey.page.close();
    },
  ],
  [
    'a third one, with Global Privacy Control, accepts all but marketing, and follows an offer',
    async (journey) => {
      journey.page = await journey.newVisitor(true);
      await open(journey, '/');
      await answer(journey, 'Accept all but marketing');
      await follow(journey, 'Take three nights', '/book/');
      await linger(journey.page);
      journey.visits.arrive('');
    },
  ],
];
