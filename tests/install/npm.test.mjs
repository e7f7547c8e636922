// The packed npm package, installed offline in an empty project: what is in it, and that servers and compilers take it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { formatMessage } from 'publint/utils';
import { publint } from 'publint';
import { compile, resolutions } from '../types/compile.ts';
import { makeFolder, makeProject, pack, packageFolder, runNode } from './project.mjs';

const contents = [
  'LICENSE',
  'README.md',
  'dist/consent.d.ts',
  'dist/consent.js',
  'dist/consent/banner.d.ts',
  'dist/consent/create.d.ts',
  'dist/consent/entity.d.ts',
  'dist/consent/events.d.ts',
  'dist/consent/google.d.ts',
  'dist/consent/signals.d.ts',
  'dist/consent/tc-string.d.ts',
  'dist/consent/tcf.d.ts',
  'dist/consent/types.d.ts',
  'dist/event-makers.d.ts',
  'dist/events.d.ts',
  'dist/events.js',
  'dist/full.d.ts',
  'dist/full.dev.js',
  'dist/full.js',
  'dist/full/features.d.ts',
  'dist/full/types.d.ts',
  'dist/health.d.ts',
  'dist/health.js',
  'dist/index.d.ts',
  'dist/index.dev.js',
  'dist/index.js',
  'dist/page-views.d.ts',
  'dist/page-views.js',
  'dist/piste.wasm',
  'dist/ports/plugin-storage.d.ts',
  'dist/snowplow-core/addresses.d.ts',
  'dist/snowplow-core/elements.d.ts',
  'dist/snowplow-core/entities.d.ts',
  'dist/snowplow-core/flat-events.d.ts',
  'dist/snowplow-core/index.d.ts',
  'dist/snowplow-core/index.js',
  'dist/snowplow-core/json.d.ts',
  'dist/snowplow-core/kinds.d.ts',
  'dist/snowplow-core/log.d.ts',
  'dist/snowplow-core/self-describing-events.d.ts',
  'dist/snowplow-core/trackers.d.ts',
  'dist/snowplow/emitter/types.d.ts',
  'dist/snowplow/events/types.d.ts',
  'dist/snowplow/index.d.ts',
  'dist/snowplow/index.js',
  'dist/snowplow/plugin-api/types.d.ts',
  'dist/snowplow/shared-state.d.ts',
  'dist/snowplow/tracker-core/types.d.ts',
  'dist/snowplow/tracker/types.d.ts',
  'dist/snowplow/types.d.ts',
  'dist/sp.js',
  'dist/types.d.ts',
  'dist/version.d.ts',
  'dist/wasm.d.ts',
  'dist/wasm.js',
  'package.json',
];

/** What a server that renders pages does, by accident or not; prints the ledger. */
const server = `
const options = { collector: process.argv[2], pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } };
const tracker = createTracker(options);
tracker.trackPageView();
tracker.trackStructured({ category: 'cart', action: 'add' });
tracker.setUserId('ann');
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
tracker.flush().then((stats) => {
  tracker.close();
  console.log(JSON.stringify({ version, timers, stats }));
});
`;

const files = {
  'server.mjs': `import { createTracker, version } from 'piste';${server}`,
  'server.cjs': `const { createTracker, version } = require('piste');${server}`,
  'full-entry.mjs': "import { createTracker, version } from 'piste/full';" + server,
  'wasm-entry.mjs': "import { createTracker, version } from 'piste/wasm';" + server,
  'site.mts': `import { createTracker, type Stats } from 'piste';
import { createTracker as createFull } from 'piste/full';
import { createTracker as createWithFile } from 'piste/wasm';
import { buildLinkClick, dispatchToTrackers, type BrowserPlugin } from 'piste/snowplow-core';
const tracker = createTracker({ collector: 'https://collector.example' });
tracker.trackPageView();
dispatchToTrackers(undefined, ({ core }) => core.track(buildLinkClick({ targetUrl: '/' })));
export const plugin: BrowserPlugin = { filter: () => true };
export const stats: Promise<Stats> = tracker.flush();
export const other = createWithFile({ collector: '', wasm: '/piste.wasm' });
export const full = createFull({ collector: '', identity: 'cookie', sessionEntity: true });
`,
};

