// What the development entries add to a tracker: problems are explained in the console, and events on demand.
import type { EngineLoader } from './engine.ts';
import { explain } from './problems.ts';
import type { Problem, Tracker } from './types.ts';
import { createWatch } from './watch.ts';

/** Makes what `create` makes, with both. */
export const createExplained = <O extends { onProblem?: ((problem: Problem) => void) | undefined }, T extends Tracker>(
  options: O,
  create: (over: (load: EngineLoader) => EngineLoader, options: O) => T,
): T => {
  const watch = createWatch();
  const over =
    (load: EngineLoader): EngineLoader =>
    (ready, failed) =>
      load((engine) => ready(watch.over(engine)), failed);
  const tracker = create(over, {
    ...options,
    onProblem: (problem) => {
      explain(problem);
      options?.onProblem?.(problem);
    },
  });
  return { ...tracker, explain: (eventId) => watch.explain(eventId) };
};
