// The benchmark `exit`: how many of the events tracked right before a page is left arrive at once, and how many after
// the next load of a page with the same tracker. Copies of an event are counted too.
import { median, rounded } from '../quantiles.mjs';
import { printTable } from '../table.mjs';
import { Arrivals } from './arrivals.mjs';
import { browsers, isInstalled } from './browsers.mjs';
import { exits, visibility } from './exits.mjs';
import { startField } from './field.mjs';
import { peerConfigurations, siteFiles } from './page.mjs';

/** @typedef {'same' | 'cross'} Origin */
/** @typedef {'ours' | 'peer'} Side */
/** Percentages. @typedef {{ at_once: number, after_next_load: number, duplicates: number }} Sample */
/** @typedef {{ exit: string, origin: Origin, events: number, samples: Record<Side, Sample[]> }} Cell */
/** @typedef {import('./browsers.mjs').Browser} Browser */
/** @typedef {Awaited<ReturnType<typeof startField>>} Field */
/** Where samples are taken. @typedef {{ browser: Browser, field: Field, arrivals: Arrivals }} Place */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  samples: { type: 'string', default: '3' },
  browser: { type: 'string', default: Object.keys(browsers).join(',') },
  exits: { type: 'string', default: Object.keys(exits).join(',') },
  origins: { type: 'string', default: 'same,cross' },
  events: { type: 'string', default: '1,50,500' },
  peer: { type: 'string', default: 'default' },
  lanes: { type: 'string', default: '3' },
};

/** How long none of a sample's events may arrive until no more is waited for, in ms. A hidden page has its timers once
 * a second. */
const QUIET_MS = 1500;
/** Longest wait for what must come, in ms. */
const LIMIT_MS = 20_000;

/** Items between commas. @param {unknown} list @param {readonly string[]} known @param {string} option */
function listed(list, known, option) {
  const items = String(list).split(',');
  const wrong = items.find((item) => !known.includes(item));
  if (wrong !== undefined) throw new Error(`--${option}: ${JSON.stringify(wrong)} is none of ${known.join(', ')}`);
  return items;
}

