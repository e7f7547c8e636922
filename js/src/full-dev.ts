// The entry `piste/full` in development (the exports condition `development`): says in the console what goes wrong, and
// tells what became of an event.
import { WASM } from '../generated/wasm-full.ts';
import { decode } from './decode.ts';
import { createExplained } from './development.ts';
import { mistakesIn } from './full/option-mistakes.ts';
import { createFullTracker } from './full/tracker.ts';
import type { FullOptions, FullTracker } from './full/types.ts';
import { loadFrom } from './load.ts';
import { say } from './problems.ts';

export { VERSION as version } from './version.ts';
export * from './full/features.ts';
export type * from './types.ts';
export type * from './full/types.ts';

/** Makes a tracker that also explains each problem in the console, and each event on demand. */
export const createTracker = (options: FullOptions): FullTracker => {
  for (const mistake of mistakesIn(options)) say(`piste, configure: ${mistake}`);
  return createExplained(options, (over, all) =>
    createFullTracker((create) => over(loadFrom(() => decode(WASM), create)), all),
  );
};
