// One request by fetch: what it looks like, and that every end of it is an outcome.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Outcome } from '../../../js/src/constants.ts';
import { fetchTransport } from '../../../js/src/ports/transport.ts';
import { settled, START_MS, stopTime } from '../fake-globals.ts';
import { answer, openNetwork, type FakeAnswer, type FakeRequest } from '../fake-network.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const request = {
  url: 'https://c.example/tp2',
  body: bytes('{"a":1}'),
  anonymous: false,
  keepalive: false,
  timeoutMs: 5000,
};

/** A network on which nothing is answered until the request is aborted. */
const silence = (t: TestContext) =>
  openNetwork(
    t,
    ({ init }: FakeRequest) =>
      new Promise<FakeAnswer>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      }),
  );

test('a request with a body is a POST of JSON, with the credentials the site wants', async (t) => {
  const { requests } = openNetwork(t, () => answer(200));
  assert.deepEqual(await fetchTransport('include')(request), [200, 0]);
  const { method, credentials, keepalive } = requests[0]?.init ?? {};
  assert.deepEqual([method, credentials, keepalive, requests[0]?.url], ['POST', 'include', false, request.url]);
  assert.equal(requests[0]?.body, '{"a":1}');
  assert.deepEqual(requests[0]?.headers, { 'Content-Type': 'application/json; charset=UTF-8' });
});

test('a request without a body is a GET that needs no preflight', async (t) => {
  const { requests } = openNetwork(t, () => answer(200));
  await fetchTransport('omit')({ ...request, body: bytes('') });
  assert.deepEqual([requests[0]?.init.method, requests[0]?.init.credentials], ['GET', 'omit']);
  assert.deepEqual([requests[0]?.init.body, requests[0]?.headers], [null, {}]);
});

test('anonymous requests say so and have no credentials, requests of a page that is left outlive it', async (t) => {
  const { requests } = openNetwork(t, () => answer(200));
  await fetchTransport('include')({ ...request, anonymous: true, keepalive: true });
  assert.deepEqual([requests[0]?.headers['SP-Anonymous'], requests[0]?.init.credentials], ['*', 'omit']);
  assert.equal(requests[0]?.init.keepalive, true);
});

test("the site's headers are added, and cannot replace those of the protocol", async (t) => {
  const { requests } = openNetwork(t, () => answer(200));
  const headers = { Authorization: 'Bearer x', 'Content-Type': 'text/plain', 'SP-Anonymous': 'no' };
  await fetchTransport('include', headers)({ ...request, anonymous: true });
  assert.deepEqual(requests[0]?.headers, {
    Authorization: 'Bearer x',
    'Content-Type': 'application/json; charset=UTF-8',
    'SP-Anonymous': '*',
  });
});

test('the body is copied during the call: it may be a view of memory that changes afterwards', async (t) => {
  const { requests } = openNetwork(t, () => answer(200));
  const memory = bytes('{"a":1} and what else is in memory');
  const sending = fetchTransport('include')({ ...request, body: memory.subarray(0, 7) });
  memory.fill(0);
  await sending;
  assert.equal(requests[0]?.body, '{"a":1}');
});

test('any status is an outcome', async (t) => {
  const network = openNetwork(t, () => answer(503));
  for (const status of [200, 204, 304, 400, 429, 503, 599]) {
    network.respond = () => answer(status);
    assert.deepEqual(await fetchTransport('include')(request), [status, 0]);
  }
});

const HOUR = 3_600_000;
const date = (inMs: number): string => new Date(START_MS + inMs).toUTCString();
/** What a header says in ms; what is not positive says nothing. */
const waits: [header: string | undefined, ms: number][] = [
  [undefined, 0],
  ['', 0],
  ['0', 0],
  ['120', 120_000],
  [' 120 ', 120_000],
  [date(HOUR), HOUR],
  [date(-HOUR), 0],
  ['Fri, 31 Dec 1999 23:59:59 GMT', 0],
  ['soon', 0],
  ['120, 60', 0],
  ['-5', 0],
  ['NaN', 0],
];
for (const [header, ms] of waits) {
  test(`Retry-After: ${header ?? 'absent'} is ${ms} ms from now`, async (t) => {
    stopTime(t);
    openNetwork(t, () => answer(503, header === undefined ? {} : { 'retry-after': header }));
    const [outcome, retryAfterMs] = await fetchTransport('include')(request);
    assert.deepEqual([outcome, Math.max(0, retryAfterMs)], [503, ms]);
  });
}

test('no answer is an outcome: fetch rejects, or throws within the call', async (t) => {
  const network = openNetwork(t, () => Promise.reject(new TypeError('Failed to fetch')));
  assert.deepEqual(await fetchTransport('include')(request), [Outcome.Offline, 0]);
  network.respond = () => {
    throw new TypeError('blocked by an extension');
  };
  assert.deepEqual(await fetchTransport('include')(request), [Outcome.Offline, 0]);
  assert.deepEqual(await fetchTransport('include', { 'bad header': '\n' })(request), [Outcome.Offline, 0]);
});

test('a request is aborted when its time is over, not before', async (t) => {
  const { tick } = stopTime(t);
  const { requests } = silence(t);
  const sending = fetchTransport('include')({ ...request, timeoutMs: 1500 });
  tick(1499);
  assert.equal(requests[0]?.init.signal?.aborted, false);
  tick(1);
  await settled();
  tick(1);
  assert.deepEqual(await sending, [Outcome.Offline, 0]);
});

test('that there is no answer is told in a task of its own: who ends his requests by going has none', async (t) => {
  const { tick } = stopTime(t);
  openNetwork(t, () => Promise.reject(new TypeError('Failed to fetch')));
  let told: unknown;
  void fetchTransport('include')(request).then((answered) => (told = answered));
  await settled();
  assert.equal(told, undefined);
  tick(1);
  await settled();
  assert.deepEqual(told, [Outcome.Offline, 0]);
});

test('the body of an answer is not read; what has not come when the time is over is never loaded', async (t) => {
  const { tick } = stopTime(t);
  const body = new Proxy({}, { get: (_, name) => assert.fail(`the body's ${String(name)} was read`) });
  const network = openNetwork(t, () => ({ ...answer(200), body }));
  assert.deepEqual(await fetchTransport('include')(request), [200, 0]);
  assert.equal(network.requests[0]?.init.signal?.aborted, false);
  tick(5000);
  assert.equal(network.requests[0]?.init.signal?.aborted, true);
});
