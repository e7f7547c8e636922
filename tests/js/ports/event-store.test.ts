// Rows in a store of the site's own: what it holds at the start is offered, what has ended goes from its head, and it
// may do as it likes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newInMemoryEventStore } from '@snowplow/tracker-core';
import { Status } from '../../../js/src/constants.ts';
import { payloadOf, rowOf } from '../../../js/src/full/row-text.ts';
import { openEventStore, type EventStore, type StoredEvent } from '../../../js/src/ports/event-store.ts';
import { settled } from '../fake-globals.ts';

const event = (eid: string, svrAnon = false): StoredEvent => ({ payload: { e: 'pv', eid, cd: 24 }, svrAnon });
/** As the core makes it of a new event. */
const rowFor = (eid: string, anonymous = false): string => rowOf({ e: 'pv', eid }, anonymous, Date.now()) ?? '';

/** A list, and what was called. */
class FakeStore implements EventStore {
  events: unknown[];
  readonly removed: number[] = [];
  /** Names of functions that throw, reject, or do not answer. */
  readonly faults = new Map<string, 'throws' | 'rejects' | 'hangs'>();
  /** The store drops the oldest beyond. */
  bound = Infinity;

  constructor(...events: unknown[]) {
    this.events = events;
  }

  #answer<T>(name: string, task: () => T): T | Promise<T> {
    const fault = this.faults.get(name);
    if (fault === 'throws') throw new Error(name);
    if (fault === 'rejects') return Promise.reject(new Error(name));
    return fault ? new Promise<T>(() => {}) : task();
  }

  add = (added: StoredEvent): unknown =>
    this.#answer('add', () => {
      this.events = [...this.events, added].slice(-this.bound);
      return this.events.length;
    });
  removeHead = (count: number): unknown =>
    this.#answer('removeHead', () => {
      this.removed.push(count);
      this.events.splice(0, count);
    });
  walks = 0;
  iterator: EventStore['iterator'] = () =>
    this.#answer('iterator', () => {
      ++this.walks;
      const snapshot = [...this.events] as StoredEvent[];
      const next = () => {
        const done = !snapshot.length;
        return Promise.resolve({ value: snapshot.shift(), done });
      };
      return { next: () => this.#answer('next', next) as ReturnType<typeof next> };
    });

  eids(): unknown[] {
    return (this.events as StoredEvent[]).map(({ payload }) => payload.eid);
  }
}

/** A tracker that takes rows under ids from 1000 on, but for one for which there is no room. */
async function open(store: EventStore, tooLarge?: string) {
  const seen = { stored: [] as number[], taken: [] as string[], adopted: 0, tooLarge, mayRead: true };
  let nextId = 1000;
  const storage = openEventStore(store, {
    stored: (id) => void seen.stored.push(id),
    take: (row) => {
      const eid = payloadOf(row).eid ?? '';
      if (eid === seen.tooLarge) return 0;
      seen.taken.push(eid);
      return eid.startsWith('old') ? -Status.Expired : nextId++;
    },
    adopted: () => void ++seen.adopted,
    lost: () => assert.fail(),
    mayRead: () => seen.mayRead,
  });
  const put = (id: number, eid: string, lasts = false): void => storage.put(id, rowFor(eid), lasts);
  const begin = async (): Promise<void> => {
    storage.release();
    storage.adopt();
    await settled();
  };
  await begin();
  return {
    seen,
    put,
    begin,
    erase: (id: number) => storage.erase(id),
    adopt: () => storage.adopt(),
    resume: () => storage.resume(),
    release: () => storage.release(),
    stop: () => storage.stop(),
    hurry: (hurried: boolean) => storage.hurry(hurried),
  };
}

