// The benchmark `track-cost`: main-thread microseconds from the call until the event is stored, ours and the peer's.
import { bundle } from '../bundles.mjs';
import { launchChromium } from '../chromium.mjs';
import { servePages } from '../page-server.mjs';
import { peerConfigurations } from '../programs.mjs';
import { printTable } from '../table.mjs';
import { openBench, PAGE, PROGRAM } from './bench-page.mjs';
import { HEAD, row, summary } from './figures.mjs';
import { profile } from './profile.mjs';

/** @typedef {import('./harness.mjs').Plan} Plan */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  rounds: { type: 'string', default: '3' },
  events: { type: 'string', default: '1500' },
  'queued-events': { type: 'string', default: '300' },
  peer: { type: 'string', default: 'lean' },
  profile: { type: 'boolean' },
};

/** @param {string} name @returns {object} */
function configurationOf(name) {
  const found = peerConfigurations[name];
  if (!found) throw new Error(`--peer is one of ${Object.keys(peerConfigurations).join(', ')}`);
  return found;
}

/** @param {Record<string, string | boolean | undefined>} options @returns {Plan[]} */
function plansOf(options) {
  const events = Number(options['events']);
  const queuedEvents = Number(options['queued-events']);
  const kinds = /** @type {const} */ (['structured', 'selfDescribing']);
  return [
    ...kinds.map((kind) => ({ kind, queue: 0, events, warmUp: Math.ceil(events / 3) })),
    ...kinds.map((kind) => ({ kind, queue: 500, events: queuedEvents, warmUp: Math.ceil(queuedEvents / 3) })),
  ];
}

/** A fresh browser, all cases. @param {string} origin @param {Plan[]} plans @param {object} configuration */
async function round(origin, plans, configuration) {
  const browser = await launchChromium();
  try {
    const { bench } = await openBench(browser, origin, configuration);
    const payloads = {
      structured: await bench.evaluate((one) => one.payloads('structured')),
      selfDescribing: await bench.evaluate((one) => one.payloads('selfDescribing')),
    };
    /** @type {import('./figures.mjs').Readings[]} */
    const cases = [];
    for (const plan of plans) {
      const { ours, peer, nothing } = await bench.evaluate((one, given) => one.measure(given), plan);
      if (!ours || !peer || !nothing) throw new Error('a side was not timed');
      cases.push({ ours, peer, nothing });
    }
    return { payloads, cases };
  } finally {
    await browser.close();
  }
}

/** @param {Awaited<ReturnType<typeof round>>['payloads']} payloads */
function printPayloads(payloads) {
  const rows = Object.entries(payloads).flatMap(([kind, sides]) =>
    Object.entries(sides).map(([side, payload]) => [
      `${kind}, ${side}`,
      JSON.stringify(payload).length,
      Object.keys(payload).sort().join(' '),
    ]),
  );
  printTable('what is stored and sent for one event', ['', 'bytes', 'keys'], rows);
  const isFair = new Set(rows.map(([, , keys], i) => `${i >> 1} ${keys}`)).size === Object.keys(payloads).length;
  if (!isFair) console.log('  NOT ALIKE: the sides store different keys, so the times below compare different jobs');
}

/** @param {Record<string, string | boolean | undefined>} options */
export async function run(options) {
  const configuration = configurationOf(String(options['peer']));
  if (options['profile']) await profile(configuration);
  const plans = plansOf(options);
  const { text } = await bundle(PROGRAM);
  const server = await servePages({ '/page.html': PAGE, '/page.js': text });
  /** @type {Awaited<ReturnType<typeof round>>[]} */
  const rounds = [];
  try {
    for (let i = 0; i < Number(options['rounds']); ++i) {
      rounds.push(await round(server.origin, plans, configuration));
      console.log(`round ${i + 1} of ${options['rounds']} done`);
    }
  } finally {
    server.close();
  }
  if (rounds[0]) printPayloads(rounds[0].payloads);
  const byCase = plans.map((_, i) => rounds.flatMap(({ cases }) => cases[i] ?? []));
  console.log(`\npeer: @snowplow/browser-tracker, ${options['peer']}`);
  printTable(
    `µs per event until stored, median of all in ${rounds.length} browsers (least-greatest of the browsers' medians)`,
    HEAD,
    plans.map((plan, i) => row(`${plan.kind}, ${plan.queue} waiting`, byCase[i] ?? [])),
  );
  const [structured, selfDescribing, ...queued] = byCase.map(summary);
  const [queuedStructured, queuedSelfDescribing] = queued;
  return {
    structured,
    self_describing: selfDescribing,
    queue_500: { structured: queuedStructured, self_describing: queuedSelfDescribing },
  };
}
