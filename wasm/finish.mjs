// Turns the linked module into the shipped one: only our exports stay, and binaryen (in the version that package.json
// pins) optimises what is left. Fails if the result imports anything.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wasmExports } from './exports.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [linked = '', finished = '', flavour] = process.argv.slice(2);
const header = join(root, 'core/include/piste/piste.h');

// Not --detect-features: emcc 3.1.6 writes an incomplete list of them.
const features = [
  'bulk-memory',
  'sign-ext',
  'nontrapping-float-to-int',
  'mutable-globals',
  'multivalue',
  'reference-types',
];
const featureFlags = features.map((name) => `--enable-${name}`);

/** Runs one of binaryen's tools. @param {string} tool @param {string[]} args */
function binaryen(tool, ...args) {
  const program = join(root, 'node_modules/binaryen/bin', tool);
  execFileSync(process.execPath, [program, ...featureFlags, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// Twice, with the control flow rebuilt in between: 70 bytes less when compressed. Nobody uses the first 1,024 bytes of
// memory, which is another 40, and alignments are no more than hints, 30.
const optimise = [
  '--low-memory-unused',
  '-Oz',
  '--converge',
  '--flatten',
  '--rereloop',
  '-Oz',
  '--converge',
  '-Oz',
  '--dealign',
];
const stripped = ['--strip-producers', '--strip-debug', '--strip-target-features'];
const exported = wasmExports(header, flavour === 'lean');

/** Makes a module of what `names` reach. @param {string} made @param {string[]} names @param {string[]} options */
function finish(made, names, options) {
  const graph = `${made}.graph.json`;
  const reduced = `${made}.reduced.wasm`;
  const roots = names.map((name) => ({ name: `export ${name}`, export: name }));
  writeFileSync(
    graph,
    JSON.stringify([{ name: 'host', root: true, reaches: roots.map(({ name }) => name) }, ...roots]),
  );
  binaryen('wasm-metadce', '-g', `--graph-file=${graph}`, linked, '-o', reduced);
  binaryen('wasm-opt', ...optimise, ...options, reduced, '-o', made);
}

finish(finished, exported, stripped);
// A copy with function names, for the size benchmark's breakdown.
finish(`${finished}.named.wasm`, exported, ['-g']);
// The copy inside the default entry: a page ends its tracker by forgetting the instance.
finish(
  `${finished}.embedded.wasm`,
  exported.filter((name) => name !== 'piste_destroy'),
  stripped,
);

const module = new WebAssembly.Module(readFileSync(finished));
const imports = WebAssembly.Module.imports(module);
const names = WebAssembly.Module.exports(module).map((entry) => entry.name);
const missing = exported.filter((name) => !names.includes(name));
if (imports.length > 0 || missing.length > 0) {
  throw new Error(`piste.wasm: imports ${JSON.stringify(imports)}, missing exports ${JSON.stringify(missing)}`);
}
