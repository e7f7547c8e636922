// The copy of piste.wasm with short names: the same module, whose exports are called otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { renameExports, shortNames } from '../../js/build/short-names.mjs';
import { EventKind, Field, Status } from '../../js/src/constants.ts';
import { createWasmEngine } from '../../js/src/engine-wasm.ts';
import type { WasmExports } from '../../js/src/engine-wasm.ts';
import { wasmExports } from '../../wasm/exports.mjs';
import { wasmBytes } from './piste-wasm.ts';

const declared = wasmExports(fileURLToPath(new URL('../../core/include/piste/piste.h', import.meta.url)));
const names = shortNames(declared);
const backwards = Object.fromEntries(Object.entries(names).map(([name, short]) => [short, name]));
const renamed = renameExports(wasmBytes, names);

const exportsOf = (bytes: Uint8Array<ArrayBuffer>): string[] =>
  WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);

/** The sections of a module as `id:bytes`, read by a reader of its own. */
function sections(bytes: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = bytes[at++] ?? 0;
      size |= (byte & 127) << shift;
      more = byte > 127;
    }
    found.push(`${id}:${Buffer.from(bytes.subarray(at, at + size)).toString('hex')}`);
    at += size;
  }
  return found;
}

test('each export but memory gets a letter of its own', () => {
  const letters = Object.values(names);
  assert.deepEqual(Object.keys(names).sort(), declared.filter((name) => name !== 'memory').sort());
  assert.ok(letters.every((letter) => /^[a-z]$/.test(letter)));
  assert.equal(new Set(letters).size, letters.length);
});

test('the module exports what the header declares, under the short names', () => {
  assert.deepEqual(exportsOf(renamed).sort(), ['memory', ...Object.values(names)].sort());
  assert.deepEqual(
    exportsOf(renamed),
    exportsOf(wasmBytes).map((name) => names[name] ?? name),
  );
});

test('nothing else is changed: other sections are the same, and the names put back give the same bytes', () => {
  const [before, after] = [sections(wasmBytes), sections(renamed)];
  const isExports = (section: string): boolean => section.startsWith('7:');
  assert.equal(before.length, after.length);
  before.forEach((section, i) => {
    if (!isExports(section)) assert.equal(after[i], section);
  });
  assert.equal(before.filter(isExports).length, 1);
  assert.deepEqual(renameExports(renamed, backwards), wasmBytes);
  assert.ok(renamed.length < wasmBytes.length);
});

test('the renamed module works', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(renamed));
  const long = Object.fromEntries(Object.entries(exports).map(([name, value]) => [backwards[name] ?? name, value]));
  const engine = createWasmEngine(long as unknown as WasmExports);
  assert.equal(engine.track(EventKind.PageView, ['', '', '', '', ''], 1, 1), Status.Ok);
  assert.equal(engine.number(Field.Pending), 1);
});

test('names that need sizes of more than one byte are written right', () => {
  const long = Object.fromEntries(Object.values(names).map((short) => [short, short.repeat(300)]));
  const longer = renameExports(renamed, long);
  assert.deepEqual(exportsOf(longer).sort(), ['memory', ...Object.values(long)].sort());
});