describe('what the store holds at the start', () => {
  test('is offered, in its order; it stays there until it has ended', async () => {
    const store = new FakeStore(event('a'), event('b'));
    const { seen, erase } = await open(store);
    assert.deepEqual([seen.taken, seen.adopted, store.eids()], [['a', 'b'], 1, ['a', 'b']]);
    erase(1000);
    await settled();
    assert.deepEqual(store.eids(), ['b']);
  });

  test('becomes rows: numbers are text, and the anonymous stay so', async () => {
    const rows: string[] = [];
    const store = new FakeStore(event('a', true), { payload: event('b').payload });
    const take = (row: string): number => rows.push(row);
    const storage = openEventStore(store, { take, stored() {}, adopted() {}, lost() {}, mayRead: () => true });
    storage.adopt();
    await settled();
    assert.deepEqual(
      rows.map((row) => row.slice(0, 4)),
      ['2pa1', '2p-1'],
    );
    assert.equal(rows[0]?.slice(18), '{"e":"pv","eid":"a","cd":"24"}\n');
  });

  test('is offered once, however often the host looks for what others have left', async () => {
    const store = new FakeStore(event('a'));
    const { seen, adopt } = await open(store);
    store.events.push(event('of another page'));
    adopt();
    await settled();
    assert.deepEqual(seen.taken, ['a']);
  });

  test('and found no room is offered when there is some, in its order', async () => {
    const store = new FakeStore(event('a'), event('b'), event('c'));
    const { seen, resume, begin } = await open(store, 'b');
    assert.deepEqual(seen.taken, ['a']);
    seen.tooLarge = undefined;
    const before = store.walks;
    resume();
    resume();
    await settled();
    assert.deepEqual(
      [seen.taken, seen.adopted, store.walks - before],
      [['a', 'b', 'c'], 2, 2],
      'the second one tidies',
    );
    store.events.push(event('d'));
    resume();
    await settled();
    assert.equal(seen.taken.length, 3, 'nothing was left over');
    await begin();
    assert.equal(seen.taken.length, 7, 'all of them, as they are nobody’s now');
  });

  test('is left alone as long as it may not be read', async () => {
    const store = new FakeStore(event('a'), event('b'));
    const { seen, resume, adopt, release } = await open(store, 'b');
    seen.mayRead = false;
    seen.tooLarge = undefined;
    const { walks } = store;
    resume();
    release();
    adopt();
    await settled();
    assert.deepEqual([seen.taken, store.walks], [['a'], walks]);
    seen.mayRead = true;
    adopt();
    await settled();
    assert.deepEqual(seen.taken, ['a', 'a', 'b']);
  });

  test('goes if the core has no use for it, and so does what is no event, once it is the oldest', async () => {
    const store = new FakeStore(null, event('old'), { payload: 5 }, { payload: { e: 'pv' } }, event('a'), 7);
    const { seen } = await open(store);
    assert.deepEqual(
      [seen.taken, store.events],
      [
        ['old', 'a'],
        [event('a'), 7],
      ],
    );
  });

  test('does not stand in the way if it is larger than there could be room for', async () => {
    const store = new FakeStore({ payload: { eid: 'a', page: 'x'.repeat(1_000_000) } }, event('b'));
    const { seen } = await open(store);
    assert.deepEqual([seen.taken, store.eids()], [['b'], ['b']]);
  });
});

describe('a row', () => {
  test('is added within the call, as an event; it is kept when the store says so', async () => {
    const store = new FakeStore();
    const { put, seen } = await open(store);
    put(1, 'a');
    assert.deepEqual(store.events, [{ payload: { e: 'pv', eid: 'a' }, svrAnon: false }]);
    assert.deepEqual(seen.stored, []);
    await settled();
    assert.deepEqual(seen.stored, [1]);
  });

  test('is added once, whether it is to last or not', async () => {
    const store = new FakeStore(event('a'));
    const { put, seen } = await open(store);
    put(1000, 'a', true);
    put(1, 'b');
    put(1, 'b', true);
    await settled();
    assert.deepEqual([store.eids(), seen.stored], [['a', 'b'], [1]]);
  });

  test('without an id is not given away, nor one that cannot be read: nobody could tell it from others', async () => {
    const store = new FakeStore();
    const storage = openEventStore(store, {
      take: () => 0,
      stored: () => assert.fail(),
      adopted() {},
      lost() {},
      mayRead: () => true,
    });
    for (const payload of ['{"e":"pv"}', '{', '']) storage.put(1, `2p-1${1e13}${payload}\n`, false);
    storage.erase(1);
    await settled();
    assert.deepEqual(store.events, []);
  });
});

