// The browsers in which samples are taken: as a visitor has them, with windows that can be hidden and tabs that can be
// closed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, firefox } from '@playwright/test';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * What one visitor does.
 * @typedef {object} Visit
 * @property {() => Promise<Page>} openWindow a page in a window of its own
 * @property {(page: Page) => Promise<void>} hide puts something in front of a page; it stays so
 * @property {(page: Page) => Promise<void>} kill ends the process of a page without a word
 * @property {() => Promise<void>} end closes all windows
 */

/**
 * @typedef {object} Browser
 * @property {string} version
 * @property {() => Promise<Visit>} visit
 * @property {() => Promise<void>} close
 */

const CHROMIUM = '/usr/bin/chromium';
const FIREFOX = '/usr/bin/firefox-esr';

const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];

/** Where a browser that was just started can be driven. @param {import('node:stream').Readable} stderr */
async function debuggingAddress(stderr) {
  let said = '';
  for await (const chunk of stderr) {
    said += String(chunk);
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address) return address;
  }
  throw new Error(`Chromium did not start: ${said}`);
}

/**
 * Starts Chromium; not by Playwright, which makes all pages count as seen, always: none could ever be hidden.
 * @param {string} profile
 */
async function startChromium(profile) {
  const child = spawn(CHROMIUM, [...CHROMIUM_ARGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  process.once('exit', () => child.kill()); // if this program fails
  const browser = await chromium.connectOverCDP(await debuggingAddress(child.stderr), { noDefaults: true });
  child.stderr.resume();
  return { browser, exited };
}

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {() => Promise<Page>} open
 * @returns {Visit}
 */
function chromiumVisit(context, open) {
  /** @type {Page[]} */
  const opened = [];
  return {
    async openWindow() {
      const page = await open();
      opened.push(page);
      return page;
    },
    async hide(page) {
      const session = await context.newCDPSession(page);
      const { windowId } = await session.send('Browser.getWindowForTarget');
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
    },
    async kill(page) {
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      session.send('Page.crash').catch(() => {}); // nobody is left to answer
      await crashed;
    },
    async end() {
      await Promise.all(opened.map((page) => page.close()));
    },
  };
}

/** @returns {Promise<Browser>} */
async function openChromium() {
  const profile = mkdtempSync(join(tmpdir(), 'piste-exit-'));
  const { browser, exited } = await startChromium(profile);
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium has no default context');
  const control = await browser.newBrowserCDPSession();

  async function open() {
    const coming = context?.waitForEvent('page');
    await control.send('Target.createTarget', { url: 'about:blank', newWindow: true });
    return /** @type {Page} */ (await coming);
  }
  /** One window after the other: a page that comes up does not say who asked for it. @type {Promise<unknown>} */
  let last = Promise.resolve();
  const openInTurn = () => {
    const opened = last.then(open, open);
    last = opened;
    return opened;
  };
  return {
    version: browser.version(),
    visit: () => Promise.resolve(chromiumVisit(context, openInTurn)),
    async close() {
      await control.send('Browser.close');
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @returns {Promise<Browser>} */
async function openFirefox() {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX });
  return {
    version: browser.version(),
    async visit() {
      const context = await browser.newContext();
      return {
        openWindow: () => context.newPage(),
        async hide(page) {
          // What a page opens is a tab of the same window, in front.
          await Promise.all([context.waitForEvent('page'), page.evaluate(() => void open('about:blank'))]);
        },
        kill: () => Promise.reject(new Error('Firefox ends with the process of its page')),
        end: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/**
 * `cannot`: exits that there is no way to make.
 * @type {Record<string, { program: string, cannot: string[], open: () => Promise<Browser> }>}
 */
export const browsers = {
  chromium: { program: CHROMIUM, cannot: [], open: openChromium },
  firefox: { program: FIREFOX, cannot: ['kill'], open: openFirefox },
};

/** @param {string} name */
export const isInstalled = (name) => existsSync(browsers[name]?.program ?? '');
