// The entry `piste/full`: the default one's tracker on the full core, with what few sites ask for. What is large among
// that is a feature, which costs a page nothing unless it makes one.
import { WASM } from '../generated/wasm-full.ts';
import { decode } from './decode.ts';
import { createFullTracker } from './full/tracker.ts';
import type { FullOptions, FullTracker } from './full/types.ts';
import { loadFrom } from './load.ts';

export { VERSION as version } from './version.ts';
export * from './full/features.ts';
export type * from './types.ts';
export type * from './full/types.ts';

/** Makes a tracker. It can be used at once; it never throws. */
export const createTracker = (options: FullOptions): FullTracker =>
  createFullTracker((create) => loadFrom(() => decode(WASM), create), options);
