// What is there after the browser was killed, after a tab's process was killed, and what is there of what a page wrote
// while it was put away.
import { setTimeout as wait } from 'node:timers/promises';
import { expectGone, inPage, launch, openPage, processOf, withBrowser, withProfile, within } from './browsers.mjs';
import { killAll, processesOf } from './processes.mjs';

/** @typedef {import('./browsers.mjs').Field} Field */
/** @typedef {import('@playwright/test').BrowserContext} Context */
/** @typedef {import('@playwright/test').Page} Page */

/** Rows: those written, those that IndexedDB had confirmed before the end, and those found afterwards. @typedef {{
 * written: number, confirmed: number, localStorage: number, indexedDb: number }} Survivors */

/** @param {Context} context @param {string} origin */
async function survivors(context, origin) {
  const { inLocalStorage, inIndexedDb } = await inPage(await openPage(context, origin), 'countRows');
  return { localStorage: inLocalStorage, indexedDb: inIndexedDb };
}

/** A page that is ready to write, and how many writes IndexedDB has confirmed. @param {Context} context
 * @param {string} origin */
async function openWriter(context, origin) {
  const page = await openPage(context, origin);
  await inPage(page, 'countRows');
  const writer = { page, confirmed: 0 };
  page.on('console', (message) => {
    if (message.text() === 'complete') ++writer.confirmed;
  });
  return writer;
}

/**
 * Writes one row, or `rows` of them with `everyMs` between; then kills at once.
 * @param {Field} field
 * @param {{ rows: number, everyMs: number, afterMs: number }} plan
 * @returns {Promise<Survivors>}
 */
const killBrowser = ({ browser, origin }, { rows, everyMs, afterMs }) =>
  withProfile(async (profile) => {
    const context = await launch(browser, profile);
    const writer = await openWriter(context, origin);
    const family = processesOf(profile);
    for (let i = 0; i < rows; ++i) {
      if (i > 0) await wait(everyMs);
      await inPage(writer.page, 'write', true);
    }
    await wait(afterMs);
    const { confirmed } = writer;
    killAll(family);
    await expectGone(family);
    await context.close().catch(() => {});
    const found = await withBrowser(browser, profile, (again) => survivors(again, origin));
    return { written: rows, confirmed, ...found };
  });

/** Ends the process of the page alone; reads from a browser that was started after the rest had ended by itself.
 * @param {Field} field @param {number} afterMs @returns {Promise<Survivors>} */
const killTab = ({ browser, origin }, afterMs) =>
  withProfile(async (profile) => {
    const context = await launch(browser, profile);
    const writer = await openWriter(context, origin);
    const pid = await processOf(profile, writer.page);
    const family = processesOf(profile);
    await inPage(writer.page, 'write', true);
    await wait(afterMs);
    const { confirmed } = writer;
    killAll(family.filter((one) => one.pid === pid));
    await context.close().catch(() => {});
    await expectGone(family);
    const found = await withBrowser(browser, profile, (again) => survivors(again, origin));
    return { written: 1, confirmed, ...found };
  });

/** Ways to leave a page. @type {Record<string, (page: Page, origin: string) => unknown>} */
const exits = {
  navigate: (page, origin) => page.goto(`${origin}/other.html`),
  otherSite: (page, origin) => page.goto(`${origin.replace('127.0.0.1', 'localhost')}/other.html`),
  close: (page) => page.close(),
};

const exitNames = Object.keys(exits);

/** After this, what is not there will not come. */
const LATE_MS = 1000;

/**
 * Leaves a page that writes one row at `pagehide`, so often.
 * @param {Field} field
 * @param {string} exit
 * @param {boolean} isCommitted
 * @param {number} times
 * @returns {Promise<Survivors>}
 */
const leavePage = ({ browser, origin }, exit, isCommitted, times) =>
  withProfile((profile) =>
    withBrowser(browser, profile, async (context) => {
      const reader = await openPage(context, origin);
      for (let i = 0; i < times; ++i) {
        const { page } = await openWriter(context, origin);
        await inPage(page, 'writeAtPagehide', isCommitted);
        await exits[exit]?.(page, origin);
        await page.close();
      }
      const isAllThere = async () => (await inPage(reader, 'countRows')).inIndexedDb === times;
      await within(isAllThere, LATE_MS);
      // A tab that was open meanwhile may see less of localStorage than there is.
      const found = await survivors(context, origin);
      return { written: times, confirmed: 0, ...found };
    }),
  );

/** The sums. @param {Survivors[]} all @returns {Survivors} */
function sum(all) {
  const of = (/** @type {keyof Survivors} */ what) => all.reduce((total, one) => total + one[what], 0);
  return {
    written: of('written'),
    confirmed: of('confirmed'),
    localStorage: of('localStorage'),
    indexedDb: of('indexedDb'),
  };
}

/** Browsers at the same time: they mostly wait. */
const AT_ONCE = 3;

/**
 * Runs all, a few at a time; the results are in the order of the tasks.
 * @template T
 * @param {(() => Promise<T>)[]} tasks
 * @returns {Promise<T[]>}
 */
async function runAll(tasks) {
  /** @type {T[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < tasks.length; i = next++) {
      const task = tasks[i];
      if (task) results[i] = await task();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Rows that one page writes before its browser is killed, and the time between them. */
const SERIES_EVERY_MS = 500;

/** @typedef {{ delays: number[], kills: number, series: number, leaves: number }} Plan */

/** What survives what, by a name for people. @param {Field} field @param {Plan} plan */
export async function measureSurvival(field, { delays, kills, series, leaves }) {
  const again = (/** @type {() => Promise<Survivors>} */ task) => Array.from({ length: kills }, () => task);
  /** @type {[string, (() => Promise<Survivors>)[]][]} */
  const groups = [
    [
      `killed after a series of ${series}`,
      [() => killBrowser(field, { rows: series, everyMs: SERIES_EVERY_MS, afterMs: 0 })],
    ],
    ...delays.map(
      (afterMs) =>
        /** @type {[string, (() => Promise<Survivors>)[]]} */ ([
          `killed after ${afterMs} ms`,
          again(() => killBrowser(field, { rows: 1, everyMs: 0, afterMs })),
        ]),
    ),
    ['tab killed at once', again(() => killTab(field, 0))],
    ...[true, false].flatMap((isCommitted) =>
      exitNames.map(
        (exit) =>
          /** @type {[string, (() => Promise<Survivors>)[]]} */ ([
            `at pagehide${isCommitted ? '' : ' without commit'}, ${exit}`,
            leaves > 0 ? [() => leavePage(field, exit, isCommitted, leaves)] : [],
          ]),
      ),
    ),
  ];
  const wanted = groups.filter(([, tasks]) => tasks.length > 0);
  const results = await runAll(wanted.flatMap(([, tasks]) => tasks));
  return Object.fromEntries(wanted.map(([name, tasks]) => [name, sum(results.splice(0, tasks.length))]));
}
