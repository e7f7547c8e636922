// Where the time of an event goes: a sampling profile of many events, by function.
import { readableBundle } from '../bundles.mjs';
import { launchChromium } from '../chromium.mjs';
import { servePages } from '../page-server.mjs';
import { printTable } from '../table.mjs';
import { openBench, PAGE, PROGRAM } from './bench-page.mjs';

/** @typedef {import('@playwright/test').CDPSession} Session */
/** @typedef {Awaited<ReturnType<typeof openBench>>['bench']} Bench */
/** @typedef {import('./harness.mjs').Kind} Kind */

const SAMPLE_US = 50;
const SEGMENTS = 30;
const MOST_ROWS = 22;
/** Side by its place, its name, and events in a row: the peer slows down as its queue grows. */
const SIDES = /** @type {const} */ ([
  [0, 'ours', 400],
  [1, 'peer', 20],
]);

/** @param {{ callFrame: { functionName: string, url: string } }} node */
function nameOf({ callFrame: { functionName, url } }) {
  if (url.startsWith('wasm:')) return `wasm (all of the core)`;
  return `${functionName || '(no name)'}${url ? '' : ' [browser]'}`;
}

/**
 * @param {Session} session
 * @param {() => Promise<unknown>} task
 * @param {Map<string, number>} samples counts by function
 */
async function sample(session, task, samples) {
  await session.send('Profiler.start');
  await task();
  const { profile } = await session.send('Profiler.stop');
  for (const node of profile.nodes) {
    const name = nameOf(node);
    samples.set(name, (samples.get(name) ?? 0) + (node.hitCount ?? 0));
  }
}

/** @param {Session} session @param {Bench} bench @param {Kind} kind @param {number} side @param {number} count */
async function profileSide(session, bench, kind, side, count) {
  const samples = new Map();
  const given = { side, kind, count };
  for (let i = -2; i < SEGMENTS; ++i) {
    const task = () => bench.evaluate((one, { side, kind, count }) => one.repeat(side, kind, count), given);
    await sample(session, task, i < 0 ? new Map() : samples);
    await bench.evaluate((one, place) => one.empty(place), side);
  }
  return samples;
}

/** @param {string} title @param {Map<string, number>} samples */
function printProfile(title, samples) {
  for (const outside of ['(idle) [browser]', '(program) [browser]', '(root) [browser]']) samples.delete(outside);
  const total = [...samples.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...samples].sort((a, b) => b[1] - a[1]).slice(0, MOST_ROWS);
  printTable(
    title,
    ['function', '% of samples'],
    rows.map(([name, count]) => [name, ((100 * count) / total).toFixed(1)]),
  );
}

/** Prints one table for each side and kind of event. @param {object} configuration */
export async function profile(configuration) {
  const server = await servePages({ '/page.html': PAGE, '/page.js': await readableBundle(PROGRAM) });
  const browser = await launchChromium();
  try {
    const { page, bench } = await openBench(browser, server.origin, configuration);
    const session = await page.context().newCDPSession(page);
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    for (const kind of /** @type {const} */ (['structured', 'selfDescribing'])) {
      for (const [side, name, count] of SIDES) {
        printProfile(`${kind}, ${name}: own time by function`, await profileSide(session, bench, kind, side, count));
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
}
