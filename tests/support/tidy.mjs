// Runs clang-tidy over the sources of core/ and native/ and remembers what passed: a source is read again only when it,
// a header of ours, its command or .clang-tidy has changed. Needs the preset "tidy" to be configured.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const build = join(root, 'build/tidy');
const record = join(build, 'passed.json');

/** @typedef {{ directory: string, file: string, command: string }} Entry */

/** @param {string} folder @returns {string[]} */
function headers(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:h|hpp)$/.test(path))
    .map((path) => join(root, folder, path))
    .sort();
}

/** @param {string[]} parts */
function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** @returns {Record<string, string>} */
function passedBefore() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} file @returns {Promise<string>} What clang-tidy found; empty if nothing. */
function findings(file) {
  return new Promise((done) => {
    execFile('clang-tidy-14', ['--quiet', '-p', build, file], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      done(error ? `${stdout}${stderr}` : stdout);
    });
  });
}

/** @type {Entry[]} */
const commands = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'));
const ours = commands.filter(({ file }) => /^(?:core|native)\//.test(relative(root, file)));
if (ours.length === 0) throw new Error('build/tidy/compile_commands.json names no source of core/ or native/');

const shared = [join(root, '.clang-tidy'), ...headers('core'), ...headers('native')].map((path) =>
  readFileSync(path, 'utf8'),
);
const passed = passedBefore();
const digests = new Map(
  ours.map(({ file, command }) => [file, digest([...shared, readFileSync(file, 'utf8'), command])]),
);
const queue = [...digests.keys()].filter((file) => passed[file] !== digests.get(file));
console.log(`clang-tidy: ${queue.length} of ${digests.size} sources to read`);

let done = 0;
const total = queue.length;
async function work() {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const found = await findings(file);
    console.log(`[${++done}/${total}] ${relative(root, file)}${found === '' ? '' : `\n${found}`}`);
    if (found === '') passed[file] = digests.get(file) ?? '';
    else process.exitCode = 1;
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
writeFileSync(record, JSON.stringify(passed, null, 1));
