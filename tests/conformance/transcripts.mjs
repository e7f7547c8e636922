// Case files, and what a runner prints of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./expectation.mjs').CaseFile} CaseFile */
/** @typedef {import('./runners.mjs').Runner} Runner */

const folder = fileURLToPath(new URL('cases/', import.meta.url));
const mostOutputBytes = 256 * 1024 * 1024;

/** All case files by their path. @returns {Map<string, CaseFile>} */
export function readCases() {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return new Map(names.map((name) => [`${folder}${name}`, JSON.parse(readFileSync(`${folder}${name}`, 'utf8'))]));
}

/**
 * The lines that a runner prints for one file, by the name of the case. Throws when the runner is not there or fails.
 * @type {(runner: Runner, path: string) => Map<string, string[]>}
 */
export function run(runner, path) {
  const missing = runner.needs.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Error(`${missing} is missing; it is built by: ${runner.build}`);
  const [program = '', ...given] = runner.command;
  const { status, stdout, stderr, error } = spawnSync(program, [...given, path], {
    encoding: 'utf8',
    maxBuffer: mostOutputBytes,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`the runner ${runner.name} ended with ${status} on ${path}:\n${stderr}`);
  return byCase(stdout.split('\n').slice(0, -1));
}

/** @param {string[]} lines @returns {Map<string, string[]>} */
function byCase(lines) {
  const found = new Map();
  for (const line of lines) {
    const { case: name } = JSON.parse(line);
    found.set(name, [...(found.get(name) ?? []), line]);
  }
  return found;
}
