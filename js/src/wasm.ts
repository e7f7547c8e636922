// The entry `piste/wasm`: for sites that serve piste.wasm as a file of its own, compiled while it loads.
import type { ConsentRules, JoinableConsent } from './consent/rules.ts';
import type { EngineLoader } from './engine.ts';
import type { WasmExports } from './engine-wasm.ts';
import { createWasmEngine } from './engine-wasm.ts';
import { Host } from './host.ts';
import { fetchWasm } from './ports/wasm-file.ts';
import { trackerOf } from './tracker.ts';
import type { Tracker, TrackerOptions } from './types.ts';

export { VERSION as version } from './version.ts';
export type * from './types.ts';

/** Options of a tracker whose wasm is a file. */
export interface WasmTrackerOptions extends TrackerOptions {
  /** Where `piste.wasm` of this package is served, or a promise of it compiled. */
  wasm: string | URL | Promise<WebAssembly.Module>;
}

/** The file is the full core. */
class WasmHost extends Host {
  protected override join(consent: JoinableConsent): ConsentRules {
    return consent.join(this, true);
  }
}

/** Makes a tracker. It can be used at once; it never throws. */
export const createTracker = (options: WasmTrackerOptions): Tracker => {
  const wasm = options?.wasm;
  // It may be rejected before the page is idle, when nobody has asked for its outcome yet.
  if (wasm instanceof Promise) wasm.catch(() => {});
  const load: EngineLoader = (ready, failed) => {
    const open = (instance: WebAssembly.Instance): void =>
      ready(createWasmEngine(instance.exports as unknown as WasmExports));
    fetchWasm(wasm).then(open).catch(failed);
  };
  return trackerOf(new WasmHost(load, { ...options }));
};
