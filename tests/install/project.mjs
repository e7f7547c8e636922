// A project of somebody else's: an empty folder far from the checkout, where packed packages are installed offline.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** @typedef {import('node:test').TestContext | { after: typeof import('node:test').after }} Owner */

export const packageFolder = fileURLToPath(new URL('../../js', import.meta.url));

const run = promisify(execFile);

/** Of this run, nothing may reach the project: neither the test runner's settings nor a loader. */
const environment = () => {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, NODE_ENV: _env, ...rest } = process.env;
  return rest;
};

/** Writes files below `folder`. @param {string} folder @param {Record<string, string>} files */
function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A folder that goes when its owner ends. @param {Owner} owner @param {Record<string, string>} [files] */
export function makeFolder(owner, files = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'piste-install-'));
  owner.after(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

/**
 * Packs the package in a folder, as `npm publish` would.
 * @param {string} folder
 * @param {string} target
 */
export async function pack(folder, target) {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', target], {
    cwd: folder,
    env: environment(),
  });
  const [packed] = JSON.parse(stdout);
  return { tarball: join(target, packed.filename), ...packed };
}

/**
 * A project with these packages and files.
 * @param {Owner} owner
 * @param {string[]} tarballs
 * @param {Record<string, string>} files
 */
export async function makeProject(owner, tarballs, files) {
  const folder = makeFolder(owner, { 'package.json': '{ "private": true }', ...files });
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], {
    cwd: folder,
    env: environment(),
  });
  return folder;
}

/**
 * Runs a program of a project with Node until it ends by itself. Fails if it does not within ten seconds.
 * @param {string} folder
 * @param {string[]} args
 */
export async function runNode(folder, ...args) {
  const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, env: environment(), timeout: 10_000 });
  return { stdout, stderr };
}
