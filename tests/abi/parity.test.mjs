// One boundary on every side: piste.h, piste.wasm, libpiste.so and the TypeScript binding name and number the same.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { readHeader, wasmExports } from '../../wasm/exports.mjs';
import { headerPath, readConstants, readEnums } from './header.mjs';
import * as parity from './parity.mjs';

const build = process.env.PISTE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const library = `${build}/dev/native/libpiste.so`;
const wasmPath = `${build}/wasm/piste.wasm`;
const header = readHeader(headerPath);
const counts = parity.parameterCounts(readFileSync(headerPath, 'utf8'));

/** @param {string} path @param {string} preset */
function need(path, preset) {
  assert.ok(existsSync(path), `${path} is missing; it is built by: cmake --build --preset ${preset}`);
  return path;
}

const loadWasm = () => new WebAssembly.Module(readFileSync(need(wasmPath, 'wasm')));
const same = (/** @type {Iterable<string>} */ one, /** @type {Iterable<string>} */ other) =>
  assert.deepEqual([...one].sort(), [...other].sort());

test('the header declares functions, each once', () => {
  const names = [...header.shared, ...header.nativeOnly];
  assert.ok(header.shared.length >= 14, `${header.shared.length} functions`);
  assert.equal(new Set(names).size, names.length);
  same(Object.keys(counts), names);
});

test('piste.wasm exports what the header declares, with memory, malloc and free, and nothing else', () => {
  const exported = WebAssembly.Module.exports(loadWasm());
  same(
    exported.map(({ name }) => name),
    [...header.shared, 'memory', 'malloc', 'free'],
  );
  same(
    exported.map(({ name }) => name),
    wasmExports(headerPath),
  );
});

test('piste.wasm imports nothing', () => {
  assert.deepEqual(WebAssembly.Module.imports(loadWasm()), []);
});

test('the functions of piste.wasm take as many parameters as the header says', () => {
  const { exports } = new WebAssembly.Instance(loadWasm(), {});
  for (const name of header.shared) {
    const target = exports[name];
    assert.ok(typeof target === 'function', name);
    assert.equal(target.length, counts[name], name);
  }
});

test('libpiste.so exports what the header declares, and nothing else', () => {
  same(parity.librarySymbols(need(library, 'dev')), [...header.shared, ...header.nativeOnly]);
});

test('the TypeScript binding declares what the header declares, with as many parameters', () => {
  const methods = parity.interfaceMethods(parity.textOf('js/src/engine-wasm.ts'), 'WasmExports');
  const common = header.shared.filter((name) => !header.rare.includes(name));
  assert.deepEqual(methods, Object.fromEntries(common.map((name) => [name, counts[name]])));
  // What only the full wasm has is declared to be like another function, or to have parameters of its own.
  const declared = parity.interfaceMembers(parity.textOf('js/src/full/drafting-engine.ts'), 'RareExports');
  assert.deepEqual(Object.keys(declared), header.rare);
  for (const [name, like] of Object.entries(declared))
    assert.equal(counts[name], counts[/'(\w+)'/.exec(like)?.[1] ?? ''] ?? like.split(',').length, name);
});

test('the TypeScript binding uses no name that the header does not declare', () => {
  const known = [...header.shared, ...Object.keys(readEnums())];
  const used = parity.mentions(parity.textOf('js/src/engine-wasm.ts'));
  assert.deepEqual(
    used.filter((name) => !known.includes(name)),
    [],
  );
});

test('the enumerations in TypeScript are those of the header', () => {
  const mirrored = parity.typescriptEnums(parity.textOf('js/src/constants.ts'));
  assert.deepEqual(mirrored, parity.expectedEnums(readEnums()));
});

test('the constants in TypeScript are those of the header', () => {
  const constants = Object.entries(readConstants()).map(([name, value]) => [name.slice('PISTE_'.length), value]);
  assert.ok(constants.length >= 2);
  assert.deepEqual(parity.typescriptConstants(parity.textOf('js/src/constants.ts')), Object.fromEntries(constants));
});

test('enumerations begin with 0 and leave no gap; no value has two names', () => {
  for (const [type, values] of Object.entries(readEnums())) {
    const numbers = Object.values(values);
    assert.equal(new Set(numbers).size, numbers.length, type);
    // The bands of the statuses and the outcomes below 0 have gaps by design.
    if (type === 'piste_status' || type === 'piste_outcome') continue;
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i),
      type,
    );
  }
});

test('statuses stay in their bands, and leave no gap in them', () => {
  const numbers = Object.values(readEnums().piste_status ?? {});
  for (const number of numbers) {
    const first = Math.floor(number / 100) * 100;
    assert.ok([0, 100, 200, 300, 900].includes(first), String(number));
    assert.ok(number === first || numbers.includes(number - 1), `${number} leaves a gap`);
  }
  assert.deepEqual(Object.values(readEnums().piste_outcome ?? {}), [0, -1, -2]);
});

test('a name, a number or a parameter that differs is noticed', () => {
  const text = 'export interface WasmExports { piste_a(one: number, two: number): void; }';
  assert.deepEqual(parity.interfaceMethods(text, 'WasmExports'), { piste_a: 2 });
  assert.throws(() => parity.interfaceMethods(text, 'Other'));
  assert.deepEqual(parity.mentions('wasm.piste_b(); piste_a(); piste_b();'), ['piste_a', 'piste_b']);
  assert.deepEqual(parity.parameterCounts('PISTE_API int piste_a(void);\nPISTE_API char* piste_b(int x,\n int y);'), {
    piste_a: 0,
    piste_b: 2,
  });
  assert.deepEqual(parity.typescriptEnums('export const enum Key { AppId = 2, X = -1 }'), { Key: { AppId: 2, X: -1 } });
  assert.deepEqual(parity.expectedEnums({ piste_key: { PISTE_KEY_APP_ID: 2 } }), { Key: { AppId: 2 } });
  assert.throws(() => parity.expectedEnums({ piste_new: { PISTE_NEW_A: 0 } }));
  assert.deepEqual(parity.typescriptConstants('export const A = 5_000;\nexport const B = "x";'), { A: 5000 });
});
