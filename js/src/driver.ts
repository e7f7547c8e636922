// Performs what the core asks for, through the ports, until there is nothing to do. Decides nothing.
import { Action, Field, Key } from './constants.ts';
import type { Engine } from './engine.ts';
import { monoNow } from './ports/clock.ts';
import { countKeepalive, keepaliveBytes } from './ports/keepalive.ts';
import type { Probe } from './ports/probe.ts';
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
  /** A request has ended with `outcome`; `code` is what the core made of it. */
  answered(outcome: number, code: number): void;
  /** The event of `row` has ended. */
  ended(row: () => string, code: number, outcome: number): void;
  /** All is done that there is to do now, and no request is under way. */
  quiet(): void;
  /** Runs `task` such that nothing it throws reaches the page. */
  guard(task: () => void): void;
}

export const createDriver = (
  engine: Engine,
  storage: RowStorage | undefined,
  transport: Transport,
  probe: Probe,
  events: DriverEvents,
): Driver => {
  let stopWaiting = (): void => {};
  /** When the timer fires, in mono ms. */
  let wakesAt = Infinity;
  let underWay = 0;
  /** Of the keepalive requests of the page: this tracker's own, and those of others as the core knows them. */
  let ownKeepalive = 0;
  let knownKeepalive = 0;

  const number = (field: Field): number => engine.number(field);
  const row = (): string => engine.text(Field.Row);

  const send = (id: number): void => {
    ++underWay;
    const body = engine.bytes(Field.Body);
    const keepalive = !!number(Field.Keepalive);
    const count = (bytes: number): void => {
      ownKeepalive += bytes;
      countKeepalive(bytes);
    };
    const bytes = keepalive ? body.length : 0;
    count(bytes);
    void transport({
      url: engine.text(Field.Url),
      body,
      anonymous: !!number(Field.Anonymous),
      keepalive,
      timeoutMs: number(Field.TimeoutMs),
    }).then(([outcome, retryAfterMs]) => {
      --underWay;
      count(-bytes);
      events.guard(() => {
        events.answered(outcome, engine.done(id, outcome, retryAfterMs));
        pump();
      });
    });
  };

  const perform = (action: Action): void => {
    const id = number(Field.Id);
    if (action === Action.Send) send(id);
    else if (action === Action.Erase) {
      storage?.erase(id);
      events.ended(row, number(Field.Why), number(Field.Outcome));
    } else if (action === Action.Store) storage?.put(id, row(), !!number(Field.Lasting));
    else if (action === Action.ClaimProbe) probe.claim();
    else probe.yield();
  };

  const wakeIn = (ms: number): void => {
    const at = monoNow() + ms;
    // One that fires too early costs less than setting one for each event.
    if (at >= wakesAt) return;
    stopWaiting();
    wakesAt = at;
    stopWaiting = after(ms, () => {
      wakesAt = Infinity;
      events.guard(() => {
        events.woken();
        pump();
      });
    });
  };

  const pump = (): void => {
    const others = keepaliveBytes() - ownKeepalive;
    if (others !== knownKeepalive) engine.set(Key.KeepaliveTaken, `${(knownKeepalive = others)}`);
    let action: Action;
    while ((action = engine.next()) > Action.Wait) perform(action);
    if (action === Action.Wait) wakeIn(number(Field.WaitMs));
    if (!underWay) events.quiet();
  };

  return { pump };
};