const packed = await pack(packageFolder, makeFolder({ after }));
const project = await makeProject({ after }, [packed.tarball], files);

/** Runs a server of the project with the URL of a collector, which nobody may ask. @param {string[]} args */
async function runServer(...args) {
  let requests = 0;
  const collector = createServer(() => (requests += 1)).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (collector.address());
  try {
    const { stdout, stderr } = await runNode(project, ...args, `http://127.0.0.1:${address.port}`);
    return { requests, stderr, ...JSON.parse(stdout) };
  } finally {
    collector.close();
  }
}

/** Nothing happened but counting. @param {any} result */
function expectNoHarm({ requests, stderr, version, timers, stats }) {
  assert.deepEqual({ requests, stderr, timers }, { requests: 0, stderr: '', timers: [] });
  assert.equal(version, packed.version);
  assert.deepEqual([stats.engine, stats.accepted, stats.delivered], ['none', 2, 0]);
}

test('the package holds what it needs and nothing else', (t) => {
  assert.deepEqual(packed.files.map((/** @type {{ path: string }} */ { path }) => path).sort(), contents);
  t.diagnostic(`packed ${packed.size} bytes, unpacked ${packed.unpackedSize} bytes`);
  // Two development entries among them, as they were written.
  assert.ok(packed.size < 275_000, `${packed.size} bytes`);
});

test('it brings no dependencies and no scripts that run when it is installed', () => {
  const installed = JSON.parse(readFileSync(join(project, 'node_modules/piste/package.json'), 'utf8'));
  assert.equal(installed.dependencies, undefined);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.equal(installed.scripts?.[script], undefined);
  }
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  assert.deepEqual(Object.keys(lock.packages), ['', 'node_modules/piste']);
});

test('its licence is that of the project', () => {
  const read = (/** @type {string} */ path) => readFileSync(path, 'utf8');
  assert.equal(read(join(project, 'node_modules/piste/LICENSE')), read(join(packageFolder, '../LICENSE')));
});

test('publint finds nothing', async () => {
  const tarball = new Uint8Array(readFileSync(packed.tarball)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg ?? {}, { color: false })),
    [],
  );
});

test('a server can import it: it counts, says nothing, asks nobody, and lets the process end', async () => {
  expectNoHarm(await runServer('server.mjs'));
  expectNoHarm(await runServer('full-entry.mjs'));
  expectNoHarm(await runServer('wasm-entry.mjs'));
});

test('so does a server that wants the development entry', async () => {
  expectNoHarm(await runServer('--conditions=development', 'server.mjs'));
  expectNoHarm(await runServer('--conditions=development', 'full-entry.mjs'));
});

test('a server can require it where Node can (from 20.19, 22.12); before, the error says what to do', async () => {
  if (/** @type {any} */ (process.features).require_module) expectNoHarm(await runServer('server.cjs'));
  else await assert.rejects(runServer('server.cjs'), /ERR_REQUIRE_ESM/);
});

test('the wasm is a file that tools find, and what is not an entry is not found', async () => {
  const find = "console.log(import.meta.resolve(process.argv[1]).split('/node_modules/')[1])";
  const resolve = (/** @type {string} */ name) => runNode(project, '--input-type=module', '-e', find, name);
  assert.equal((await resolve('piste/piste.wasm')).stdout, 'piste/dist/piste.wasm\n');
  assert.equal((await resolve('piste/package.json')).stdout, 'piste/package.json\n');
  assert.equal((await resolve('piste/sp.js')).stdout, 'piste/dist/sp.js\n');
  assert.ok(WebAssembly.validate(readFileSync(join(project, 'node_modules/piste/dist/piste.wasm'))));
  await assert.rejects(resolve('piste/dist/index.js'), /ERR_PACKAGE_PATH_NOT_EXPORTED/);
});

for (const [name, options] of Object.entries(resolutions)) {
  test(`a site in TypeScript finds the types: ${name}`, () => {
    assert.deepEqual(compile([join(project, 'site.mts')], options), []);
  });
}