/** A whole number of at least 1. @param {unknown} text @param {string} option */
function count(text, option) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${option} takes whole numbers from 1 on`);
  return value;
}

/**
 * One page's life and the load after it, in a storage of its own.
 * @param {Place} place
 * @param {string} sample
 * @param {Side} side
 * @param {Cell} cell
 * @returns {Promise<Sample>}
 */
async function takeSample({ browser, field, arrivals }, sample, side, { exit, origin, events }) {
  const way = exits[exit];
  if (!way) throw new Error(`there is no exit ${exit}`);
  const visit = await browser.visit();
  const url = field.page(sample, side, origin);
  const page = await visit.openWindow();
  const holdScript = () => field.gate.close(sample);
  const giveScript = () => field.gate.open(sample);
  const scene = { visit, page, url, elsewhere: field.elsewhere, events, holdScript, giveScript };

  await page.goto(url);
  await arrivals.pageViews(sample, 1);
  if ((await visibility(page)) !== 'visible') throw new Error('the page was never seen');
  await way.leave(scene);
  await arrivals.allOrQuiet(sample, events);
  const atOnce = arrivals.count(sample);
  await way.comeBack(scene);
  await arrivals.pageViews(sample, 2);
  await arrivals.quiet(sample);
  const after = arrivals.count(sample);
  await visit.end();

  if (after.events > events) throw new Error(`${after.events} event ids for ${events} events`);
  const percent = (/** @type {number} */ part) => rounded((100 * part) / events, 1);
  return {
    at_once: percent(atOnce.events),
    after_next_load: percent(after.events),
    duplicates: percent(after.duplicates),
  };
}

/**
 * Takes all samples, `lanes` at a time; the sides take turns, and every other time the peer goes first.
 * @param {Place} place
 * @param {Cell[]} cells
 * @param {number} samples
 * @param {number} lanes
 */
async function takeAll(place, cells, samples, lanes) {
  /** @type {{ cell: Cell, side: Side }[]} */
  const jobs = [];
  for (let round = 0; round < samples; ++round) {
    for (const cell of cells) {
      const sides = /** @type {Side[]} */ (round % 2 ? ['peer', 'ours'] : ['ours', 'peer']);
      for (const side of sides) jobs.push({ cell, side });
    }
  }
  let next = 0;
  async function lane() {
    for (let job; (job = jobs[next++]) !== undefined;) {
      const { cell, side } = job;
      try {
        cell.samples[side].push(await takeSample(place, `s${next}`, side, cell));
      } catch (cause) {
        next = jobs.length;
        const where = `${side}, ${cell.exit}, ${cell.origin} origin, ${cell.events} events`;
        throw new Error(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** @param {Sample[]} samples @param {keyof Sample} figure */
function summary(samples, figure) {
  const values = samples.map((one) => one[figure]);
  return { median: median(values), least: Math.min(...values), greatest: Math.max(...values) };
}

/** The median; with the least and the greatest where they differ. @param {ReturnType<typeof summary>} of */
const written = ({ median: middle, least, greatest }) =>
  least === greatest ? `${middle}` : `${middle} (${least}-${greatest})`;

/** @param {Sample[]} samples */
function figures(samples) {
  const [atOnce, after, duplicates] = [
    summary(samples, 'at_once'),
    summary(samples, 'after_next_load'),
    summary(samples, 'duplicates'),
  ];
  return {
    at_once: atOnce.median,
    after_next_load: after.median,
    duplicates: duplicates.median,
    at_once_range: [atOnce.least, atOnce.greatest],
    after_next_load_range: [after.least, after.greatest],
    duplicates_range: [duplicates.least, duplicates.greatest],
  };
}

/** @param {string} title @param {Cell[]} cells */
function print(title, cells) {
  const of = (/** @type {Sample[]} */ samples) => [
    written(summary(samples, 'at_once')),
    written(summary(samples, 'after_next_load')),
    written(summary(samples, 'duplicates')),
  ];
  printTable(
    title,
    ['exit', 'origin', 'events', 'ours: at once', 'next load', 'twice', 'peer: at once', 'next load', 'twice'],
    cells.map(({ exit, origin, events, samples: { ours, peer } }) => [exit, origin, events, ...of(ours), ...of(peer)]),
  );
}

/** @param {string} name of the browser @param {Cell[]} cells @param {object} configuration @param {number[]} numbers */
async function measure(name, cells, configuration, [samples = 1, lanes = 1]) {
  const arrivals = new Arrivals({ quietMs: QUIET_MS, limitMs: LIMIT_MS });
  const field = await startField(arrivals, await siteFiles(configuration));
  try {
    const browser = await browsers[name]?.open();
    if (!browser) throw new Error(`there is no browser ${name}`);
    try {
      await takeAll({ browser, field, arrivals }, cells, samples, lanes);
      return browser.version;
    } finally {
      await browser.close();
    }
  } finally {
    field.close();
  }
}

/** @param {Record<string, string | boolean | undefined>} given */
export async function run(given) {
  const names = listed(given['browser'], Object.keys(browsers), 'browser');
  const ways = listed(given['exits'], Object.keys(exits), 'exits');
  const origins = /** @type {Origin[]} */ (listed(given['origins'], ['same', 'cross'], 'origins'));
  const [peer = ''] = listed(given['peer'], Object.keys(peerConfigurations), 'peer');
  const sizes = String(given['events'])
    .split(',')
    .map((text) => count(text, 'events'));
  const numbers = [count(given['samples'], 'samples'), count(given['lanes'], 'lanes')];

  for (const way of ways) console.log(`${way}: ${exits[way]?.what}`);
  console.log(`Waits end when nothing has arrived for ${QUIET_MS} ms; a wait of ${LIMIT_MS} ms is an error.`);
  const result = [];
  for (const name of names) {
    if (!isInstalled(name)) {
      console.log(`\n${name}: left out, it is not installed`);
      continue;
    }
    const possible = ways.filter((way) => !browsers[name]?.cannot.includes(way));
    /** @type {Cell[]} */
    const cells = possible.flatMap((exit) =>
      origins.flatMap((origin) => sizes.map((events) => ({ exit, origin, events, samples: { ours: [], peer: [] } }))),
    );
    const version = await measure(name, cells, peerConfigurations[peer] ?? {}, numbers);
    const title = `${name} ${version}, % of the events, median of ${numbers[0]} (least-greatest)`;
    print(`${title}; peer: @snowplow/browser-tracker, ${peer}`, cells);
    for (const { exit, origin, events, samples } of cells) {
      const [ours, peers] = [figures(samples.ours), figures(samples.peer)];
      result.push({ browser: name, exit, origin, events, ours, peer: peers });
    }
  }
  return result;
}
