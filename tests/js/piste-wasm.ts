// The real piste.wasm and piste-lean.wasm, as the step build-wasm leaves them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createWasmEngine } from '../../js/src/engine-wasm.ts';
import type { WasmExports } from '../../js/src/engine-wasm.ts';
import type { Engine } from '../../js/src/engine.ts';

const build = process.env.PISTE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));

export const wasmBytes = new Uint8Array(readFileSync(`${build}/wasm/piste.wasm`));

const leanBytes = new Uint8Array(readFileSync(`${build}/wasm/piste-lean.wasm`));

/** The exports of a new instance of the lean flavour. */
export const leanExports = (): WasmExports =>
  new WebAssembly.Instance(new WebAssembly.Module(leanBytes)).exports as unknown as WasmExports;

/** The exports of a new instance. */
export const wasmExports = (): WasmExports =>
  new WebAssembly.Instance(new WebAssembly.Module(wasmBytes)).exports as unknown as WasmExports;

export const realEngine = (): Engine => createWasmEngine(wasmExports());
