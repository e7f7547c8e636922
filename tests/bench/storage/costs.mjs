// What storing costs the page: CPU time of its main thread, which holds what the browser does there afterwards too.
// Ways take turns in one page; each round is a new browser.
import { inPage, openPage, processOf, withBrowser, withProfile } from './browsers.mjs';
import { mainThreadUs } from './processes.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** @typedef {{ waiting: number, inTask: number, ways: readonly string[] }} Case */
/**
 * One block, per event: CPU time of the page's main thread, of that of another tab (NaN if both share it), and by the
 * page's clock the time until the call returned and until the storage had confirmed.
 * @typedef {{ cpu: number, other: number, call: number[], done: number[] }} Reading
 */
/** By way. @typedef {Record<string, Reading[]>} Readings */
/** @typedef {{ cases: Readings[], questions: Readings }} Round */

const SINGLE = ['nothing', 'localStorage', 'indexedDbBatched', 'mixAcknowledged', 'mixLasting'];
const SEVERAL = ['nothing', 'localStorage', 'indexedDbEach', 'indexedDbBatched', 'mixAcknowledged', 'mixLasting'];

/** Others that wait, and rows in one task. @type {Case[]} */
export const cases = [0, 1000].flatMap((waiting) => [
  { waiting, inTask: 1, ways: SINGLE },
  { waiting, inTask: 10, ways: SEVERAL },
]);

/**
 * @typedef {object} Tabs
 * @property {Page} page
 * @property {number} pid of its process
 * @property {number} otherPid that of another tab of the site; the same if they share it
 */

/** @param {Tabs} tabs @param {number} count @param {() => Promise<import('./page.mjs').Times>} task */
async function readBlock({ pid, otherPid }, count, task) {
  const [before, otherBefore] = [mainThreadUs(pid), mainThreadUs(otherPid)];
  const times = await task();
  const cpu = (mainThreadUs(pid) - before) / count;
  const other = pid === otherPid ? NaN : (mainThreadUs(otherPid) - otherBefore) / count;
  return { cpu, other, ...times };
}

/**
 * So many blocks of each; every other time in the opposite order. One before them counts for nothing.
 * @param {readonly string[]} names
 * @param {number} blocks
 * @param {(name: string) => Promise<Reading>} read
 */
async function takeTurns(names, blocks, read) {
  /** @type {Readings} */
  const readings = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = -1; i < blocks; ++i) {
    for (const name of i % 2 ? [...names].reverse() : names) {
      const reading = await read(name);
      if (i >= 0) readings[name]?.push(reading);
    }
  }
  return readings;
}

/** @param {Tabs} tabs @param {number} blocks @param {number} events */
async function measure(tabs, blocks, events) {
  const { page } = tabs;
  /** @type {Readings[]} */
  const measured = [];
  let filled = 0;
  for (const { waiting, inTask, ways } of cases) {
    if (waiting > filled) await inPage(page, 'fill', waiting - filled);
    filled = waiting;
    for (const way of ways) await inPage(page, 'check', way);
    measured.push(
      await takeTurns(ways, blocks, (way) => readBlock(tabs, events, () => inPage(page, 'block', way, events, inTask))),
    );
  }
  return measured;
}

/** @param {Tabs} tabs @param {number} blocks @param {number} count */
async function measureQuestions(tabs, blocks, count) {
  const { page } = tabs;
  await inPage(page, 'holdLock');
  return takeTurns(await inPage(page, 'questions'), blocks, (name) =>
    readBlock(tabs, count, () => inPage(page, 'ask', name, count)),
  );
}

/**
 * @param {import('./browsers.mjs').Field} field
 * @param {{ blocks: number, events: number }} plan
 * @returns {Promise<Round>}
 */
export const measureCosts = ({ browser, origin }, { blocks, events }) =>
  withProfile((profile) =>
    withBrowser(browser, profile, async (context) => {
      const other = await openPage(context, origin);
      await inPage(other, 'touch');
      const page = await openPage(context, origin);
      await inPage(page, 'openOnce');
      const tabs = { page, pid: await processOf(profile, page), otherPid: await processOf(profile, other) };
      const questions = await measureQuestions(tabs, blocks, events);
      return { questions, cases: await measure(tabs, blocks, events) };
    }),
  );
