// The default entry of `piste`: everything included, nothing to configure.
import { WASM } from '../generated/wasm-lean.ts';
import { decode } from './decode.ts';
import { loadFrom } from './load.ts';
import { createTrackerWith } from './tracker.ts';
import type { Tracker, TrackerOptions } from './types.ts';

export { VERSION as version } from './version.ts';
export type * from './types.ts';

/** Makes a tracker. It can be used at once; it never throws. */
export const createTracker = (options: TrackerOptions): Tracker =>
  createTrackerWith(
    loadFrom(() => decode(WASM)),
    options,
  );
