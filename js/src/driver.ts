// Performs what the core asks for, through the ports, until there is nothing to do. Decides nothing.
import { Action, Field, Key } from './constants.ts';
import type { Engine } from './engine.ts';
import { createKeepaliveShare } from './ports/keepalive.ts';
import type { Probe } from './ports/probe.ts';
import type { RowStorage } from './ports/storage.ts';
import { createAlarm } from './ports/timer.ts';
import type { Transport, TransportRequest } from './ports/transport.ts';

/** Drives one engine. */
export interface Driver {
  /** Performs what there is to do now, and sets a timer for what comes later. */
  pump(): void;
}

/** What a driver tells its tracker. */
export interface DriverEvents {
  /** A wait has passed: before the core is asked what to do. */
  woken(): void;
  /** A request has ended with `outcome`, of which the core says `code`. */
  answered(outcome: number, code: number): void;
  /** The event of `row` has ended. */
  ended(row: () => string, code: number, outcome: number): void;
  /** A text of the identity is to be kept. */
  kept(which: number, text: string, maxAgeS: number): void;
  /** A session has begun. */
  began(): void;
  /** All is done that there is to do now, and no request is under way. */
  quiet(): void;
  /** Runs `task` such that nothing it throws reaches the page. */
  guard(task: () => void): void;
}

/** The request that the core asks for. Its body is valid until the next call that is not for a part of it. */
const requestOf = (engine: Engine): TransportRequest => ({
  url: engine.text(Field.Url),
  body: engine.bytes(Field.Body),
  anonymous: !!engine.number(Field.Anonymous),
  keepalive: !!engine.number(Field.Keepalive),
  timeoutMs: engine.number(Field.TimeoutMs),
});

/** What of the identity is to be kept, and for how many seconds. */
const changeOf = (engine: Engine): [which: number, text: string, maxAgeS: number] => [
  engine.number(Field.State),
  engine.text(Field.StateValue),
  engine.number(Field.StateMaxAgeS),
];

export const createDriver = (
  engine: Engine,
  storage: RowStorage | undefined,
  transport: Transport,
  probe: Probe,
  events: DriverEvents,
): Driver => {
  const share = createKeepaliveShare();
  let underWay = 0;
  /** What the core knows of the keepalive requests of others. */
  let known = 0;

  const row = (): string => engine.text(Field.Row);

  const send = (id: number): void => {
    ++underWay;
    const request = requestOf(engine);
    const bytes = +request.keepalive * request.body.length;
    share.count(bytes);
    void transport(request).then((answer) => {
      --underWay;
      share.count(-bytes);
      events.guard(() => {
        events.answered(answer[0], (request.code = engine.done(id, ...answer)));
        pump();
      });
    });
  };

  const perform = (action: Action): void => {
    const id = engine.number(Field.Id);
    if (action === Action.Send) send(id);
    else if (action === Action.Erase) {
      storage?.erase(id);
      events.ended(row, engine.number(Field.Why), engine.number(Field.Outcome));
    } else if (action === Action.Store) storage?.put(id, row(), !!engine.number(Field.Lasting));
    else if (action === Action.SetState) events.kept(...changeOf(engine));
    else if (action === Action.Session) events.began();
    else if (action === Action.ClaimProbe) probe.claim();
    else probe.yield();
  };

  const wakeIn = createAlarm(() =>
    events.guard(() => {
      events.woken();
      pump();
    }),
  );

  const pump = (): void => {
    const others = share.others();
    if (others !== known) engine.set(Key.KeepaliveTaken, `${(known = others)}`);
    let action: Action;
    while ((action = engine.next()) > Action.Wait) perform(action);
    if (action === Action.Wait) wakeIn(engine.number(Field.WaitMs));
    if (!underWay) events.quiet();
  };

  return { pump };
};
