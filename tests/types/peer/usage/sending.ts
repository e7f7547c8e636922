// How events are sent, when, and what the site hears of it.
import {
  flushBuffer,
  newTracker,
  setBufferSize,
  setCollectorUrl,
  type EventBatch,
  type FlushBufferConfiguration,
  type Payload,
  type RequestFailure,
} from '@snowplow/browser-tracker';

export const startInBatches = (): void => {
  newTracker('site', 'collector.example.com', { bufferSize: 10, maxPostBytes: 30_000, keepalive: true });
};

export const startWithGet = (): void => {
  newTracker('site', 'collector.example.com', { eventMethod: 'get', maxGetBytes: 4_000, encodeBase64: false });
};

/** Before the page is left. */
export function onLeave(): void {
  flushBuffer();
  flushBuffer({ newBufferSize: 1 }, ['site']);
}

export function change(after: FlushBufferConfiguration): void {
  setCollectorUrl('https://other.example.com');
  setCollectorUrl('other.example.com', ['site']);
  setBufferSize(5);
  setBufferSize(1, ['site']);
  flushBuffer(after);
}

/** Counts what arrived and what did not. */
export function startAndCount(counts: { taken: number; lost: number; waiting: number }): void {
  newTracker('site', 'collector.example.com', {
    onRequestSuccess: (events) => {
      counts.taken += events.length;
    },
    onRequestFailure: ({ events, willRetry }) => {
      counts[willRetry ? 'waiting' : 'lost'] += events.length;
    },
  });
}

/** Callbacks that have names, and look at the answer. */
export function startAndLog(log: (text: string) => void): void {
  const idOf = (event: Payload): string => String(event['eid']);
  const onRequestSuccess = (batch: EventBatch, response: Response): void =>
    log(`${response.status}: ${batch.map(idOf).join()}`);
  const onRequestFailure = (failure: RequestFailure, response?: Response): void =>
    log(`${failure.status ?? 'no answer'} ${failure.message ?? ''} ${response?.url ?? ''}`);
  newTracker('site', 'collector.example.com', { onRequestSuccess, onRequestFailure });
}

/** The page's own fetch, or one that waits for its turn. */
export function startWithFetch(turn: Promise<void>): void {
  newTracker('plain', 'collector.example.com', { customFetch: fetch });
  newTracker('site', 'collector.example.com', {
    customFetch: async (request, options) => {
      await turn;
      return fetch(request, options);
    },
  });
}

export const startStubborn = (): void => {
  newTracker('site', 'collector.example.com', {
    retryStatusCodes: [401, 403],
    dontRetryStatusCodes: [500],
    retryFailedRequests: false,
    connectionTimeout: 2_000,
  });
};

/** Through a gateway that wants to know who comes. */
export const startWithHeaders = (token: string): void => {
  newTracker('site', 'https://gateway.example.com', {
    customHeaders: { Authorization: `Bearer ${token}` },
    credentials: 'omit',
    postPath: '/events/v1',
  });
};
