// Where events wait: the built-in store's limits, and stores of a site's own.
import {
  newTracker,
  type EventStore,
  type EventStoreConfiguration,
  type EventStoreIterator,
  type EventStorePayload,
  type Payload,
} from '@snowplow/browser-tracker';

export const startSmall = (): void => {
  newTracker('site', 'collector.example.com', { maxLocalStorageQueueSize: 50 });
};

export const startWithoutStorage = (): void => {
  newTracker('site', 'collector.example.com', { useLocalStorage: false });
};

/** A store in memory. */
export function memoryStore({ maxSize = 100 }: EventStoreConfiguration = {}): EventStore {
  let events: EventStorePayload[] = [];
  const iterator = (): EventStoreIterator => {
    const values = [...events];
    return { next: () => Promise.resolve({ value: values.shift(), done: values.length === 0 }) };
  };
  return {
    count: () => Promise.resolve(events.length),
    add: (event) => {
      events = [...events, event].slice(-maxSize);
      return Promise.resolve(events.length);
    },
    removeHead: (count) => {
      events = events.slice(count);
      return Promise.resolve();
    },
    iterator,
    getAll: () => Promise.resolve(events),
    getAllPayloads: () => Promise.resolve(events.map(({ payload }) => payload)),
  };
}

export const startInMemory = (): void => {
  newTracker('site', 'collector.example.com', { eventStore: memoryStore({ maxSize: 10 }) });
};

/** A store that looks at what goes into another. */
export class WatchedStore implements EventStore {
  constructor(
    private readonly inner: EventStore,
    private readonly seen: (event: Payload, anonymous: boolean) => void,
  ) {}

  count = (): Promise<number> => this.inner.count();
  removeHead = (count: number): Promise<void> => this.inner.removeHead(count);
  iterator = (): EventStoreIterator => this.inner.iterator();
  getAll = (): Promise<readonly EventStorePayload[]> => this.inner.getAll();
  getAllPayloads = (): Promise<readonly Payload[]> => this.inner.getAllPayloads();

  add = (event: EventStorePayload): Promise<number> => {
    this.seen(event.payload, event.svrAnon ?? false);
    return this.inner.add(event);
  };
}
