// What is said to a tracker before its engine is there: kept in order, each with its own time, and bounded.
import { Status } from './constants.ts';
import type { Engine } from './engine.ts';
import type { Stats } from './types.ts';

/** Calls kept before there is an engine. Reason: it starts within a fraction of a second, or never; until then a page
 * must not grow without bound. */
const MOST_CALLS = 1000;

/** A list of calls to be made again, and the ledger until then. */
export interface Early {
  /** Keeps a call if there is room; `isEvent` if it stands for one. */
  keep(call: (engine: Engine) => void, isEvent: boolean): void;
  /** Counts an event for which there is no engine and no room. */
  lose(): void;
  /** Makes the calls, and tells of the losses. */
  replay(engine: Engine): void;
  stats(engine: Stats['engine']): Stats;
}

export const createEarly = (): Early => {
  const calls: ((engine: Engine) => void)[] = [];
  let pending = 0;
  let lost = 0;
  return {
    keep(call, isEvent) {
      if (calls.length < MOST_CALLS) {
        calls.push(call);
        pending += +isEvent;
      } else lost += +isEvent;
    },
    lose: () => void ++lost,
    replay(engine) {
      for (const call of calls.splice(0)) call(engine);
      for (; lost > 0; --lost) engine.refuse(Status.QueueFull);
    },
    stats: (engine) => ({
      accepted: pending + lost,
      restored: 0,
      delivered: 0,
      pending,
      rejected: {},
      dropped: lost ? { queue_full: lost } : {},
      inFlight: 0,
      failures: 0,
      retryInMs: 0,
      engine,
    }),
  };
};
