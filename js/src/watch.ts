// Remembers what became of each event, by watching the engine: in development builds only.
import { Action, Field, Outcome } from './constants.ts';
import type { Engine } from './engine.ts';
import { eventIdOf } from './row.ts';
import type { Explanation } from './types.ts';

/** Events that are remembered: the last of a page. */
const MOST_EVENTS = 1000;

/** What is known of the events of one tracker. */
export interface Watch {
  /** The same engine, watched. */
  over(engine: Engine): Engine;
  explain(eventId: string): Explanation | undefined;
}

const UNKNOWN: Explanation = { state: 'pending', stored: false, attempts: 0, status: undefined, code: undefined };

/** The ids of the events in a request: in its body, or in the URL of a GET. */
const eventIdsOf = (engine: Engine): string[] => {
  const text = engine.text(Field.Body) || engine.text(Field.Url);
  return [...text.matchAll(/(?:"eid":"|&eid=)(.{36})/g)].map((match) => match[1] ?? '');
};

export const createWatch = (): Watch => {
  const events = new Map<string, Explanation>();
  /** By the id of their row, and of the request that carries them. */
  const rows = new Map<number, string>();
  const requests = new Map<number, string[]>();

  const change = (eventId: string | undefined, changed: Partial<Explanation>): void => {
    if (eventId === undefined) return;
    const known = events.get(eventId) ?? UNKNOWN;
    events.set(eventId, { ...known, ...changed });
    if (events.size > MOST_EVENTS) events.delete(events.keys().next().value ?? '');
  };

  const begin = (engine: Engine, row: string, stored: boolean): void => {
    const eventId = eventIdOf(row);
    if (eventId === undefined) return;
    rows.set(engine.number(Field.Id), eventId);
    change(eventId, stored ? { stored } : {});
  };

  const send = (engine: Engine): void => {
    requests.set(engine.number(Field.Id), eventIdsOf(engine));
    for (const eventId of eventIdsOf(engine)) change(eventId, { attempts: (events.get(eventId)?.attempts ?? 0) + 1 });
  };

  const end = (engine: Engine): void => {
    const code = engine.number(Field.Why);
    const status = engine.number(Field.Outcome);
    rows.delete(engine.number(Field.Id));
    change(eventIdOf(engine.text(Field.Row)), {
      state: code ? 'dropped' : 'delivered',
      code: code || undefined,
      ...(status && { status }),
    });
  };

  return {
    explain: (eventId) => events.get(eventId),
    over: (engine) => ({
      ...engine,
      restore(row) {
        const code = engine.restore(row);
        if (!code) begin(engine, row, true);
        return code;
      },
      next() {
        const action = engine.next();
        if (action === Action.Store) begin(engine, engine.text(Field.Row), false);
        else if (action === Action.Send) send(engine);
        else if (action === Action.Erase) end(engine);
        return action;
      },
      done(id, outcome, retryAfterMs) {
        for (const eventId of requests.get(id) ?? []) change(eventId, { status: Math.max(0, outcome) });
        if (!requests.delete(id) && outcome === (Outcome.Ok as number)) change(rows.get(id), { stored: true });
        return engine.done(id, outcome, retryAfterMs);
      },
    }),
  };
};
