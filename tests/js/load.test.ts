// From bytes to an engine: within the call where that is allowed, later where not, and one answer in any case.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Field } from '../../js/src/constants.ts';
import type { Engine } from '../../js/src/engine.ts';
import { loadFrom } from '../../js/src/load.ts';
import { settled, shareGlobals } from './fake-globals.ts';
import { wasmBytes } from './piste-wasm.ts';

/** Loads, and keeps every answer. */
function load(readBytes: () => Uint8Array<ArrayBuffer>) {
  const seen = { engines: [] as Engine[], causes: [] as unknown[] };
  loadFrom(readBytes)(
    (engine) => void seen.engines.push(engine),
    (cause) => void seen.causes.push(cause),
  );
  return seen;
}

/** A browser that refuses to compile within a call. */
function refuse(t: TestContext, cause: Error, instantiate?: () => Promise<never>): void {
  const refusing = Object.create(WebAssembly) as typeof WebAssembly;
  const compile = function (): never {
    throw cause;
  };
  Object.defineProperty(refusing, 'Module', { value: compile });
  if (instantiate) Object.defineProperty(refusing, 'instantiate', { value: instantiate });
  shareGlobals(t, { WebAssembly: refusing });
}

test('where the browser allows it, the engine is there when the call returns', () => {
  const { engines, causes } = load(() => wasmBytes);
  assert.equal(engines.length, 1);
  assert.equal(engines[0]?.number(Field.Accepted), 0);
  assert.deepEqual(causes, []);
});

test('where the module is too large for that, the engine comes later', async (t) => {
  refuse(t, new RangeError('WebAssembly.Compile is disallowed on the main thread'));
  const seen = load(() => wasmBytes);
  assert.equal(seen.engines.length, 0);
  while (seen.engines.length + seen.causes.length === 0) await settled();
  assert.deepEqual([seen.engines.length, seen.causes.length], [1, 0]);
});

test('where wasm is forbidden, it fails at once and does not try again', async (t) => {
  let tries = 0;
  const cause = new WebAssembly.CompileError('blocked by Content Security Policy');
  refuse(t, cause, () => {
    ++tries;
    return Promise.reject(new Error());
  });
  const seen = load(() => wasmBytes);
  assert.deepEqual(seen.causes, [cause]);
  await settled();
  assert.deepEqual([seen.engines.length, seen.causes.length, tries], [0, 1, 0]);
});

test('what fails later fails once', async (t) => {
  const cause = new WebAssembly.CompileError('forbidden');
  refuse(t, new RangeError(), () => Promise.reject(cause));
  const seen = load(() => wasmBytes);
  assert.deepEqual(seen.causes, []);
  await settled();
  assert.deepEqual([seen.engines.length, seen.causes], [0, [cause]]);
});

test('bytes that are no wasm, of another wasm, or cannot be read fail once', () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const damaged = (): never => {
    throw new RangeError('damaged');
  };
  for (const readBytes of [() => Uint8Array.of(1, 2, 3), () => empty, damaged]) {
    const { engines, causes } = load(readBytes);
    assert.deepEqual([engines.length, causes.length], [0, 1]);
  }
});
