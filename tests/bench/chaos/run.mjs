// The benchmark `chaos`: tabs track in a real browser while the collector fails, tabs end, renderers and the browser
// are killed; at the end every event is looked for at the collector. Ours, then the peer, by the same script.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundles.mjs';
import { printTable } from '../table.mjs';
import { browserNamed } from './browsers.mjs';
import { startCollector } from './collector.mjs';
import { judge, STARTING_MS, YOUNG_MS } from './judge.mjs';
import { createRandom } from './random.mjs';
import { Records } from './records.mjs';
import { writeScript } from './script.mjs';
import { startSite } from './site.mjs';
import { Tabs } from './tabs.mjs';

/** @typedef {{ browser: import('./browsers.mjs').BrowserKind, tabs: number, events: number, paceMs: number,
 *   seed: number, spareBrowser: boolean, verbose: boolean }} Settings */
/** @typedef {typeof globalThis & { chaos: import('./pages/page.mjs').Chaos }} ChaosGlobals */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  browser: { type: 'string', default: 'chromium' },
  tabs: { type: 'string', default: '8' },
  events: { type: 'string', default: '200' },
  'pace-ms': { type: 'string', default: '300' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  // Without the deaths of the whole browser: what is lost then, no disk is to blame for.
  'spare-browser': { type: 'boolean' },
  verbose: { type: 'boolean' },
};

const SIDES = ['ours', 'peer'];
/** How long the last page may take until nothing waits any more, and how long nothing must, in ms. */
const LAST_PAGE_MS = 60_000;
const QUIET_MS = 2_000;
const LOOK_EVERY_MS = 250;
/** Without a further event for so long the run has failed, in ms. */
const STANDSTILL_MS = 60_000;

/** @param {number} ms */
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for so many events; fails if none come any more. @param {Records} records @param {number} count */
async function waitFor(records, count) {
  const reached = records.reached(count).then(() => true);
  for (;;) {
    const before = records.witnessed.size;
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const standstill = new Promise((resolve) => (timer = setTimeout(() => resolve(false), STANDSTILL_MS)));
    const done = await Promise.race([reached, standstill]);
    clearTimeout(timer);
    if (done) return;
    if (records.witnessed.size === before) throw new Error(`only ${before} of ${count} events were tracked`);
  }
}

/**
 * Runs the last page until nothing waits any more; the number of events that still do, or 0.
 * @param {import('@playwright/test').Page} page
 */
async function drain(page) {
  const end = performance.now() + LAST_PAGE_MS;
  let quietSince = performance.now();
  for (let turn = 0; ; ++turn) {
    const waiting = await page.evaluate(
      async (isTurn) => {
        const { chaos } = /** @type {ChaosGlobals} */ (globalThis);
        if (chaos.needsEvents && isTurn) chaos.track('');
        return chaos.waiting();
      },
      turn % 4 === 0,
    );
    const now = performance.now();
    if (waiting) quietSince = now;
    if (now - quietSince >= QUIET_MS || now > end) return waiting;
    await rest(LOOK_EVERY_MS);
  }
}

/**
 * Performs the script, then closes the tabs.
 * @param {Settings} settings
 * @param {Records} records
 * @param {{ tabs: Tabs, collector: Awaited<ReturnType<typeof startCollector>>, elsewhere: string }} world
 */
async function perform(settings, records, { tabs, collector, elsewhere }) {
  const random = createRandom(settings.seed);
  const all = Array.from({ length: settings.tabs }, (_, tab) => tab);
  const total = settings.tabs * settings.events;
  /** @type {Record<import('./script.mjs').Blow, (tab: number) => Promise<unknown>>} */
  const strike = {
    close: (tab) => tabs.closeAndOpen(tab),
    navigate: (tab) => tabs.navigate(tab),
    visit: (tab) => tabs.visit(tab, elsewhere),
    reload: (tab) => tabs.reload(tab),
    crash: (tab) => tabs.crash(tab),
    killRenderer: () => tabs.killRenderer(),
    killBrowser: () => tabs.killBrowser(),
  };
  await Promise.all(all.map((tab) => tabs.open(tab)));
  /** @type {import('./script.mjs').Blow[]} */
  const never = [];
  if (!settings.browser.canKillRenderers) never.push('crash', 'killRenderer');
  if (settings.spareBrowser) never.push('killBrowser');
  for (const step of writeScript(random, total).filter((one) => !('blow' in one && never.includes(one.blow)))) {
    await waitFor(records, step.at);
    const tab = random.below(settings.tabs);
    if (settings.verbose) console.log(`  ${(performance.now() / 1000).toFixed(1)} s  ${JSON.stringify(step)}`);
    if ('mode' in step) await collector.become(step.mode);
    else await strike[step.blow](tab);
  }
  await waitFor(records, total);
  for (const tab of random.shuffled(all)) await tabs.close(tab);
}

