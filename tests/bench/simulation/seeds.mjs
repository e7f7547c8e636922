// Runs a program of the simulation and reads the counts of its last line.
import { spawn } from 'node:child_process';
import { SIMULATION } from './programs.mjs';

/** By name: `seeds`, `events`, `violations`, and whatever else was counted. @typedef {Record<string, number>} Counts */

/** Longest that a program may take. */
const LIMIT_MS = 900_000;

/**
 * @param {string} program
 * @param {string[]} args
 * @param {boolean} [loud] whether broken invariants are shown
 * @returns {Promise<{ counts: Counts, lines: string[] }>}
 */
function execute(program, args, loud = true) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', loud ? 'inherit' : 'ignore'], timeout: LIMIT_MS });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const lines = text.trimEnd().split('\n');
      // 1: an invariant was broken, which the counts say.
      if (code === 0 || code === 1) resolve({ counts: JSON.parse(lines.pop() ?? ''), lines });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}

/** @param {string} program @param {string[]} args @param {boolean} [loud] */
export async function runSeeds(program, args, loud) {
  return (await execute(program, args, loud)).counts;
}

/** Runs one seed and prints what it did. @param {number} seed @param {boolean} traced */
export async function replay(seed, traced) {
  const { counts, lines } = await execute(SIMULATION, ['--seed', `${seed}`, ...(traced ? ['--trace'] : [])]);
  if (traced) console.log(lines.join('\n'));
  if (counts['violations']) process.exitCode = 1;
  return counts;
}
