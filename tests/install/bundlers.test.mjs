// The packed package in the bundlers that sites use, none of them configured: what they build runs in a browser, and
// what it tracks arrives.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite, createServer as createViteServer } from 'vite';
import webpack from 'webpack';
import { makeFolder, makeProject, pack, packageFolder } from './project.mjs';
import { openBrowser, openCollector, serve, visit } from './web.mjs';

/** @param {string} from */
const site = (from) => `import { createTracker } from '${from}';
const { searchParams } = new URL(location.href);
const tracker = createTracker({ collector: searchParams.get('collector'), appId: searchParams.get('app') });
tracker.trackPageView();
window.ledger = tracker.flush();
`;

const budget = JSON.parse(readFileSync(new URL('../../wasm/budget.json', import.meta.url), 'utf8'));

/** @param {string} script */
const html = (script) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>${script}`;

const files = {
  'src/index.js': site('piste'),
  'index.html': html('<script type="module" src="/src/index.js"></script>'),
  'src/by-another.js': site('@acme/analytics'),
  'src/wasm-file.js': `import { createTracker as create } from 'piste/wasm';
const createTracker = (options) => create({ ...options, wasm: '/piste.wasm' });
${site('').split('\n').slice(1).join('\n')}`,
};

/** A package of somebody's that uses ours. */
const analytics = {
  'package.json': JSON.stringify({
    name: '@acme/analytics',
    version: '1.0.0',
    type: 'module',
    exports: './index.js',
    dependencies: { piste: '0.1.0' },
  }),
  'index.js': "export { createTracker } from 'piste';\n",
};

// Bundlers choose the entry by it: Node's test runner sets it, and so does Vite for what comes after it in the process.
beforeEach(() => void delete process.env.NODE_ENV);

const target = makeFolder({ after });
const { tarball } = await pack(packageFolder, target);
const other = await pack(makeFolder({ after }, analytics), target);
const project = await makeProject({ after }, [tarball, other.tarball], files);
const [collector, browser, origin] = await Promise.all([
  openCollector({ after }),
  openBrowser({ after }),
  serve({ after }, project),
]);

/** The text in which the wasm travels. */
const wasmText = /"([^"]{5000,})"/.exec(readFileSync(join(packageFolder, 'dist/index.js'), 'utf8'))?.[1] ?? '';

/** What only the development entry says. */
const isDevelopment = (/** @type {string} */ code) => code.includes('A required field is empty');

/**
 * Expects one file in a folder of the project, of an entry with the wasm inside, and gives its name.
 * @param {string} folder
 */
function expectOneFile(folder, wanted = { development: false }) {
  const names = readdirSync(join(project, folder));
  assert.equal(names.length, 1, names.join(' '));
  const code = readFileSync(join(project, folder, names[0] ?? ''), 'utf8');
  assert.ok(wasmText.length > 10_000 && code.includes(wasmText), 'the wasm is inside, as it was');
  assert.equal(isDevelopment(code), wanted.development);
  return names[0] ?? '';
}

/** Writes the page that runs a script. @param {string} folder @param {string} attributes */
const writePage = (folder, attributes) =>
  writeFileSync(join(project, folder, 'index.html'), html(`<script ${attributes}></script>`));

/**
 * Opens a page; its page view has to arrive, and it may ask for nothing but its script and what is wanted besides.
 * @param {string} folder
 * @param {string[]} more
 */
async function expectDelivery(folder, ...more) {
  const query = new URLSearchParams({ collector: collector.url, app: folder });
  const { said, requests, stats } = await visit(browser, `${origin}/${folder}/index.html?${query}`);
  assert.deepEqual(said, []);
  assert.deepEqual([stats.engine, stats.accepted, stats.delivered], ['wasm', 1, 1]);
  const arrived = collector.store.events().filter(({ payload }) => payload.aid === folder);
  assert.deepEqual(
    arrived.map(({ verdict, payload }) => [verdict, payload.e, payload.page]),
    [['good', 'pv', 'Shop']],
  );
  const [page, script, ...rest] = requests.filter((request) => request.startsWith('GET'));
  assert.deepEqual([page, script?.endsWith('.js'), rest], [`GET /${folder}/index.html`, true, more]);
}

/** @param {string} entry @param {string} outdir @param {import('esbuild').BuildOptions} [options] */
const bundle = (entry, outdir, options) =>
  esbuild({ absWorkingDir: project, entryPoints: [entry], bundle: true, outdir, ...options });

test('esbuild: one file with the wasm inside', async () => {
  await bundle('src/index.js', 'esbuild');
  writePage('esbuild', `src="${expectOneFile('esbuild')}"`);
  await expectDelivery('esbuild');
});

test('esbuild for old browsers, minified, with another charset: the same', async () => {
  await bundle('src/index.js', 'esbuild-old', { minify: true, target: 'es2022', charset: 'utf8', format: 'esm' });
  writePage('esbuild-old', `type="module" src="${expectOneFile('esbuild-old')}"`);
  await expectDelivery('esbuild-old');
});

test('esbuild with the condition development: the entry that explains', async () => {
  await bundle('src/index.js', 'esbuild-development', { conditions: ['development'] });
  writePage('esbuild-development', `src="${expectOneFile('esbuild-development', { development: true })}"`);
  await expectDelivery('esbuild-development');
});

test('esbuild, through a package that uses ours: the same, wherever the package manager put ours', async () => {
  await bundle('src/by-another.js', 'esbuild-by-another');
  writePage('esbuild-by-another', `src="${expectOneFile('esbuild-by-another')}"`);
  await expectDelivery('esbuild-by-another');

  const nested = join(project, 'node_modules/@acme/analytics/node_modules');
  const [outside, inside] = [join(project, 'node_modules/piste'), join(nested, 'piste')];
  mkdirSync(nested);
  renameSync(outside, inside);
  try {
    await bundle('src/by-another.js', 'esbuild-nested');
    expectOneFile('esbuild-nested');
  } finally {
    renameSync(inside, outside);
  }
});

test('esbuild, of the entry piste/wasm: a small file, and the wasm as a file of its own', async () => {
  await bundle('src/wasm-file.js', 'esbuild-wasm-file', { minify: true });
  const code = readFileSync(join(project, 'esbuild-wasm-file/wasm-file.js'), 'utf8');
  // The program of the size benchmark is another one, of much the same length.
  assert.ok(!code.includes(wasmText) && code.length < budget.entries.wasm.min * 1.02, `${code.length} bytes`);
  copyFileSync(join(project, 'node_modules/piste/dist/piste.wasm'), join(project, 'piste.wasm'));
  writePage('esbuild-wasm-file', 'src="wasm-file.js"');
  await expectDelivery('esbuild-wasm-file', 'GET /piste.wasm');
});

test('Vite: one file with the wasm inside', async () => {
  await vite({ root: project, base: '/vite/', logLevel: 'error', build: { outDir: 'vite' } });
  expectOneFile('vite/assets');
  await expectDelivery('vite');
});

test("Vite's server for developers gives the entry that explains", async (t) => {
  const server = await createViteServer({ root: project, logLevel: 'error', server: { host: '127.0.0.1', port: 0 } });
  t.after(() => server.close());
  await server.listen();
  const query = new URLSearchParams({ collector: collector.url, app: 'vite-server' });
  const { said, stats } = await visit(browser, `${server.resolvedUrls?.local[0]}?${query}`);
  assert.deepEqual(
    said.filter((text) => !text.startsWith('[vite]')),
    [],
  );
  assert.equal(stats.delivered, 1);
  const [bundled = ''] = readdirSync(join(project, 'node_modules/.vite/deps')).filter((name) =>
    /^piste\.js$/.test(name),
  );
  assert.ok(isDevelopment(readFileSync(join(project, 'node_modules/.vite/deps', bundled), 'utf8')));
});

test('webpack: one file with the wasm inside', async () => {
  const output = { path: join(project, 'webpack') };
  const stats = await promisify(webpack)([{ context: project, mode: 'production', output }]);
  assert.equal(stats?.toString({ all: false, errors: true }), '');
  writePage('webpack', `src="${expectOneFile('webpack')}"`);
  await expectDelivery('webpack');
});

test('Rollup, which finds packages by its plugin: one file with the wasm inside', async () => {
  const built = await rollup({ input: join(project, 'src/index.js'), plugins: [nodeResolve()] });
  await built.write({ dir: join(project, 'rollup') });
  await built.close();
  writePage('rollup', `type="module" src="${expectOneFile('rollup')}"`);
  await expectDelivery('rollup');
});

test('what is imported and never used leaves nothing in a bundle', async () => {
  const stdin = {
    contents: "import { createTracker } from 'piste'; import * as wasm from 'piste/wasm';",
    resolveDir: project,
  };
  const { outputFiles } = await esbuild({ stdin, bundle: true, write: false, format: 'esm', minify: true });
  assert.equal(outputFiles[0]?.text.trim(), '');
});