/** @param {Settings} settings @param {string} side @param {string} script */
async function runSide(settings, side, script) {
  const records = new Records();
  const collector = await startCollector(records, createRandom(settings.seed + 1));
  const site = await startSite(records, { [side]: script }, (tab, page) => ({
    page,
    events: tab < settings.tabs ? Math.max(0, settings.events - records.countOf(tab)) : 0,
    seed: settings.seed + records.pages.size,
    paceMs: settings.paceMs,
    collector: collector.origin,
  }));
  const profile = await mkdtemp(join(tmpdir(), 'piste-chaos-'));
  const address = (/** @type {number} */ tab) => `${site.origin}/${side}.html?tab=${tab}`;
  const tabs = new Tabs(settings.browser, profile, records, address, createRandom(settings.seed + 2));
  try {
    await tabs.start();
    await perform(settings, records, { tabs, collector, elsewhere: site.elsewhere });
    const last = await tabs.open(settings.tabs);
    const waiting = await drain(last);
    return { verdict: judge(records), waiting, requests: collector.counts, records };
  } finally {
    await tabs.stop();
    await collector.close();
    site.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} side @param {Awaited<ReturnType<typeof runSide>>} result @param {boolean} verbose */
function printSide(side, { verdict, waiting, requests, records }, verbose) {
  const { duplicates_by_cause: causes, lost_by_ending: endings, lostLabels, unexplainedLabels, ...counts } = verdict;
  const more = [
    ...Object.entries(endings).map(([how, count]) => [`lost: ${how}`, count]),
    ...Object.entries(causes).map(([why, count]) => [`sent again: ${why}`, count]),
    ...[...records.told].map(([what, count]) => [`told by the tracker: ${what}`, count]),
    ...Object.entries(requests).map(([what, count]) => [`requests ${what}`, count]),
    ['still waiting at the end', waiting],
  ];
  printTable(side, ['', 'count'], /** @type {[string, number][]} */ ([...Object.entries(counts), ...more]));
  if (!verbose) return;
  for (const label of [...lostLabels, ...unexplainedLabels]) {
    const seen = { label, ...records.witnessed.get(label), deliveries: records.deliveries.get(label) };
    console.log(`  ${JSON.stringify({ ...seen, life: records.pages.get(label.split('-')[0] ?? '') })}`);
  }
}

/** @param {string | boolean | undefined} given @param {string} name */
function wholeNumber(given, name) {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number of at least 1`);
  return value;
}

/** @param {Record<string, string | boolean | undefined>} options */
export async function run({ browser, only, verbose, ...given }) {
  if (only !== undefined && !SIDES.includes(String(only))) throw new Error(`--only is one of ${SIDES.join(', ')}`);
  const settings = {
    browser: browserNamed(String(browser)),
    tabs: wholeNumber(given['tabs'], 'tabs'),
    events: wholeNumber(given['events'], 'events'),
    paceMs: wholeNumber(given['pace-ms'], 'pace-ms'),
    seed: wholeNumber(given['seed'], 'seed'),
    spareBrowser: given['spare-browser'] === true,
    verbose: verbose === true,
  };
  console.log(
    `${settings.browser.name}, ${settings.tabs} tabs with ${settings.events} events each, seed ${settings.seed}; ` +
      `young: tracked less than ${YOUNG_MS} ms before the browser was killed, or by a page whose renderer was killed ` +
      `in its first ${STARTING_MS} ms; not counted as accepted`,
  );
  /** @type {Record<string, object>} */
  const result = {};
  for (const side of SIDES) {
    if (only !== undefined && side !== only) continue;
    const { text } = await bundle(`import './tests/bench/chaos/pages/${side}.mjs';`);
    const one = await runSide(settings, side, text);
    printSide(side, one, settings.verbose);
    const { lostLabels: _lost, unexplainedLabels: _unexplained, ...figures } = one.verdict;
    result[side] = figures;
  }
  return { browser: settings.browser.name, seed: settings.seed, ...result };
}
