// The default entry in development (the exports condition `development`): says in the console what goes wrong, and
// tells what became of an event.
import { WASM } from '../generated/wasm-lean.ts';
import { decode } from './decode.ts';
import { createExplained } from './development.ts';
import { loadFrom } from './load.ts';
import { createTrackerWith } from './tracker.ts';
import type { Tracker, TrackerOptions } from './types.ts';

export { VERSION as version } from './version.ts';
export type * from './types.ts';

/** Makes a tracker that also explains each problem in the console, and each event on demand. */
export const createTracker = (options: TrackerOptions): Tracker =>
  createExplained(options, (over, all) => createTrackerWith(over(loadFrom(() => decode(WASM))), all));
