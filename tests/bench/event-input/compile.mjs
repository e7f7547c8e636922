// Links the forms with the core's own objects, with the flags of wasm/CMakeLists.txt.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build.mjs';

const FEATURES = ['-mbulk-memory', '-msign-ext', '-mnontrapping-fptoint'];
const SMALL = ['-Oz', '-finline-functions'];
const OPTIMISER_FEATURES = ['bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'mutable-globals'];

/** Those that the wasm is linked of: built before. */
function coreObjects() {
  const folder = join(root, 'build/wasm/core');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const objects = names.filter((name) => name.endsWith('.o')).map((name) => join(folder, name));
  if (!objects.length) throw new Error('build/wasm/core holds no objects');
  return [...objects, join(root, 'build/wasm/wasm/CMakeFiles/piste_wasm.dir/runtime.c.o')];
}

/** Gives the bytes of the module. */
export function compileForms() {
  const here = join(root, 'tests/bench/event-input');
  const out = join(root, 'build/bench');
  mkdirSync(out, { recursive: true });
  const [linked, finished] = [join(out, 'event-input.linked.wasm'), join(out, 'event-input.wasm')];
  const args = [
    ...['-std=c++20', '-fno-exceptions', '-fno-rtti', '-flto', '-DNDEBUG', ...FEATURES, ...SMALL],
    ...[`-I${join(root, 'core/src')}`, `-I${join(root, 'core/include')}`],
    ...['--no-entry', '-fno-c++-static-destructors', '-sSTANDALONE_WASM', '-sMALLOC=none'],
    ...['-sALLOW_MEMORY_GROWTH=1'],
    ...[join(here, 'exports.cpp'), join(here, 'forms.cpp'), ...coreObjects(), '-o', linked],
  ];
  execFileSync('em++', args, { stdio: ['ignore', 2, 2] });
  const optimiser = join(root, 'node_modules/binaryen/bin/wasm-opt');
  const features = OPTIMISER_FEATURES.map((name) => `--enable-${name}`);
  execFileSync(process.execPath, [optimiser, ...features, '-Oz', '--converge', linked, '-o', finished], {
    stdio: ['ignore', 2, 2],
  });
  return readFileSync(finished);
}
