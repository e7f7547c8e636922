// A plugin of Snowplow's, as published, on the packed package: each bundler puts ours in the place of the three
// packages that plugins and their sites import, as the guide says.
import assert from 'node:assert/strict';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { makeFolder, makeProject, pack, packageFolder } from './project.mjs';
import { openBrowser, openCollector, serve, visit } from './web.mjs';

const alias = {
  '@snowplow/browser-tracker': 'piste/snowplow',
  '@snowplow/tracker-core': 'piste/snowplow-core',
  '@snowplow/browser-tracker-core': 'piste/snowplow-core',
};

const PLUGIN = '@snowplow/browser-plugin-link-click-tracking';

/** @param {string} script */
const html = (script) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>
  <a href="#skis" class="big">Skis</a>${script}`;

const files = {
  'src/index.js': `import { newTracker } from '@snowplow/browser-tracker';
import { enableLinkClickTracking, LinkClickTrackingPlugin } from '${PLUGIN}';
const { searchParams } = new URL(location.href);
window.ledger = new Promise((onRequestSuccess) => {
  const plugins = [LinkClickTrackingPlugin()];
  newTracker('sp', searchParams.get('collector'), { appId: searchParams.get('app'), plugins, onRequestSuccess });
});
enableLinkClickTracking();
document.querySelector('a').click();
`,
  'index.html': html('<script type="module" src="/src/index.js"></script>'),
};

// Node's test runner sets it, and bundlers choose by it.
beforeEach(() => void delete process.env.NODE_ENV);

const { tarball } = await pack(packageFolder, makeFolder({ after }));
const project = await makeProject({ after }, [tarball], files);
const published = fileURLToPath(new URL('../../node_modules/snowplow-plugin-link-click-tracking', import.meta.url));
cpSync(published, join(project, 'node_modules', PLUGIN), { recursive: true });
const [collector, browser, origin] = await Promise.all([
  openCollector({ after }),
  openBrowser({ after }),
  serve({ after }, project),
]);

/** @param {string} folder @param {string} [attributes] of the script, if the bundler has made no page */
async function expectClick(folder, attributes) {
  if (attributes) writeFileSync(join(project, folder, 'index.html'), html(`<script ${attributes}></script>`));
  const query = new URLSearchParams({ collector: collector.url, app: folder });
  const { said } = await visit(browser, `${origin}/${folder}/index.html?${query}`);
  assert.deepEqual(said, []);
  const arrived = collector.store.events().filter(({ payload }) => payload.aid === folder);
  assert.deepEqual(
    arrived.map(({ verdict, payload }) => [
      verdict,
      payload.e,
      JSON.parse(payload.ue_pr ?? '').data.data.elementClasses,
    ]),
    [['good', 'ue', ['big']]],
  );
}

test("none of Snowplow's own packages is there", () => {
  for (const name of Object.keys(alias)) assert.ok(!existsSync(join(project, 'node_modules', name)), name);
});

test('esbuild', async () => {
  const absWorkingDir = project;
  await esbuild({ absWorkingDir, entryPoints: ['src/index.js'], bundle: true, outdir: 'esbuild', alias });
  await expectClick('esbuild', 'src="index.js"');
});

test('Vite', async () => {
  const build = { outDir: 'vite' };
  await vite({ root: project, base: '/vite/', logLevel: 'error', build, resolve: { alias } });
  await expectClick('vite');
});

test('webpack', async () => {
  const output = { path: join(project, 'webpack') };
  const stats = await promisify(webpack)([{ context: project, mode: 'production', output, resolve: { alias } }]);
  assert.equal(stats?.toString({ all: false, errors: true }), '');
  await expectClick('webpack', 'defer src="main.js"');
});
