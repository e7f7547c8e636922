// The Storage port on a store of the site's own, of which only the oldest events can be removed (protocol facts,
// section 2.7). Which those are the store says itself, each time, since it may have dropped some: what is not known to
// have ended is never removed.
import { isAnonymous, payloadOf, rowOf } from '../full/row-text.ts';
import { wallNow } from './clock.ts';
import { attempt } from './local-rows.ts';
import type { RowStorage, StorageEvents } from './storage.ts';

/** An event in a store. */
export type StoredEvent = { payload: Record<string, unknown>; svrAnon?: boolean };

/** What is used of a store. Each function may as well give its result at once, throw, reject, or never answer. */
export type EventStore = {
  add: (event: StoredEvent) => unknown;
  /** Removes the `count` oldest. */
  removeHead: (count: number) => unknown;
  /** Goes through what is there at this moment, from the oldest on. */
  iterator: () => EventIterator | Promise<EventIterator>;
};

type EventIterator = { next: () => Promise<{ value: StoredEvent | undefined; done: boolean }> };

/** Most events that are looked at in one go. Reason: an iterator without an end would stop the page. */
const MOST_EVENTS = 10_000;

/** Empty if there is none. */
const eidOf = (event: StoredEvent | undefined): string =>
  attempt(() => String((event?.payload.eid ?? '') as string), '');

/** Goes through the store as long as `visit` wants. */
const walk = async (store: EventStore, visit: (event: StoredEvent | undefined) => boolean): Promise<void> => {
  const iterator = await store.iterator();
  for (let i = 0; i < MOST_EVENTS; ++i) {
    const { value, done } = await iterator.next();
    if (done || !visit(value)) return;
  }
};

/** Removes from a store what has ended. */
interface Ends {
  /** The ids of the events that are in the store, or on their way; true: it has ended. */
  readonly known: Map<string, boolean>;
  /** Does `task` after those before it: none may see what another is about to change. */
  readonly inTurn: (task: () => Promise<void>) => void;
  /** Removes the oldest events, as far as all of them have ended. */
  readonly tidy: () => void;
}

const createEnds = (store: EventStore): Ends => {
  // What has no id cannot be sent, and must not stand in the way of what can.
  const known = new Map([['', true]]);
  let turn = Promise.resolve();
  let isAwaited = false;

  const inTurn: Ends['inTurn'] = (task) => void (turn = turn.then(task).catch(() => {}));
  const removeEnded = async (): Promise<void> => {
    isAwaited = false;
    const ended: string[] = [];
    await walk(store, (event) => {
      const eid = eidOf(event);
      return !!known.get(eid) && !!ended.push(eid);
    });
    if (!ended.length) return;
    await store.removeHead(ended.length);
    for (const eid of ended) if (eid) known.delete(eid);
  };

  return {
    known,
    inTurn,
    tidy() {
      if (!isAwaited) inTurn(removeEnded);
      isAwaited = true;
    },
  };
};

/** Gives a function that offers what is in the store and not known yet, until there is no room; and one that goes on
 * with what there was no room for. */
const createOffers = (
  store: EventStore,
  { known, inTurn, tidy }: Ends,
  eids: Map<number, string>,
  { take, adopted }: Pick<StorageEvents, 'take' | 'adopted'>,
): [offerAll: () => void, goOn: () => void] => {
  let full = false;
  let taken = 0;

  const offer = (event: StoredEvent | undefined): boolean => {
    const eid = eidOf(event);
    if (known.has(eid)) return true;
    const row = rowOf(event?.payload, event?.svrAnon, wallNow());
    const id = row ? take(row) : -1;
    full = !id;
    if (full) return false;
    ++taken;
    known.set(eid, id < 0);
    if (id > 0) eids.set(id, eid);
    return true;
  };
  const offerAll = (): void =>
    inTurn(async () => {
      const before = taken;
      await walk(store, offer).catch(() => {}); // what was taken until then is there
      if (taken === before) return;
      adopted();
      tidy();
    });
  return [
    offerAll,
    () => {
      if (full) offerAll();
      full = false;
    },
  ];
};

/** Rows in `store`, which is taken to be this tracker's alone. It waits for nobody, and hands each row in at once. */
export const openEventStore = (store: EventStore, events: StorageEvents): RowStorage => {
  /** The ids (`eid`) of the events in the store, by those of the core. */
  const eids = new Map<number, string>();
  const ends = createEnds(store);
  const { known, tidy } = ends;
  const [offerAll, goOn] = createOffers(store, ends, eids, events);
  let isNew = true;

  const keep = async (id: number, eid: string, event: StoredEvent): Promise<void> => {
    eids.set(id, eid);
    known.set(eid, false);
    try {
      await store.add(event);
      events.stored(id);
      if (known.get(eid)) tidy();
    } catch {
      eids.delete(id);
      known.delete(eid);
    }
  };

  return {
    put(id, row) {
      if (eids.has(id)) return;
      const event = { payload: attempt(() => payloadOf(row), {}), svrAnon: isAnonymous(row) };
      const eid = eidOf(event);
      if (eid) void keep(id, eid, event);
    },
    erase(id) {
      const eid = eids.get(id);
      if (!eid) return;
      eids.delete(id);
      known.set(eid, true);
      tidy();
    },
    adopt() {
      if (!isNew || !events.mayRead()) return;
      isNew = false;
      offerAll();
    },
    resume() {
      if (events.mayRead()) goOn();
    },
    hurry() {},
    stop() {},
    release() {
      known.forEach((ended, eid) => ended || known.delete(eid)); // to be offered again
      isNew = true;
    },
  };
};
