// The faults that can be asked for, as a tracker sees them, and what is stored under each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as h from './harness.mjs';

/** @param {h.Collector} collector */
const send = (collector) => h.post(collector, [h.pageView()], { headers: { origin: 'https://a.example' } });

/** @param {h.Collector} collector */
const stored = (collector) => collector.store.counts().good;

test('a status is answered as often as asked for, and nothing is stored', async (t) => {
  const collector = await h.startCollector(t);
  const fault = { status: 503, retryAfter: '2', count: 2 };
  assert.deepEqual(await h.api(collector, 'faults', fault), fault);
  for (const left of [{ ...fault, count: 1 }, {}]) {
    const { status, headers } = await send(collector);
    assert.equal(status, 503);
    assert.equal(headers.get('retry-after'), '2');
    assert.equal(headers.get('access-control-allow-origin'), 'https://a.example');
    assert.equal(headers.get('set-cookie'), null);
    assert.deepEqual(await h.api(collector, 'faults'), left);
  }
  assert.equal(stored(collector), 0);
  assert.equal((await send(collector)).status, 200);
  assert.equal(stored(collector), 1);
});

test('without a count a fault lasts until it is cleared', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { status: 429 });
  for (let i = 0; i < 3; i++) assert.equal((await send(collector)).status, 429);
  await h.api(collector, 'faults', {});
  assert.equal((await send(collector)).status, 200);
});

test('another status of success stores the events', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { status: 204 });
  assert.equal((await send(collector)).status, 204);
  assert.equal(stored(collector), 1);
});

test('faults are for GET requests too, not for preflights, health and the API', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { status: 500, count: 1 });
  const asked = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  assert.equal((await fetch(collector.url + h.TP2, { method: 'OPTIONS', headers: asked })).status, 204);
  assert.equal((await fetch(`${collector.url}/health`)).status, 200);
  assert.equal((await fetch(`${collector.url}/i?e=pv`)).status, 500);
  assert.equal((await fetch(`${collector.url}/i?e=pv`)).status, 200);
});

for (const [drop, count] of /** @type {const} */ ([
  ['before', 0],
  ['after', 1],
])) {
  test(`a connection dropped ${drop} storing leaves ${count} events`, async (t) => {
    const collector = await h.startCollector(t);
    await h.api(collector, 'faults', { drop, count: 1 });
    await assert.rejects(send(collector), TypeError);
    assert.equal(stored(collector), count);
    assert.equal((await send(collector)).status, 200);
  });
}

test('garbage is a megabyte that is nothing', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { garbage: true, count: 1 });
  const response = await send(collector);
  assert.equal(response.status, 200);
  assert.equal((await response.arrayBuffer()).byteLength, 1024 * 1024);
  assert.equal(stored(collector), 1);
});

test('a hanging request is never answered and stores nothing', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { hang: true, count: 1 });
  const cancel = new AbortController();
  const hanging = fetch(collector.url + h.TP2, {
    method: 'POST',
    body: h.envelope([h.pageView()]),
    signal: cancel.signal,
  });
  await h.faultTaken(collector);
  // Others are served meanwhile.
  assert.equal((await send(collector)).status, 200);
  cancel.abort();
  await assert.rejects(hanging, { name: 'AbortError' });
  assert.equal(stored(collector), 1);
});

test('a delayed answer comes late, its events are there at once', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { delayMs: 200, count: 1 });
  const begun = performance.now();
  const answer = send(collector);
  await h.storeReaches(collector, () => stored(collector) === 1);
  assert.equal((await answer).status, 200);
  // Timers may fire up to a millisecond early.
  assert.ok(performance.now() - begun >= 199);
});

test('a delay goes with a status', async (t) => {
  const collector = await h.startCollector(t);
  await h.api(collector, 'faults', { delayMs: 1, status: 500 });
  assert.equal((await send(collector)).status, 500);
  assert.equal(stored(collector), 0);
});

for (const fault of [{ status: 99 }, { status: '503x' }, { drop: 'later' }, { count: 0 }, { retryAfter: 'a\nb' }, []]) {
  test(`no fault is ${JSON.stringify(fault)}`, async (t) => {
    const collector = await h.startCollector(t);
    const { error } = await h.api(collector, 'faults', fault);
    assert.match(error, /^body/);
    assert.deepEqual(await h.api(collector, 'faults'), {});
  });
}