describe('ends', () => {
  test('wait until the oldest have ended, and are removed together', async () => {
    const store = new FakeStore(event('a'));
    const { put, erase } = await open(store);
    for (const [id, eid] of [
      [1, 'b'],
      [2, 'c'],
      [3, 'd'],
    ] as const)
      put(id, eid);
    erase(2);
    erase(1);
    await settled();
    assert.deepEqual(store.removed, []);
    erase(1000);
    await settled();
    assert.deepEqual([store.removed, store.eids()], [[3], ['d']]);
  });

  test('before the store has it are removed when it has', async () => {
    const store = newInMemoryEventStore({});
    const { put, erase, seen } = await open(store);
    put(1, 'a');
    put(2, 'b');
    erase(1);
    await settled();
    assert.deepEqual([(await store.getAll()).length, seen.stored], [1, [1, 2]]);
    erase(2);
    await settled();
    assert.equal(await store.count(), 0);
  });

  test('are removed once the store has said that it has the event, however late', async () => {
    const store = new FakeStore();
    const { add } = store;
    let arrive = (): void => {};
    store.add = async (added) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return add(added);
    };
    const { put, erase } = await open(store);
    put(1, 'a');
    erase(1);
    await settled();
    arrive();
    await settled();
    assert.deepEqual([store.removed, store.events], [[1], []]);
  });

  test('are removed with what is no event between them', async () => {
    const store = new FakeStore(null, event('a'), null, event('b'));
    const { erase } = await open(store);
    erase(1000);
    await settled();
    assert.deepEqual([store.removed, store.eids()], [[1, 2], ['b']]);
  });

  test('are forgotten then: an event that stands there again is offered again', async () => {
    const store = new FakeStore(event('a'));
    const { erase, begin, seen } = await open(store);
    erase(1000);
    await settled();
    store.events.push(event('a'));
    await begin();
    assert.deepEqual(seen.taken, ['a', 'a']);
  });

  test('are not forgotten before, also if the page has been away', async () => {
    const store = new FakeStore(event('a'));
    const { erase, release, begin, seen } = await open(store);
    store.faults.set('removeHead', 'rejects');
    erase(1000);
    await settled();
    release();
    await begin();
    assert.deepEqual(seen.taken, ['a']);
  });

  test('remove nothing else if the store has dropped some of them itself', async () => {
    const store = new FakeStore();
    store.bound = 2;
    const { put, erase } = await open(store);
    for (const [id, eid] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const)
      put(id, eid);
    await settled();
    erase(1);
    erase(2);
    await settled();
    assert.deepEqual([store.removed, store.eids()], [[1], ['c']]);
  });

  test('remove nothing of another page’s that uses the store as well', async () => {
    const store = new FakeStore();
    const { put, erase } = await open(store);
    put(1, 'a');
    await settled();
    store.events.unshift(event('theirs'));
    erase(1);
    await settled();
    assert.deepEqual(store.eids(), ['theirs', 'a']);
  });
});

test('a page that comes back takes over what it gave away, but not what has ended since', async () => {
  const store = new FakeStore();
  const { put, erase, release, begin, seen } = await open(store);
  put(1, 'a');
  put(2, 'b');
  await settled();
  release();
  erase(1);
  await begin();
  assert.deepEqual([seen.taken, store.eids()], [['b'], ['b']]);
  erase(1000);
  await settled();
  assert.deepEqual(store.eids(), []);
});

for (const fault of ['throws', 'rejects', 'hangs'] as const) {
  describe(`a store of which a part ${fault}`, () => {
    for (const part of ['iterator', 'next', 'removeHead', 'add']) {
      test(`${part}: what it can do it does, and nothing breaks`, async () => {
        const store = new FakeStore(event('a'));
        store.faults.set(part, fault);
        const { put, erase, begin, adopt, resume, hurry, stop, release, seen } = await open(store);
        put(1, 'b');
        await settled();
        assert.deepEqual(seen.stored, part === 'add' ? [] : [1]);
        erase(1000);
        erase(1);
        for (const call of [adopt, resume, stop, release, () => hurry(true)]) call();
        await begin();
        assert.ok(store.events.length > 0 || part === 'add');
      });
    }
  });
}

test('what could not be added is added when it is to last', async () => {
  const store = new FakeStore();
  store.faults.set('add', 'rejects');
  const { put, seen } = await open(store);
  put(1, 'a');
  await settled();
  store.faults.clear();
  put(1, 'a', true);
  await settled();
  assert.deepEqual([seen.stored, store.eids()], [[1], ['a']]);
});

test('what could not be removed is removed with the next', async () => {
  const store = new FakeStore(event('a'), event('b'));
  const { erase } = await open(store);
  store.faults.set('removeHead', 'rejects');
  erase(1000);
  await settled();
  store.faults.clear();
  erase(1001);
  await settled();
  assert.deepEqual([store.removed, store.eids()], [[2], []]);
});

test('what was read until a store failed is taken', async () => {
  const store = new FakeStore(event('a'), event('b'));
  const { iterator } = store;
  store.iterator = async () => {
    const { next } = await iterator();
    let count = 0;
    return { next: () => (count++ ? Promise.reject(new Error('no more')) : next()) };
  };
  const { seen } = await open(store);
  assert.deepEqual([seen.taken, seen.adopted], [['a'], 1]);
});

test('an iterator without an end ends', async () => {
  const store = new FakeStore();
  store.iterator = () => ({ next: () => Promise.resolve({ value: event('a'), done: false }) });
  const { seen } = await open(store);
  assert.deepEqual(seen.taken, ['a']);
});

test('events and functions of a store may be anything', async () => {
  const hostile = new Proxy({}, { get: () => assert.fail() });
  const { seen } = await open(new FakeStore(hostile, { payload: hostile }, event('a')));
  assert.deepEqual(seen.taken, ['a']);
  for (const store of [null, 5, {}, hostile] as unknown as EventStore[]) {
    const { put, erase } = await open(store);
    put(1, 'a');
    erase(1);
    await settled();
  }
});
