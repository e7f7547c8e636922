// The tabs of a browser, and what happens to them: each call is one blow, and ends when the tab has its next page.
import { browserProcesses, kill, anyRuns, rendererProcesses } from './processes.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** How long a process may take to go, and a page to be told, in ms. */
const PATIENCE_MS = 10_000;
/** Within this a page is known to have lost its renderer, or it was none of a page. */
const CRASH_MS = 1_000;
const LOOK_EVERY_MS = 20;

/** Waits until `holds`; false if it does not in time. @param {() => boolean} holds @param {number} [withinMs] */
async function until(holds, withinMs = PATIENCE_MS) {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return true;
}

/** The tabs of one side. */
export class Tabs {
  #kind;
  #profile;
  #records;
  #address;
  #random;
  /** @type {import('@playwright/test').BrowserContext | undefined} */
  #context;
  /** @type {Map<number, Page>} */
  #pages = new Map();
  /** Tabs without a renderer. @type {Set<number>} */
  #crashed = new Set();

  /**
   * @param {import('./browsers.mjs').BrowserKind} kind
   * @param {string} profile
   * @param {import('./records.mjs').Records} records
   * @param {(tab: number) => string} address of a tab's next page
   * @param {import('./random.mjs').Random} random
   */
  constructor(kind, profile, records, address, random) {
    this.#kind = kind;
    this.#profile = profile;
    this.#records = records;
    this.#address = address;
    this.#random = random;
  }

  /** Starts the browser. */
  async start() {
    this.#context = await this.#kind.launch(this.#profile);
  }

  /** @param {number} tab */
  async open(tab) {
    if (!this.#context) throw new Error('the browser does not run');
    const page = await this.#context.newPage();
    this.#pages.set(tab, page);
    page.on('crash', () => this.#crashed.add(tab));
    page.on('pageerror', ({ message }) => {
      // To Firefox a collector that is away is an error of the page.
      if (!message.includes('CORS')) console.error(`in the page of tab ${tab}: ${message}`);
    });
    await page.goto(this.#address(tab));
    return page;
  }

  /** @param {number} tab */
  async close(tab) {
    this.#records.end(tab, 'closed');
    await this.#page(tab).close();
    this.#pages.delete(tab);
  }

  /** @param {number} tab */
  async closeAndOpen(tab) {
    await this.close(tab);
    await this.open(tab);
  }

  /** To another page of the site. @param {number} tab */
  async navigate(tab) {
    this.#records.end(tab, 'navigated');
    await this.#page(tab).goto(this.#address(tab));
  }

  /** To another site, and back. @param {number} tab @param {string} elsewhere */
  async visit(tab, elsewhere) {
    this.#records.end(tab, 'navigated');
    await this.#page(tab).goto(elsewhere);
    await this.#page(tab).goto(this.#address(tab));
  }

  /** @param {number} tab */
  async reload(tab) {
    this.#records.end(tab, 'reloaded');
    await this.#page(tab).reload();
  }

  /** Lets the tab's renderer crash. @param {number} tab */
  async crash(tab) {
    const page = this.#page(tab);
    const session = await page.context().newCDPSession(page);
    const at = performance.now();
    // There is nobody left to answer.
    session.send('Page.crash').catch(() => {});
    if (!(await until(() => this.#crashed.has(tab)))) throw new Error(`tab ${tab} does not crash`);
    await this.#replaceCrashed(at);
  }

  /** Kills renderers, in any order, until a page has lost its own. */
  async killRenderer() {
    for (const one of this.#random.shuffled(rendererProcesses(this.#profile))) {
      const at = performance.now();
      kill([one]);
      if (await until(() => this.#crashed.size > 0, CRASH_MS)) return this.#replaceCrashed(at);
    }
    throw new Error('no page has lost its renderer');
  }

  /** Kills the whole browser, and starts it again on the same profile. */
  async killBrowser() {
    const processes = browserProcesses(this.#profile);
    const tabs = [...this.#pages.keys()];
    const closed = new Promise((resolve) => this.#context?.once('close', resolve));
    const at = performance.now();
    kill(processes);
    this.#records.browserKills.push(at);
    for (const tab of tabs) this.#records.end(tab, 'browser killed', at);
    if (!(await until(() => !anyRuns(processes)))) throw new Error('the browser survived its death');
    await closed;
    this.#pages.clear();
    this.#crashed.clear();
    await this.start();
    await Promise.all(tabs.map((tab) => this.open(tab)));
  }

  /** Ends the browser in the orderly way. */
  async stop() {
    await this.#context?.close();
  }

  /** @param {number} at when the renderer was killed */
  async #replaceCrashed(at) {
    for (const tab of this.#crashed) {
      this.#records.end(tab, 'renderer killed', at);
      await this.#page(tab).close();
      this.#crashed.delete(tab);
      await this.open(tab);
    }
  }

  /** @param {number} tab */
  #page(tab) {
    const page = this.#pages.get(tab);
    if (!page) throw new Error(`there is no tab ${tab}`);
    return page;
  }
}
