// Builds the package's dist/ out of js/src and build/wasm/piste.wasm: entries, types, and the wasm as a file.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { wasmExports } from '../../wasm/exports.mjs';
import { embed } from './embed.mjs';
import { ownNames } from './own-names.mjs';
import { renameExports, shortNames } from './short-names.mjs';

const js = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(js, '..');
const dist = join(js, 'dist');
const wasmFile = join(root, 'build/wasm/piste.wasm');
if (!existsSync(wasmFile)) throw new Error('build/wasm/piste.wasm is missing: run tests/all.sh build-wasm first');

const names = shortNames(wasmExports(join(root, 'core/include/piste/piste.h')));
mkdirSync(join(js, 'generated'), { recursive: true });
/** The wasm of each entry that carries one. */
for (const [module, flavour] of [
  ['wasm-lean', 'piste-lean'],
  ['wasm-full', 'piste'],
  ['wasm-face', 'piste-face'],
]) {
  const wasm = readFileSync(join(root, `build/wasm/${flavour}.wasm.embedded.wasm`));
  const embedded = JSON.stringify(embed(renameExports(wasm, names)));
  writeFileSync(
    join(js, `generated/${module}.ts`),
    `// Written by js/build/build.mjs.\nexport const WASM = ${embedded};\n`,
  );
}

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'ascii',
  minify: true,
  legalComments: 'none',
  absWorkingDir: js,
  logLevel: 'warning',
};
const own = ownNames(join(js, 'src'));
const mangled = { mangleProps: new RegExp(`^(piste_\\w+|malloc|free|${own.join('|')})$`), mangleCache: names };
const mangledOwn = { mangleProps: new RegExp(`^(${own.join('|')})$`) };

rmSync(dist, { recursive: true, force: true });
await build({ ...common, ...mangled, entryPoints: ['src/index.ts'], outfile: 'dist/index.js' });
await build({ ...common, ...mangled, entryPoints: ['src/full.ts'], outfile: 'dist/full.js' });
await build({ ...common, ...mangled, entryPoints: ['src/index-dev.ts'], outfile: 'dist/index.dev.js', minify: false });
await build({ ...common, ...mangled, entryPoints: ['src/full-dev.ts'], outfile: 'dist/full.dev.js', minify: false });
await build({ ...common, ...mangledOwn, entryPoints: ['src/wasm.ts'], outfile: 'dist/wasm.js' });
await build({ ...common, ...mangled, entryPoints: ['src/snowplow/index.ts'], outfile: 'dist/snowplow/index.js' });
const tag = { entryPoints: ['src/snowplow/tag/index.ts'], outfile: 'dist/sp.js' };
await build({ ...common, ...mangled, ...tag, format: 'iife' });
await build({ ...common, entryPoints: ['src/health.ts'], outfile: 'dist/health.js' });
await build({ ...common, entryPoints: ['src/page-views.ts'], outfile: 'dist/page-views.js' });
// With its blanks it keeps the marks by which a bundler knows which of its functions nobody uses.
const shaken = { minify: false, minifySyntax: true, minifyIdentifiers: true };
await build({ ...common, ...shaken, entryPoints: ['src/events.ts'], outfile: 'dist/events.js' });
await build({ ...common, ...shaken, entryPoints: ['src/consent.ts'], outfile: 'dist/consent.js' });
// It finds the trackers of the one that the site has: of a second one it would find none.
const trackers = { filter: /^\.\.\/snowplow\/index\.ts$/ };
/** @type {import('esbuild').Plugin} */
const oneTracker = {
  name: 'one tracker',
  setup: (core) => core.onResolve(trackers, () => ({ path: '../snowplow/index.js', external: true })),
};
const core = { entryPoints: ['src/snowplow-core/index.ts'], outfile: 'dist/snowplow-core/index.js' };
await build({ ...common, ...shaken, ...core, plugins: [oneTracker] });
copyFileSync(wasmFile, join(dist, 'piste.wasm'));
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const types = join(root, 'build/js-types');
execFileSync(process.execPath, [tsc, '-p', join(js, 'tsconfig.types.json'), '--outDir', types], { stdio: 'inherit' });
// Only what the entries show. The names of modules as they are in dist/.
const shown = [
  'index',
  'full',
  'wasm',
  'health',
  'events',
  'event-makers',
  'consent',
  'page-views',
  'types',
  'version',
];
shown.push('full/features', 'full/types');
const snowplow = ['index', 'shared-state', 'types'];
const snowplowTypes = ['emitter', 'events', 'plugin-api', 'tracker', 'tracker-core'];
/** @param {string} folder */
const modulesIn = (folder) =>
  readdirSync(join(js, 'src', folder)).map((file) => `${folder}/${file.replace(/\.ts$/, '')}`);
const inner = [
  'consent/added',
  'consent/decisions',
  'consent/keeper',
  'consent/purposes',
  'consent/rules',
  'consent/traces',
];
shown.push(
  ...modulesIn('consent').filter((name) => !inner.includes(name)),
  ...snowplow.map((name) => `snowplow/${name}`),
  ...snowplowTypes.map((name) => `snowplow/${name}/types`),
  ...modulesIn('snowplow-core'),
  'ports/plugin-storage',
);
for (const name of shown) {
  const declarations = readFileSync(join(types, `src/${name}.d.ts`), 'utf8');
  mkdirSync(dirname(join(dist, name)), { recursive: true });
  writeFileSync(join(dist, `${name}.d.ts`), declarations.replace(/\.ts(?=';|"\))/g, '.js'));
}
