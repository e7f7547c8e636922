// The types of the face `piste/snowplow` that say how events are kept and sent, named as in `@snowplow/tracker-core`.
import type { Payload } from '../tracker-core/types.ts';

/** An event in a store. */
export interface EventStorePayload {
  payload: Payload;
  /** Whether the collector is asked to keep neither address nor network user id. Default false. */
  svrAnon?: boolean;
}

/** One step through a store. */
export interface EventStoreIteratorNextResult {
  /** Undefined at the end. */
  value: EventStorePayload | undefined;
  done: boolean;
}

/** Goes through the events that a store had when it was asked. */
export interface EventStoreIterator {
  next: () => Promise<EventStoreIteratorNextResult>;
}

/** Keeps events until the collector has them, the oldest first. */
export interface EventStore {
  count: () => Promise<number>;
  /** Resolves to how many there are now. */
  add: (payload: EventStorePayload) => Promise<number>;
  /** Removes the `count` oldest, or all if there are fewer. */
  removeHead: (count: number) => Promise<void>;
  iterator: () => EventStoreIterator;
  getAll: () => Promise<readonly EventStorePayload[]>;
  getAllPayloads: () => Promise<readonly Payload[]>;
}

/** How large a store may be. */
export interface EventStoreConfiguration {
  /** Of custom stores; the browser's goes by `maxLocalStorageQueueSize`. */
  maxSize?: number;
}

/** The store of the browser. */
export interface LocalStorageEventStoreConfigurationBase extends EventStoreConfiguration {
  /** Most events that are kept; the oldest give way. Default 1000. */
  maxLocalStorageQueueSize?: number;
  /** Whether events outlive the page. Default: what `stateStorageStrategy` allows. */
  useLocalStorage?: boolean;
}

/** The payloads of one request. */
export type EventBatch = Payload[];

/** A request that failed. */
export type RequestFailure = {
  events: EventBatch;
  /** HTTP status; absent if there was no answer. */
  status?: number;
  message?: string;
  /** Whether the events are sent again. */
  willRetry: boolean;
};

/** How events are sent. */
export type EventMethod = 'post' | 'get';

/** How events are sent, and to whom it is told. */
export interface EmitterConfigurationBase {
  /** Default `post`. */
  eventMethod?: EventMethod;
  /** Path of POST requests. Default `/com.snowplowanalytics.snowplow/tp2`. */
  postPath?: string;
  /** How many events wait before they are sent. Default 1. */
  bufferSize?: number;
  /** A POST request is sent when its events have this many bytes; a larger event goes alone, once. Default 40000. */
  maxPostBytes?: number;
  /** An event with a longer query string is sent once and not kept. Default: no limit. */
  maxGetBytes?: number;
  /** Whether GET requests say when they were sent (`stm`). Default true. */
  useStm?: boolean;
  /** Until a request is given up, in ms. Default 5000. */
  connectionTimeout?: number;
  /** Further headers of requests. */
  customHeaders?: Record<string, string>;
  /** Whether cookies go along. Default `include`. */
  credentials?: 'omit' | 'same-origin' | 'include';
  /** Whether events are sent again after a failure. Default true. */
  retryFailedRequests?: boolean;
  /** HTTP statuses after which events are sent again, whatever else is said. */
  retryStatusCodes?: number[];
  /** HTTP statuses after which events are given up, besides 400, 401, 403, 410 and 422. */
  dontRetryStatusCodes?: number[];
  /** URL that is fetched once before the first events. */
  cookieExtensionService?: string;
  /** @deprecated Now `cookieExtensionService`. */
  idService?: string;
  /** Whether requests outlive the page. Browsers allow 64 KiB of them at a time. Default false. */
  keepalive?: boolean;
  /** Takes the place of `fetch`. */
  customFetch?: (input: Request, options?: RequestInit) => Promise<Response>;
  /** Told of each request that the collector took. */
  onRequestSuccess?: (data: EventBatch, response: Response) => void;
  /** Told of each request that failed; no response if there was no answer. */
  onRequestFailure?: (data: RequestFailure, response?: Response) => void;
  /** Takes the place of the built-in store. */
  eventStore?: EventStore;
}
