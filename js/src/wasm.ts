// The entry `piste/wasm`: for sites that serve piste.wasm as a file of its own, compiled while it loads.
import type { WasmExports } from './engine-wasm.ts';
import { createWasmEngine } from './engine-wasm.ts';
import { fetchWasm } from './ports/wasm-file.ts';
import { createTrackerWith } from './tracker.ts';
import type { Tracker, TrackerOptions } from './types.ts';

export { VERSION as version } from './version.ts';
export type * from './types.ts';

/** Options of a tracker whose wasm is a file. */
export interface WasmTrackerOptions extends TrackerOptions {
  /** Where `piste.wasm` of this package is served, or a promise of it compiled. */
  wasm: string | URL | Promise<WebAssembly.Module>;
}

/** Makes a tracker. It can be used at once; it never throws. */
export const createTracker = (options: WasmTrackerOptions): Tracker => {
  const wasm = options?.wasm;
  // It may be rejected before the page is idle, when nobody has asked for its outcome yet.
  if (wasm instanceof Promise) wasm.catch(() => {});
  return createTrackerWith((ready, failed) => {
    const open = (instance: WebAssembly.Instance): void =>
      ready(createWasmEngine(instance.exports as unknown as WasmExports));
    fetchWasm(wasm).then(open).catch(failed);
  }, options);
};
