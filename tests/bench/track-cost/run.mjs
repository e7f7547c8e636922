// The benchmark `track-cost`: main-thread microseconds from the call until the event is stored, ours and the peer's.
import { bundle } from '../bundles.mjs';
import { launchChromium } from '../chromium.mjs';
import { CLOCK_TICK_US, servePages } from '../page-server.mjs';
import { peerConfigurations } from '../programs.mjs';
import { median, quantile, rounded, spread } from '../quantiles.mjs';
import { printTable } from '../table.mjs';
import { openBench, PAGE, PROGRAM } from './bench-page.mjs';
import { profile } from './profile.mjs';

/** @typedef {import('./harness.mjs').Plan} Plan */
/** @typedef {import('./harness.mjs').Times} Times */
/** One side of one case in one round. @typedef {{ p50: number, p99: number, call: number }} Figures */
/** @typedef {{ ours: Figures, peer: Figures }} CaseFigures */

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

/**
 * What is left when the cost of timing nothing is taken off.
 * @param {Times} times
 * @param {Times} nothing
 * @returns {Figures}
 */
function figuresOf(times, nothing) {
  const p50 = (/** @type {number[]} */ values) => median(values, CLOCK_TICK_US);
  const harness = p50(nothing.all);
  const whole = p50(times.all) - harness;
  if (!(whole > 0)) throw new Error(`an event cannot cost ${whole} µs: too few were timed`);
  return {
    p50: whole,
    p99: quantile(times.all, 0.99, CLOCK_TICK_US) - harness,
    call: p50(times.call) - p50(nothing.call),
  };
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
    /** @type {CaseFigures[]} */
    const cases = [];
    for (const plan of plans) {
      const { ours, peer, nothing } = await bench.evaluate((one, given) => one.measure(given), plan);
      if (!ours || !peer || !nothing) throw new Error('a side was not timed');
      cases.push({ ours: figuresOf(ours, nothing), peer: figuresOf(peer, nothing) });
    }
    return { payloads, cases };
  } finally {
    await browser.close();
  }
}

/** The medians of all rounds. @param {CaseFigures[]} rounds */
function summary(rounds) {
  const middle = (/** @type {(one: CaseFigures) => number} */ pick) => rounded(median(rounds.map(pick)));
  const ours = { p50: middle((one) => one.ours.p50), p99: middle((one) => one.ours.p99) };
  const peer = { p50: middle((one) => one.peer.p50), p99: middle((one) => one.peer.p99) };
  return {
    ours_us: ours,
    peer_us: peer,
    ratio_p50: rounded(ours.p50 / peer.p50, 3),
    call_us: { ours: middle((one) => one.ours.call), peer: middle((one) => one.peer.call) },
  };
}

/** @param {Plan} plan @param {CaseFigures[]} rounds */
function row(plan, rounds) {
  const { ours_us: ours, peer_us: peer, ratio_p50: ratio, call_us: call } = summary(rounds);
  const of = (/** @type {(one: CaseFigures) => number} */ pick, digits = 1) => spread(rounds.map(pick), digits);
  return [
    `${plan.kind}, ${plan.queue} waiting`,
    ours.p50.toFixed(1),
    of((one) => one.ours.p50),
    ours.p99.toFixed(1),
    peer.p50.toFixed(1),
    of((one) => one.peer.p50),
    peer.p99.toFixed(1),
    ratio.toFixed(3),
    of((one) => one.ours.p50 / one.peer.p50, 3),
    call.ours.toFixed(1),
    call.peer.toFixed(1),
  ];
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
    `µs per event until stored, median of ${rounds.length} browsers (least-greatest)`,
    ['', 'ours p50', '', 'p99', 'peer p50', '', 'p99', 'ratio', '', 'ours call', 'peer call'],
    plans.map((plan, i) => row(plan, byCase[i] ?? [])),
  );
  const [structured, selfDescribing, ...queued] = byCase.map(summary);
  const [queuedStructured, queuedSelfDescribing] = queued;
  return {
    structured,
    self_describing: selfDescribing,
    queue_500: { structured: queuedStructured, self_describing: queuedSelfDescribing },
  };
}
