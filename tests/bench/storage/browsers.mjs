// Browsers with a profile on disk, as visitors have them: a context without one keeps its storage in memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, firefox } from '@playwright/test';
import { areGone, mainThreadUs, pageProcesses, processesOf } from './processes.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').BrowserContext} Context */
/** @typedef {import('./page.mjs').StorageBench} StorageBench */
/** @typedef {{ browser: string, origin: string }} Field */

const CHROMIUM = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How to start each. @type {Record<string, (profile: string) => Promise<Context>>} */
const launchers = {
  chromium: (profile) =>
    chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: CHROMIUM }),
  firefox: (profile) =>
    firefox.launchPersistentContext(profile, { channel: 'moz-firefox', executablePath: '/usr/bin/firefox-esr' }),
};

export const browserNames = Object.keys(launchers);

/** @param {string} name @param {string} profile */
export function launch(name, profile) {
  const found = launchers[name];
  if (!found) throw new Error(`--browser is one of ${browserNames.join(', ')}`);
  return found(profile);
}

/** Gives `task` a profile that nobody has used. @template T @param {(profile: string) => Promise<T>} task */
export async function withProfile(task) {
  const profile = mkdtempSync(join(tmpdir(), 'piste-storage-'));
  try {
    return await task(profile);
  } finally {
    // What is left of a killed browser may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** @template T @param {string} name @param {string} profile @param {(context: Context) => Promise<T>} task */
export async function withBrowser(name, profile, task) {
  const context = await launch(name, profile);
  try {
    return await task(context);
  } finally {
    await context.close();
  }
}

/** A tab of its own. @param {Context} context @param {string} origin */
export async function openPage(context, origin) {
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  await page.goto(`${origin}/page.html`);
  return page;
}

/**
 * Calls what the page offers.
 * @template {keyof StorageBench} Name
 * @param {Page} page
 * @param {Name} name
 * @param {Parameters<StorageBench[Name]>} given
 * @returns {Promise<Awaited<ReturnType<StorageBench[Name]>>>}
 */
export function inPage(page, name, ...given) {
  const answer = page.evaluate(([method, values]) => {
    const { storageBench } = /** @type {{ storageBench: Record<string, (...values: unknown[]) => unknown> }} */ (
      /** @type {unknown} */ (globalThis)
    );
    return storageBench[method]?.(...values);
  }, /** @type {[string, unknown[]]} */ ([name, given]));
  return /** @type {Promise<Awaited<ReturnType<StorageBench[Name]>>>} */ (answer);
}

const SPIN_MS = 80;
const SPINS = 10;

/** The process whose main thread runs this page: the one that is busy when the page is. @param {string} profile
 * @param {Page} page */
export async function processOf(profile, page) {
  for (let i = 0; i < SPINS; ++i) {
    const pids = pageProcesses(processesOf(profile)).map(({ pid }) => pid);
    const before = pids.map(mainThreadUs);
    await inPage(page, 'spin', SPIN_MS);
    const ran = pids.map((pid, nth) => mainThreadUs(pid) - (before[nth] ?? NaN));
    const busy = pids.filter((_, nth) => (ran[nth] ?? 0) > (SPIN_MS * 1000) / 4);
    if (busy.length === 1 && busy[0] !== undefined) return busy[0];
  }
  throw new Error('it is not clear which process was busy while the page was');
}

/** @param {() => boolean | Promise<boolean>} isSo @param {number} limitMs @returns {Promise<boolean>} */
export async function within(isSo, limitMs) {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await wait(20);
  }
  return true;
}

/** @param {import('./processes.mjs').Process[]} processes */
export async function expectGone(processes) {
  if (!(await within(() => areGone(processes), 10_000))) throw new Error('a browser that was killed is still there');
}
