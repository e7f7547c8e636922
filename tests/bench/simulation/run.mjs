// The benchmark `simulation`: runs seeds of tests/simulation on all cores, then the mutants that it must catch. Fails
// when an invariant was broken or a mutant was not caught. With --seed it replays one seed, with --trace readably.
import { availableParallelism } from 'node:os';
import { printTable } from '../table.mjs';
import { buildSimulation, listMutants, SIMULATION } from './programs.mjs';
import { replay, runSeeds } from './seeds.mjs';

/** @typedef {import('./seeds.mjs').Counts} Counts */
/** @typedef {import('./programs.mjs').Mutant} Mutant */
/** @typedef {{ mutant: Mutant, seeds: number, caught: boolean }} Trial */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  seeds: { type: 'string', default: '10000' },
  'first-seed': { type: 'string', default: '1' },
  seed: { type: 'string' },
  trace: { type: 'boolean' },
};

export const build = buildSimulation;

/** Seeds in which a mutant must be caught. Most are caught in the first. */
const MUTANT_SEEDS = 600;

/** @param {string} name @param {unknown} value */
function wholeNumber(name, value) {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} wants a whole number above 0`);
  return number;
}

/** Adds up the counts of several processes. @param {Counts[]} parts @returns {Counts} */
function sum(parts) {
  /** @type {Counts} */
  const total = {};
  for (const [name, count] of parts.flatMap((part) => Object.entries(part))) total[name] = (total[name] ?? 0) + count;
  return total;
}

/** Every so many-th seed in each of some processes. @param {number} first @param {number} count */
async function runAll(first, count) {
  const processes = Math.min(availableParallelism(), count);
  const shares = Array.from({ length: processes }, (_, i) =>
    runSeeds(SIMULATION, [...['--first-seed', `${first + i}`, '--step', `${processes}`, '--seeds', `${count - i}`]]),
  );
  return sum(await Promise.all(shares));
}

/** As many mutants at a time as there are cores. @param {Mutant[]} mutants */
async function tryMutants(mutants) {
  /** @type {Trial[]} */
  const trials = [];
  const left = [...mutants];
  const worker = async () => {
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const args = [...mutant.args, '--until-caught', '--seeds', `${MUTANT_SEEDS}`];
      const counts = await runSeeds(mutant.program, args, false);
      trials.push({ mutant, seeds: counts['seeds'] ?? 0, caught: (counts['violations'] ?? 0) > 0 });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return trials.sort((a, b) => a.mutant.name.localeCompare(b.mutant.name));
}

/** @param {Counts} counts */
function printCounts(counts) {
  const rows = (/** @type {string} */ start) =>
    Object.entries(counts)
      .filter(([name]) => name.startsWith(start))
      .map(([name, count]) => /** @type {[string, number]} */ ([name.slice(start.length), count]));
  const get = (/** @type {string} */ name) => counts[name] ?? 0;
  printTable(
    'events',
    ['ended as', 'events'],
    [
      ...[
        'delivered',
        'rejected',
        'invalid',
        'too_large',
        'queue_full',
        'closed',
        'evicted',
        'expired',
        'unreadable',
      ].map((name) => /** @type {[string, number]} */ ([name, get(name)])),
      ...rows('gone: ').map(([name, count]) => /** @type {[string, number]} */ ([`gone, explained: ${name}`, count])),
    ],
  );
  printTable(
    `requests: ${get('requests').toLocaleString('en-US')}, of these while the collector was down`,
    ['kind', 'requests'],
    rows('down: '),
  );
}

/** @param {Trial[]} trials */
function printTrials(trials) {
  const rows = trials.map(({ mutant, seeds, caught }) => [mutant.name, caught ? seeds : 'NOT CAUGHT']);
  printTable(
    'mutants',
    ['what it does wrong', 'caught after seeds'],
    /** @type {[string, string | number][]} */ (rows),
  );
}

/** @param {Record<string, string | boolean | undefined>} values */
export async function run(values) {
  if (values['seed'] !== undefined) return replay(wholeNumber('seed', values['seed']), values['trace'] === true);
  const seeds = wholeNumber('seeds', values['seeds']);
  const counts = await runAll(wholeNumber('first-seed', values['first-seed']), seeds);
  const trials = await tryMutants(listMutants());
  const get = (/** @type {string} */ name) => counts[name] ?? 0;
  const caught = trials.filter((trial) => trial.caught).length;
  printCounts(counts);
  printTrials(trials);
  if (get('violations') > 0 || get('lost') > 0 || get('unexplained_duplicates') > 0 || caught < trials.length) {
    process.exitCode = 1;
  }
  return {
    seeds: get('seeds'),
    events: get('events'),
    crashes: get('crashes'),
    lost: get('lost'),
    duplicates: get('duplicates'),
    unexplained_duplicates: get('unexplained_duplicates'),
    violations: get('violations'),
    mutants: trials.length,
    mutants_caught: caught,
  };
}
