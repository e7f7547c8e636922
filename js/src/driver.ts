// Performs what the core asks for, through the ports, until there is nothing to do. Decides nothing.
import { Action, Field, Outcome, Status } from './constants.ts';
import type { Engine } from './engine.ts';
import type { RowStorage } from './ports/storage.ts';
import { after } from './ports/timer.ts';
import type { Transport } from './ports/transport.ts';

/** Drives one engine. */
export interface Driver {
  /** Performs what there is to do now, and sets a timer for what comes later. */
  pump(): void;
}

/** What a driver tells its tracker. */
export interface DriverEvents {
  /** A wait has passed: before the core is asked what to do. */
  woken(): void;
  /** The collector refused events for good. */
  rejected(httpStatus: number): void;
  /** All is done that there is to do now, and no request is under way. */
  quiet(): void;
  /** Runs `task` such that nothing it throws reaches the page. */
  guard(task: () => void): void;
}

export const createDriver = (
  engine: Engine,
  storage: RowStorage,
  transport: Transport,
  events: DriverEvents,
): Driver => {
  let stopWaiting = (): void => {};
  let underWay = 0;

  const send = (id: number): void => {
    ++underWay;
    void transport({
      url: engine.text(Field.Url),
      body: engine.bytes(Field.Body),
      anonymous: !!engine.number(Field.Anonymous),
      keepalive: !!engine.number(Field.Keepalive),
      timeoutMs: engine.number(Field.TimeoutMs),
    }).then(([outcome, retryAfter]) => {
      --underWay;
      events.guard(() => {
        if (engine.done(id, outcome, retryAfter) === Status.Rejected) events.rejected(outcome);
        pump();
      });
    });
  };

  const perform = (action: Action): void => {
    const id = engine.number(Field.Id);
    if (action === Action.Send) send(id);
    else if (action === Action.Erase) storage.erase(id);
    else engine.done(id, storage.put(id, engine.text(Field.Row)) ? Outcome.Ok : Outcome.Failed, '');
  };

  const pump = (): void => {
    stopWaiting();
    let action: Action;
    while ((action = engine.next()) > Action.Wait) perform(action);
    if (action === Action.Wait) {
      stopWaiting = after(engine.number(Field.WaitMs), () =>
        events.guard(() => {
          events.woken();
          pump();
        }),
      );
    }
    if (!underWay) events.quiet();
  };

  return { pump };
};
