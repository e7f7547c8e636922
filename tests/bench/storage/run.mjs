// The benchmark `storage`: what a row costs the page in localStorage, in IndexedDB and in the mix of both; what asking
// costs a page that starts; and which rows are there after a kill or a page's end.
import { bundle } from '../bundles.mjs';
import { servePages } from '../page-server.mjs';
import { browserNames } from './browsers.mjs';
import { cases, measureCosts } from './costs.mjs';
import { costSummary, printCosts, printStarts, printSurvival, startSummary, survivalSummary } from './figures.mjs';
import { measureFirstStarts, measureStarts } from './start-costs.mjs';
import { measureSurvival } from './survival.mjs';

/** @typedef {import('./browsers.mjs').Field} Field */
/** @typedef {import('./costs.mjs').Round} Round */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  browser: { type: 'string', default: 'chromium' },
  parts: { type: 'string', default: 'costs,starts,survival' },
  rounds: { type: 'string', default: '3' },
  blocks: { type: 'string', default: '5' },
  events: { type: 'string', default: '50' },
  samples: { type: 'string', default: '3' },
  rows: { type: 'string', default: '1000' },
  delays: { type: 'string', default: '50,300,1000,3000' },
  kills: { type: 'string', default: '2' },
  series: { type: 'string', default: '20' },
  leaves: { type: 'string', default: '6' },
};

export const PROGRAM = `import './tests/bench/storage/page.mjs';`;

export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Basket - Shop</title></head>
<body><h1>Basket</h1><p>One jumper.</p><script src="/page.js"></script></body></html>`;
const OTHER_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><h1>Shop</h1>';

/** @typedef {Record<string, string | boolean | undefined>} Given */

/** @param {Given} given @param {string} name @param {number} least */
function numberOf(given, name, least) {
  const value = Number(given[name]);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} is a whole number from ${least} on`);
  return value;
}

/** @param {Given} given */
function planOf(given) {
  const browser = String(given['browser']);
  if (!browserNames.includes(browser)) throw new Error(`--browser is one of ${browserNames.join(', ')}`);
  const parts = String(given['parts']).split(',');
  const unknown = parts.find((name) => !(name in doers));
  if (unknown !== undefined) throw new Error(`--parts are of ${Object.keys(doers).join(', ')}, not "${unknown}"`);
  const delays = String(given['delays']).split(',').map(Number);
  if (!delays.every((ms) => ms >= 0)) throw new Error('--delays are milliseconds, as 50,300');
  const number = (/** @type {string} */ name, least = 1) => numberOf(given, name, least);
  return {
    browser,
    parts,
    rounds: number('rounds'),
    costs: { blocks: number('blocks'), events: number('events') },
    start: { rows: number('rows'), samples: number('samples') },
    survival: { delays, kills: number('kills', 0), series: number('series'), leaves: number('leaves', 0) },
  };
}

/** @typedef {ReturnType<typeof planOf>} Plan */

/** Of each case in its rounds. @param {Round[]} rounds */
const casesOf = (rounds) => cases.map((one, i) => ({ ...one, rounds: rounds.map((round) => round.cases[i] ?? {}) }));

/** @param {Round[]} rounds */
function printRounds(rounds) {
  const what = `µs, median of all in ${rounds.length} browsers (least-greatest of the browsers' medians)`;
  for (const { waiting, inTask, rounds: readings } of casesOf(rounds)) {
    printCosts(`${inTask} in a task, ${waiting} others waiting: per event, ${what}`, readings);
  }
  printCosts(
    `what a page may ask: ${what}`,
    rounds.map(({ questions }) => questions),
  );
}

/** @param {Round[]} rounds */
function summaryOf(rounds) {
  const all = casesOf(rounds).map(({ waiting, inTask, rounds: readings }) => [
    `waiting_${waiting}_task_of_${inTask}`,
    costSummary(readings),
  ]);
  return { per_event: Object.fromEntries(all), questions: costSummary(rounds.map(({ questions }) => questions)) };
}

/** Each part prints its tables, and gives what stands in the JSON under its name. @type {Record<string, (field: Field,
 * plan: Plan) => Promise<object>>} */
const doers = {
  async costs(field, plan) {
    /** @type {Round[]} */
    const rounds = [];
    for (let i = 0; i < plan.rounds; ++i) {
      rounds.push(await measureCosts(field, plan.costs));
      console.log(`round ${i + 1} of ${plan.rounds} done`);
    }
    printRounds(rounds);
    return summaryOf(rounds);
  },
  async starts(field, { start: { rows, samples } }) {
    const tabs = await measureStarts(field, rows, samples);
    printStarts(`a new tab, ${rows} rows in each storage, ms, median of ${samples} (least-greatest)`, tabs);
    const browsers = await measureFirstStarts(field, rows, samples);
    printStarts('the first tab of a browser, the same', browsers);
    return { new_tab: startSummary(tabs), new_browser: startSummary(browsers) };
  },
  async survival(field, plan) {
    const survival = await measureSurvival(field, plan.survival);
    printSurvival(survival);
    return survivalSummary(survival);
  },
};

/** @param {Given} given */
export async function run(given) {
  const plan = planOf(given);
  const { text } = await bundle(PROGRAM);
  const server = await servePages({ '/page.html': PAGE, '/other.html': OTHER_PAGE, '/page.js': text });
  try {
    const field = { browser: plan.browser, origin: server.origin };
    /** @type {Record<string, unknown>} */
    const found = { browser: plan.browser };
    for (const name of plan.parts) found[name] = await doers[name]?.(field, plan);
    return found;
  } finally {
    server.close();
  }
}
