// Drives the site as visitors would, in headless Chromium, and tells what arrived and whether that is right.
import { setTimeout as sleep } from 'node:timers/promises';
import { newVisitor, startBrowser } from './browser.mjs';
import { compare } from './compare.mjs';
import { expectedEvents } from './expected.mjs';
import { STEPS, Visits } from './journey.mjs';
import { eventTable } from './table.mjs';

/** @typedef {ReturnType<typeof import('@piste/example-collector').createCollector>} Collector */

/** How long events may take until they arrive. */
const PATIENCE_MS = 30_000;
/** How long to wait for events that should not come. */
const SETTLE_MS = 1000;

/** Waits until so many events are there, or too long. @param {Collector} collector @param {number} count */
async function arrived(collector, count) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(50)) {
    if (collector.store.events().length >= count) return;
  }
}

/** @param {Collector} collector @param {string} site @param {Visits} visits @param {AbortSignal} signal */
async function travel(collector, site, visits, signal) {
  const browser = await startBrowser();
  // Whatever the visitor is doing then fails, and the journey ends.
  signal.addEventListener('abort', () => void browser.close());
  try {
    /** @param {boolean} [hasSignal] */
    const newPage = async (hasSignal) => (await newVisitor(browser, hasSignal)).newPage();
    /** @type {import('./journey.mjs').Journey} */
    const journey = {
      page: await newPage(),
      site,
      visits,
      arrived: (count) => arrived(collector, count),
      newVisitor: newPage,
    };
    for (const [what, act] of STEPS) {
      console.log(`  · ${what}`);
      await act(journey);
    }
    const certain = expectedEvents(site, visits).filter(({ optional }) => !optional).length;
    await arrived(collector, certain);
    await sleep(SETTLE_MS);
  } finally {
    await browser.close();
  }
}

/** @param {import('./expected.mjs').Expected[]} expected @param {import('./describe.mjs').StoredEvent[]} events */
function report(expected, events) {
  const { faults, again } = compare(expected, events);
  console.log(`\nArrived at the collector:\n\n${eventTable(events)}\n`);
  const certain = expected.filter(({ optional }) => !optional).length;
  if (faults.length === 0) {
    console.log(`All ${certain} expected events arrived, good, and nothing else.`);
    const why = 'the page was left before the answer was there, so they were sent again under the same id';
    if (again > 0) console.log(`${again} of them came more than once: ${why}.`);
  } else {
    console.log(`${certain} events were expected, ${events.length} arrived, and this is not right:\n`);
    for (const { kind, text } of faults) console.log(`  ${kind.padEnd(10)}  ${text}`);
  }
  return faults.length === 0;
}

/**
 * @param {Collector} collector
 * @param {string} site
 * @param {AbortSignal} signal Ends it early.
 * @returns {Promise<boolean>} Whether exactly the right events arrived.
 */
export async function drive(collector, site, signal) {
  console.log('\nVisitors in headless Chromium');
  const visits = new Visits();
  let isThrough = false;
  try {
    await travel(collector, site, visits, signal);
    isThrough = true;
  } catch (error) {
    if (signal.aborted) return false;
    console.error(`\nA visitor got stuck: ${error instanceof Error ? error.message : error}`);
  }
  return report(expectedEvents(site, visits), collector.store.events()) && isThrough;
}
