// The programs of the simulation: builds them in build/simulation, and says which mutants there are.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build.mjs';

/** @typedef {{ name: string, program: string, args: string[] }} Mutant */

const folder = join(root, 'build/simulation');
const programs = join(folder, 'tests/simulation');

export const SIMULATION = join(programs, 'piste_simulation');

/** @param {...string} args */
function cmake(...args) {
  // What a build says belongs to people; standard output ends in JSON.
  execFileSync('cmake', args, { cwd: root, stdio: ['ignore', 2, 2] });
}

/** Optimised and without sanitizers: the tests of the preset "dev" run it with them. */
export function buildSimulation() {
  cmake('-S', '.', '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release', '-DPISTE_SIMULATION_MUTANTS=ON');
  cmake('--build', folder, '--target', 'piste_simulation', 'simulation_mutants');
}

/** Broken cores, and hosts that are broken by a switch. @returns {Mutant[]} */
export function listMutants() {
  const cores = readFileSync(join(programs, 'mutants.txt'), 'utf8').trim().split('\n');
  const hosts = execFileSync(SIMULATION, ['--list-host-faults'], { encoding: 'utf8' }).trim().split('\n');
  return [
    ...cores.map((name) => ({ name: `core ${name}`, program: join(programs, `mutant_${name}`), args: [] })),
    ...hosts.map((name) => ({ name: `host ${name}`, program: SIMULATION, args: ['--host-fault', name] })),
  ];
}
