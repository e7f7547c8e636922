// The timers of the page.
import { monoNow } from './clock.ts';

/** Calls `task` after `ms`; returns what ends the wait. */
export const after = (ms: number, task: () => void): (() => void) => {
  // Longer than a day: browsers fire timers beyond 2^31 ms at once.
  const timer = setTimeout(task, Math.min(ms, 86_400_000));
  return () => clearTimeout(timer);
};

/** Calls `task` after the shortest of the waits that it was set to. */
export const createAlarm = (task: () => void): ((ms: number) => void) => {
  let stop = (): void => {};
  let ringsAt = Infinity;
  return (ms) => {
    const at = monoNow() + ms;
    // One that rings too early costs less than setting one for each event.
    if (at >= ringsAt) return;
    stop();
    ringsAt = at;
    stop = after(ms, () => {
      ringsAt = Infinity;
      task();
    });
  };
};

/** Calls `task` every `ms` until `signal` ends it. */
export const every = (ms: number, task: () => void, signal: AbortSignal): void => {
  if (signal.aborted) return;
  const timer = setInterval(task, ms);
  signal.addEventListener('abort', () => clearInterval(timer));
};

/** Calls `task` in a task of its own. */
export const soon = (task: () => void): void => void setTimeout(task);

/** Makes what calls `task` in a task of its own: once, however often it is called until then. */
export const inOneTask = (task: () => void): (() => void) => {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    soon(() => {
      isDue = false;
      task();
    });
  };
};

/** Calls `task` when the page is idle, at the latest after a moment that nobody notices. */
export const whenIdle = (task: () => void): void => {
  const { requestIdleCallback = soon } = globalThis as {
    requestIdleCallback?: (task: () => void, how: object) => void;
  };
  requestIdleCallback(task, { timeout: 100 });
};
