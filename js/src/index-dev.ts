// The default entry in development (the exports condition `development`): says in the console what goes wrong.
import * as production from './index.ts';
import { explain } from './problems.ts';
import type { Tracker, TrackerOptions } from './types.ts';

export { version } from './index.ts';
export type * from './types.ts';

/** Makes a tracker that also explains each problem in the console. */
export const createTracker = (options: TrackerOptions): Tracker =>
  production.createTracker({
    ...options,
    onProblem: (problem) => {
      explain(problem);
      options?.onProblem?.(problem);
    },
  });
