// The benchmark `start`: from the script's first statement to the return of the first trackPageView, and to the arrival
// of the first event at a collector; each time in a browser that has seen nothing yet.
import { bundle } from '../bundles.mjs';
import { launchChromium } from '../chromium.mjs';
import { servePages } from '../page-server.mjs';
import { oursProgram, peerConfigurations, snowplowProgram } from '../programs.mjs';
import { median, rounded, spread } from '../quantiles.mjs';
import { printTable } from '../table.mjs';
import { startCollector } from './collector.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {Awaited<ReturnType<typeof startCollector>>} Collector */
/** What the bundles leave on the page. @typedef {{ benchStart: number, benchEnd: number }} Marks */
/** @typedef {{ initMs: number, firstEventMs: number }} Sample */
/** @typedef {Record<'ours' | 'peer', Sample[]>} Samples */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  samples: { type: 'string', default: '15' },
  peer: { type: 'string', default: 'lean' },
};

const ARRIVAL_LIMIT_MS = 10_000;

const around = { banner: 'globalThis.benchStart=performance.now();', footer: 'globalThis.benchEnd=performance.now();' };

/** A page that loads one bundle as sites do: a script tag at the end of the body. @param {string} side */
const pageOf = (side) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body><h1>Shop</h1><p>Jumpers.</p><script src="/${side}.js"></script></body></html>`;

/** @param {Collector} collector @param {object} configuration */
async function serve(collector, configuration) {
  const ours = await bundle(oursProgram('piste', collector.origin), around);
  const peer = await bundle(snowplowProgram(collector.origin, configuration), around);
  return servePages({
    '/ours.html': pageOf('ours'),
    '/ours.js': ours.text,
    '/peer.html': pageOf('peer'),
    '/peer.js': peer.text,
  });
}

/** @param {Promise<number>} arrival @returns {Promise<number>} */
function inTime(arrival) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no event arrived')), ARRIVAL_LIMIT_MS);
    arrival.then((ms) => {
      clearTimeout(timer);
      resolve(ms);
    }, reject);
  });
}

/** One page in a context of its own. @param {Browser} browser @param {string} url @param {Collector} collector */
async function sample(browser, url, collector) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const arrival = inTime(collector.arrival());
    await page.goto(url);
    const arrivedAt = await arrival;
    const { origin, start, end, isolated } = await page.evaluate(() => {
      const marks = /** @type {typeof globalThis & Marks} */ (globalThis);
      return {
        origin: performance.timeOrigin,
        start: marks.benchStart,
        end: marks.benchEnd,
        isolated: crossOriginIsolated,
      };
    });
    if (!isolated) throw new Error('the page is not isolated: its clock is too coarse');
    return { initMs: end - start, firstEventMs: arrivedAt - (origin + start) };
  } finally {
    await context.close();
  }
}

/**
 * Alternates between the sides; every other time the peer goes first.
 * @param {number} count
 * @param {(side: 'ours' | 'peer') => Promise<Sample>} take
 */
async function alternate(count, take) {
  /** @type {Samples} */
  const samples = { ours: [], peer: [] };
  for (let i = 0; i < count; ++i) {
    const order = /** @type {('ours' | 'peer')[]} */ (i % 2 ? ['peer', 'ours'] : ['ours', 'peer']);
    for (const side of order) samples[side].push(await take(side));
  }
  return samples;
}

/**
 * Fresh contexts of one browser.
 * @param {number} count
 * @param {(browser: Browser, side: string) => Promise<Sample>} take
 */
async function inOneBrowser(count, take) {
  const browser = await launchChromium();
  try {
    // The browser's own first page is nobody's.
    await (await browser.newContext()).newPage();
    return await alternate(count, (side) => take(browser, side));
  } finally {
    await browser.close();
  }
}

/**
 * Each sample in a browser of its own.
 * @param {number} count
 * @param {(browser: Browser, side: string) => Promise<Sample>} take
 */
const inFreshBrowsers = (count, take) =>
  alternate(count, async (side) => {
    const browser = await launchChromium();
    try {
      return await take(browser, side);
    } finally {
      await browser.close();
    }
  });

/** @param {Samples} samples */
function summary({ ours, peer }) {
  const middle = (/** @type {Sample[]} */ side, /** @type {keyof Sample} */ what) =>
    rounded(median(side.map((one) => one[what])));
  const result = { ours_ms: { p50: middle(ours, 'initMs') }, peer_ms: { p50: middle(peer, 'initMs') } };
  return {
    ...result,
    ratio_p50: rounded(result.ours_ms.p50 / result.peer_ms.p50, 3),
    first_event_ms: { ours: middle(ours, 'firstEventMs'), peer: middle(peer, 'firstEventMs') },
  };
}

/** @param {string} title @param {Samples} samples @param {string} peer */
function print(title, samples, peer) {
  const { ours_ms: ours, peer_ms: peers, ratio_p50: ratio, first_event_ms: first } = summary(samples);
  const of = (/** @type {Sample[]} */ side, /** @type {keyof Sample} */ what) => spread(side.map((one) => one[what]));
  printTable(
    `${title}, ms, median of ${samples.ours.length} (least-greatest); peer: @snowplow/browser-tracker, ${peer}`,
    ['', 'ours', '', 'peer', '', 'ratio'],
    [
      [
        'until trackPageView returned',
        ours.p50,
        of(samples.ours, 'initMs'),
        peers.p50,
        of(samples.peer, 'initMs'),
        ratio,
      ],
      [
        'until the first event arrived',
        first.ours,
        of(samples.ours, 'firstEventMs'),
        first.peer,
        of(samples.peer, 'firstEventMs'),
        rounded(first.ours / first.peer, 3),
      ],
    ],
  );
}

/** @param {Record<string, string | boolean | undefined>} options */
export async function run({ samples, peer }) {
  const count = Number(samples);
  const configuration = peerConfigurations[String(peer)];
  if (!configuration) throw new Error(`--peer is one of ${Object.keys(peerConfigurations).join(', ')}`);
  const collector = await startCollector();
  const server = await serve(collector, configuration);
  try {
    const take = (/** @type {Browser} */ browser, /** @type {string} */ side) =>
      sample(browser, `${server.origin}/${side}.html`, collector);
    const fresh = await inFreshBrowsers(count, take);
    print('a browser of its own', fresh, String(peer));
    const contexts = await inOneBrowser(count, take);
    print('a fresh context of a running browser', contexts, String(peer));
    return summary(contexts);
  } finally {
    server.close();
    collector.close();
  }
}
