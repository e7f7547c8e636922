// What the tests of the collector share: a collector on a free port, payloads, and a raw socket for what fetch refuses.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createCollector } from '../../examples/collector/src/collector.mjs';

/** @typedef {import('../../examples/collector/src/settings.mjs').CollectorOptions} CollectorOptions */
/** @typedef {import('../../examples/collector/src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {ReturnType<typeof createCollector>} Collector */
/** @typedef {Record<string, string>} Payload */

export const TP2 = '/com.snowplowanalytics.snowplow/tp2';
export const SNOWPLOW = 'iglu:com.snowplowanalytics.snowplow';
export const PAYLOAD_DATA = `${SNOWPLOW}/payload_data/jsonschema/1-0-4`;
export const JSON_TYPE = 'application/json; charset=UTF-8';
export const UUID = 'f3e1b5a2-6f5c-4f0e-9a51-0a4a3a1c2b7d';

/**
 * A started collector that ends with the test.
 * @param {import('node:test').TestContext} t
 * @param {CollectorOptions} [options]
 */
export async function startCollector(t, options) {
  const collector = createCollector(options);
  t.after(() => collector.close());
  await collector.start();
  return collector;
}

/** A page view that is good, changed. @param {Payload} [changes] @returns {Payload} */
export const pageView = (changes) => ({
  e: 'pv',
  tv: 'test-1',
  p: 'web',
  eid: UUID,
  url: 'https://a.example/',
  ...changes,
});

/** @param {unknown} data */
export const unstruct = (data) => JSON.stringify({ schema: `${SNOWPLOW}/unstruct_event/jsonschema/1-0-0`, data });

/** @param {unknown} data */
export const contexts = (data) => JSON.stringify({ schema: `${SNOWPLOW}/contexts/jsonschema/1-0-0`, data });

/** A self-describing event, changed. @param {unknown} data @param {Payload} [changes] @returns {Payload} */
export const selfDescribing = (data, changes) => pageView({ e: 'ue', ue_pr: unstruct(data), ...changes });

/** @param {string} text */
export const base64Url = (text) => Buffer.from(text).toString('base64url');

/** @param {unknown} data */
export const envelope = (data) => JSON.stringify({ schema: PAYLOAD_DATA, data });

/**
 * Sends payloads, or a body as it is.
 * @param {Collector} collector
 * @param {unknown[] | string | Uint8Array<ArrayBuffer>} content
 * @param {{ path?: string, headers?: Record<string, string> }} [options]
 */
export function post(collector, content, { path = TP2, headers = {} } = {}) {
  const body = Array.isArray(content) ? envelope(content) : content;
  return fetch(collector.url + path, { method: 'POST', headers: { 'content-type': JSON_TYPE, ...headers }, body });
}

/** The newest event. @param {Collector} collector @returns {StoredEvent} */
export function newest(collector) {
  const event = collector.store.events().at(-1);
  if (!event) throw new Error('nothing was stored');
  return event;
}

/**
 * A call of the JSON API.
 * @param {Collector} collector
 * @param {string} path Below `/api/`.
 * @param {unknown} [body] Makes it a POST.
 * @returns {Promise<any>}
 */
export async function api(collector, path, body) {
  const headers = { 'content-type': 'application/json' };
  const request = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${collector.url}/api/${path}`, request);
  return response.json();
}

/** @param {Collector} collector */
export async function openSocket(collector) {
  const socket = connect(Number(new URL(collector.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/**
 * Sends text over a socket of its own and reads until the collector closes.
 * @param {Collector} collector
 * @param {string} text
 */
export async function exchange(collector, text) {
  const socket = await openSocket(collector);
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

/**
 * Resolves at the first change of the store for which `test` holds.
 * @param {Collector} collector
 * @param {() => boolean} test
 * @returns {Promise<void>}
 */
export function storeReaches(collector, test) {
  if (test()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = collector.store.subscribe(() => {
      if (!test()) return;
      stop();
      resolve();
    });
  });
}

/** Resolves once a fault with a count has met its request. @param {Collector} collector */
export async function faultTaken(collector) {
  while (Object.keys(await api(collector, 'faults')).length > 0);
}
