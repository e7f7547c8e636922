// What the headless visitor does. Each step does what a person would do; expected.mjs says which events that makes.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ page: Page, site: string, arrived: (count: number) => Promise<void>, visits: Visits }} Journey */

/** How long a collector that has failed some times may go unasked, and more. */
const PATIENCE_MS = 60_000;

/** How long the visitor was on each path, which bounds the number of page pings. */
export class Visits {
  /** @type {Map<string, number>} */
  #ms = new Map();
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

/** @param {Page} page @param {string} name */
async function collectorThat(page, name) {
  const order = page.waitForResponse('**/demo/fault');
  await page.locator('#panel-faults').getByText(name, { exact: true }).click();
  await order;
}

/** @type {[what: string, act: (journey: Journey) => Promise<void>][]} */
export const STEPS = [
  ['looks at the home page', (journey) => open(journey, '/')],
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
      const before = journey.arrived(6);
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
    'books a bed, and goes one step back and forth',
    async (journey) => {
      const { page, site, visits } = journey;
      await follow(journey, 'Book a bed', '/book/');
      await page.getByLabel('First night').fill('2031-02-14');
      await page.getByLabel('Nights').fill('3');
      await press(journey, 'Choose beds', '/book/beds');
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
];
