// The wasm and every entry stay within wasm/budget.json; the default entry is what its users are promised.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, wasmFile } from '../bench/build.mjs';
import { bundleEntry, entryNames, entrySize, wasmSize } from '../bench/size/sizes.mjs';
import { overBudget } from './over-budget.mjs';

const budget = JSON.parse(readFileSync(join(root, 'wasm/budget.json'), 'utf8'));

/** Bytes of the default entry's first load, gzip, whatever the budget says: less than the peer's JavaScript. */
const MOST_DEFAULT_GZIP = 17_710;

test('the wasm is within its budget', () => {
  assert.deepEqual(overBudget('piste.wasm', wasmSize(), budget.wasm), []);
});

for (const name of entryNames()) {
  test(`the entry ${name} is within its budget`, async () => {
    assert.deepEqual(overBudget(`entry ${name}`, await entrySize(name), budget.entries[name]), []);
  });
}

test('no budget allows what the default entry may never need', () => {
  assert.ok(budget.entries.default.gzip <= MOST_DEFAULT_GZIP);
});

test('the budget names no entry that is gone', () => {
  assert.deepEqual(Object.keys(budget.entries).sort(), entryNames().sort());
});

test('the default entry is one file of ASCII, with the wasm in it', async () => {
  const { text, files } = await bundleEntry('default');
  assert.equal(files, 1);
  assert.match(text, /^[\t\n -~]*$/);
  assert.doesNotMatch(text, /\bimport\s*[("'{*]|\brequire\(/);
  assert.ok(
    text.length > readFileSync(wasmFile.replace('piste.wasm', 'piste-lean.wasm')).length,
    'shorter than the wasm that it carries',
  );
});

test('the wasm imports nothing', () => {
  assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasmFile))), []);
});

test('a byte too many, or a size without a budget, is found', () => {
  const sizes = { raw: 100, gzip: 50 };
  assert.deepEqual(overBudget('x', sizes, { raw: 100, gzip: 50 }), []);
  assert.deepEqual(overBudget('x', sizes, { raw: 100, gzip: 49 }), ['x: 50 bytes gzip, allowed are 49']);
  assert.deepEqual(overBudget('x', sizes, { raw: 100 }), ['x: 50 bytes gzip, allowed are none']);
  assert.equal(overBudget('x', sizes, undefined).length, 2);
  assert.equal(overBudget('x', { raw: NaN }, { raw: 100 }).length, 1);
});
