// The breakdown finds every function of a module, by name, and every other section.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wasmBreakdown } from './wasm-functions.mjs';

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const type = [1, 4, 1, 0x60, 0, 0];
const functions = [3, 3, 2, 0, 0];
// Bodies of two and of five bytes.
const code = [10, 10, 2, 2, 0, 0x0b, 5, 0, 1, 1, 1, 0x0b];
const text = (/** @type {string} */ letters) => [letters.length, ...Buffer.from(letters)];
const functionNames = [2, 0, ...text('a'), 1, ...text('bb')];
const nameContent = [...text('name'), 1, functionNames.length, ...functionNames];
const names = [0, nameContent.length, ...nameContent];

test('functions come with their names, the largest first', () => {
  const bytes = Uint8Array.from([...header, ...type, ...functions, ...code, ...names]);
  assert.ok(WebAssembly.validate(bytes));
  assert.deepEqual(wasmBreakdown(bytes), {
    functions: [
      { name: 'bb', bytes: 5 },
      { name: 'a', bytes: 2 },
    ],
    sections: [
      { name: 'type', bytes: 4 },
      { name: 'function', bytes: 3 },
    ],
  });
});

test('without names, functions are numbered', () => {
  const { functions: found } = wasmBreakdown(Uint8Array.from([...header, ...type, ...functions, ...code]));
  assert.deepEqual(
    found.map(({ name }) => name),
    ['function 1', 'function 0'],
  );
});
