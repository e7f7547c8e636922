// The front door of the benchmarks: `npm run --silent bench -- NAME [options]`. Prints tables, and as its last line one
// JSON object.
import { parseArgs } from 'node:util';
import { buildPackage } from './build.mjs';

/**
 * @typedef {object} Benchmark
 * @property {import('node:util').ParseArgsConfig['options']} options what it takes, besides --no-build
 * @property {(options: Record<string, string | boolean | undefined>) => Promise<unknown>} run prints its tables, and
 *   gives the object that becomes the last line
 * @property {() => void} [build] builds what it measures; without, that is the package
 */

/** Name, what it measures, and where it is. @type {[string, string, () => Promise<Benchmark>][]} */
const benchmarks = [
  ['size', 'bytes of the wasm and of each entry, beside the peers', () => import('./size/size.mjs')],
  [
    'track-cost',
    'main-thread time of an event until it is stored, beside the peer',
    () => import('./track-cost/run.mjs'),
  ],
  ['start', 'script start to the first page view and to the first event sent', () => import('./start/run.mjs')],
  ['chaos', 'events lost and sent twice while tabs, browser and collector fail', () => import('./chaos/run.mjs')],
  [
    'storage',
    'what a row costs in each storage of the browser, and what survives there',
    () => import('./storage/run.mjs'),
  ],
  ['exit', 'events that arrive although their page is left right after them', () => import('./exit/run.mjs')],
  [
    'simulation',
    'events lost in thousands of simulated worlds, and mutants caught',
    () => import('./simulation/run.mjs'),
  ],
  ['consent', "what is written and sent without the visitor's consent", () => import('./consent/run.mjs')],
  ['event-input', 'forms in which an event can cross into the wasm', () => import('./event-input/run.mjs')],
];

const [name, ...rest] = process.argv.slice(2);
const found = benchmarks.find(([candidate]) => candidate === name);
if (!found) {
  const lines = benchmarks.map(([one, what]) => `  ${one.padEnd(12)} ${what}`);
  console.error(`usage: npm run --silent bench -- NAME [--no-build] [options]\n${lines.join('\n')}`);
  process.exit(2);
}

const { options, run, build = buildPackage } = await found[2]();
const { values } = parseArgs({ args: rest, options: { ...options, 'no-build': { type: 'boolean' } } });
if (!values['no-build']) build();
const started = Date.now();
const result = await run(/** @type {Record<string, string | boolean | undefined>} */ (values));
console.log(`\n${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(JSON.stringify(result));
