// How a page hears that its visitor is back, and that something that it waits for has come.
import { after } from './timer.ts';

/** Calls `task` when the page comes out of the back/forward cache. */
export const onRestore = (task: () => void, signal?: AbortSignal): void =>
  addEventListener('pageshow', (event) => event.persisted && task(), { ...(signal && { signal }), capture: true });

/** Calls `task` when the page comes out of the back/forward cache, and when it is seen again, until `signal` ends
 * it. */
export const onReturn = (task: () => void, signal: AbortSignal): void => {
  document.addEventListener('visibilitychange', () => document.hidden || task(), { signal, capture: true });
  onRestore(task, signal);
};

/** Between two looks, in ms. Reason: nobody notices it, and a look costs less than a microsecond. */
const STEP_MS = 100;

/** Calls `look` now, and again every now and then until it gives true, until about `ms` have passed, or until `signal`
 * ends it. */
export const keepLooking = (look: () => boolean, ms: unknown, signal: AbortSignal): void => {
  // Steps, and no clock: a page that is frozen does not wait meanwhile.
  let left = typeof ms === 'number' ? ms / STEP_MS : 0;
  let stop = (): void => {};
  const step = (): void => {
    if (!look() && --left >= 0) stop = after(STEP_MS, step);
  };
  signal.addEventListener('abort', () => stop());
  step();
};
