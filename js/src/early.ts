// What is said to a tracker before its engine is there: kept in order, each with its own time, and bounded.
import { Field, Status } from './constants.ts';
import type { Engine } from './engine.ts';

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
  /** A number of the ledger. */
  read(field: Field): number;
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
      pending = 0;
      for (const call of calls.splice(0)) call(engine);
      for (; lost > 0; --lost) engine.refuse(Status.QueueFull);
    },
    read: (field) =>
      ({ [Field.Accepted]: pending + lost, [Field.Pending]: pending, [Field.DroppedQueueFull]: lost })[
        field as number
      ] ?? 0,
  };
};
