// Both ways to use libpiste from CMake: installed, then moved, and found; and as a subdirectory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { readHeader } from '../../wasm/exports.mjs';
import { headerPath } from '../abi/header.mjs';
import { librarySymbols } from '../abi/parity.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const consumer = fileURLToPath(new URL('cmake-consumer', import.meta.url));
const build = process.env.PISTE_BUILD ?? join(root, 'build');
const release = join(build, 'release');
const ledger =
  '{"accepted":0,"restored":0,"delivered":0,"pending":0,"rejected":{},"dropped":{},"stored":0,' +
  '"inFlight":0,"failures":0,"retryInMs":0}';

/** Runs a program; what it printed is in the error if it fails. */
/** @type {(program: string, ...given: string[]) => string} */
const run = (program, ...given) => execFileSync(program, given, { cwd: root, encoding: 'utf8', stdio: 'pipe' });

/** Every file under a folder, by its path from there. @param {string} folder */
const filesUnder = (folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

/** Builds the consumer and returns what its two programs print. */
/** @type {(folder: string, ...options: string[]) => string[]} */
function buildConsumer(folder, ...options) {
  run('cmake', '-S', consumer, '-B', folder, '-G', 'Ninja', '-D', 'CMAKE_BUILD_TYPE=Release', ...options);
  run('cmake', '--build', folder);
  return ['consumer_c', 'consumer_cpp'].map((name) => run(join(folder, name)).trim());
}

describe('libpiste for CMake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'piste-cmake-'));
  const prefix = join(folder, 'moved');
  before(() => {
    run('cmake', '--preset', 'release', '-B', release);
    run('cmake', '--build', release, '--target', 'piste', 'piste_static');
    run('cmake', '--install', release, '--prefix', join(folder, 'installed'));
    // Whoever packs it installs it elsewhere than it will be used.
    renameSync(join(folder, 'installed'), prefix);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('what is installed is the libraries, the two headers and the package', () => {
    const names = filesUnder(prefix).map((path) => path.split('/').at(-1) ?? '');
    for (const name of ['libpiste.so', 'libpiste.a', 'piste.h', 'piste-config.cmake', 'piste-config-version.cmake']) {
      assert.ok(names.includes(name), `${name} in ${names.join(' ')}`);
    }
    assert.deepEqual(names.filter((name) => name.endsWith('.h')).sort(), ['piste.h', 'values.h']);
  });

  test('a project finds the package, links it both ways, and runs', () => {
    const printed = buildConsumer(join(folder, 'found'), '-D', `CMAKE_PREFIX_PATH=${prefix}`);
    assert.deepEqual(printed, [`abi 2, ${ledger}`, `abi 2, ${ledger}`]);
  });

  test('a version that is not there is not found', () => {
    const options = ['-D', `CMAKE_PREFIX_PATH=${prefix}`];
    const later = () =>
      run('cmake', '-S', join(consumer, 'later'), '-B', join(folder, 'later'), '-G', 'Ninja', ...options);
    assert.throws(later, /compatible\s+with requested version "99"/);
  });

  test('a project takes the sources as a subdirectory, builds nothing but the libraries, and runs', () => {
    const within = join(folder, 'within');
    const printed = buildConsumer(within, '-D', `PISTE_SOURCE=${root}`);
    assert.deepEqual(printed, [`abi 2, ${ledger}`, `abi 2, ${ledger}`]);
    run('cmake', '--install', within, '--prefix', join(folder, 'nothing'));
    assert.ok(!existsSync(join(folder, 'nothing')), 'a project that uses Piste installs it');
  });

  test('the shipped library exports what the header declares, and nothing else', () => {
    const library = filesUnder(prefix).find((path) => path.endsWith('libpiste.so')) ?? '';
    const { shared, nativeOnly } = readHeader(headerPath);
    assert.deepEqual(librarySymbols(join(prefix, library)).sort(), [...shared, ...nativeOnly].sort());
  });
});
