// Builds what a benchmark measures, if it is older than its sources: piste.wasm, then the package around it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const wasmFile = join(root, 'build/wasm/piste.wasm');
/** The same with the names of its functions. */
export const namedWasmFile = `${wasmFile}.named.wasm`;

/** @param {string} program @param {string[]} args */
function execute(program, ...args) {
  // What a build says belongs to people; standard output ends in JSON.
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] });
}

/** The latest change under `path`, in ms; 0 if there is nothing. @param {string} path @returns {number} */
function changedAt(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

/** Builds the wasm and `js/dist`. */
export function buildPackage() {
  if (!existsSync(join(root, 'build/wasm/build.ninja'))) execute('emcmake', 'cmake', '--preset', 'wasm');
  execute('cmake', '--build', '--preset', 'wasm');
  const sources = ['js/src', 'js/build', 'js/package.json'].map((path) => changedAt(join(root, path)));
  if (Math.max(changedAt(wasmFile), ...sources) > changedAt(join(root, 'js/dist/index.js'))) {
    execute('npm', 'run', '--silent', 'build', '-w', 'js');
  }
}
