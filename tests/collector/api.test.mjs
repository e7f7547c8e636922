// The JSON API: reading, counting, resetting, the stream, and who may use it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as h from './harness.mjs';

/** @param {h.Collector} collector One good, one bad, one good. */
const sendThree = (collector) => h.post(collector, [h.pageView(), h.pageView({ eid: 'x' }), h.pageView()]);

/** @param {{ events: Array<{ seq: number }> }} answer */
const numbers = ({ events }) => events.map(({ seq }) => seq);

test('events are read by number, verdict and limit', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const all = await h.api(collector, 'events');
  assert.deepEqual(numbers(all), [1, 2, 3]);
  assert.equal(all.lastSeq, 3);
  assert.deepEqual(numbers(await h.api(collector, 'events?since=1')), [2, 3]);
  assert.deepEqual(numbers(await h.api(collector, 'events?verdict=good')), [1, 3]);
  assert.deepEqual(numbers(await h.api(collector, 'events?verdict=bad&since=2')), []);
  assert.deepEqual(numbers(await h.api(collector, 'events?limit=2')), [2, 3]);
});

test('an event has exactly the members that the README tells', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const [event] = (await h.api(collector, 'events')).events;
  const members = ['seq', 'receivedAt', 'kind', 'verdict', 'reasons', 'payload', 'decoded', 'request'];
  assert.deepEqual(Object.keys(event).sort(), members.sort());
  const facts = ['method', 'path', 'anonymous', 'origin', 'bytes', 'networkUserId', 'ip', 'headers'];
  assert.deepEqual(Object.keys(event.request).sort(), facts.sort());
});

test('a question that makes no sense is told so', async (t) => {
  const collector = await h.startCollector(t);
  for (const query of ['since=-1', 'since=x', 'verdict=ugly', 'limit=0']) {
    const response = await fetch(`${collector.url}/api/events?${query}`);
    assert.equal(response.status, 400, query);
  }
  const unknown = await fetch(`${collector.url}/api/other`, { method: 'POST' });
  assert.equal(unknown.status, 404);
  assert.equal(collector.store.counts().requests, 0);
});

test('a reset forgets events and counts, but never uses a number again', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const none = { good: 0, bad: 0 };
  const empty = { ...none, kept: none, evicted: none, requests: 0, brokenOff: 0, lastSeq: 3 };
  const response = await fetch(`${collector.url}/api/reset`, { method: 'POST' });
  assert.deepEqual(await response.json(), empty);
  assert.deepEqual((await h.api(collector, 'events')).events, []);
  await sendThree(collector);
  assert.deepEqual(numbers(await h.api(collector, 'events')), [4, 5, 6]);
});

test('of each verdict only the newest are kept, all are counted', async (t) => {
  const collector = await h.startCollector(t, { keep: 2 });
  await sendThree(collector);
  await sendThree(collector);
  assert.deepEqual(numbers(await h.api(collector, 'events')), [2, 4, 5, 6]);
  const counts = await h.api(collector, 'counts');
  assert.deepEqual([counts.good, counts.bad, counts.requests], [4, 2, 2]);
  assert.deepEqual(counts.kept, { good: 2, bad: 2 });
  assert.deepEqual(counts.evicted, { good: 2, bad: 0 });
});

test('memory is bounded by bytes too, and the newest event always stays', async (t) => {
  const collector = await h.startCollector(t, { keepBytes: 10_000 });
  const page = 'x'.repeat(2000);
  await h.post(collector, Array(10).fill(h.pageView({ page })));
  assert.deepEqual(collector.store.counts().kept, { good: 2, bad: 0 });
  await h.post(collector, [h.pageView({ page: 'x'.repeat(50_000) })]);
  assert.deepEqual(numbers(await h.api(collector, 'events')), [11]);
  assert.equal(collector.store.counts().evicted.good, 10);
});

test('pages of other origins may not use the API', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const headers = { origin: 'http://127.0.0.1:1' };
  assert.equal((await fetch(`${collector.url}/api/events`, { headers })).status, 403);
  assert.equal((await fetch(`${collector.url}/api/reset`, { method: 'POST', headers })).status, 403);
  assert.equal((await fetch(`${collector.url}/api/counts`, { headers: { origin: collector.url } })).status, 200);
  assert.equal(collector.store.counts().good, 2);
});

/** Reads server-sent events one at a time. @param {string} url @param {Record<string, string>} [headers] */
async function openStream(url, headers = {}) {
  const response = await fetch(`${url}/api/stream`, { headers });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.ok(response.body);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  /** The next message, null at the end. @returns {Promise<{ id?: string, event: string, data: any } | null>} */
  return async function next() {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
    const end = text.indexOf('\n\n');
    const lines = text
      .slice(0, end)
      .split('\n')
      .map((line) => line.split(/: (.*)/));
    text = text.slice(end + 2);
    const { id, event = '', data = 'null' } = Object.fromEntries(lines);
    return { id, event, data: JSON.parse(data) };
  };
}

/** @param {Awaited<ReturnType<typeof openStream>>} next @param {number} count */
async function take(next, count) {
  const messages = [];
  for (let i = 0; i < count; i++) messages.push(await next());
  return messages;
}

test('the stream tells what is there, then each change', async (t) => {
  const collector = await h.startCollector(t);
  await h.post(collector, [h.pageView()]);
  const next = await openStream(collector.url);
  const names = (await take(next, 3)).map((message) => message?.event);
  assert.deepEqual(names, ['hello', 'stored', 'counts']);
  await sendThree(collector);
  const news = await take(next, 4);
  assert.deepEqual(
    news.map((message) => message?.data.verdict ?? message?.data.lastSeq),
    ['good', 'bad', 'good', 4],
  );
  collector.store.reset();
  assert.deepEqual(
    (await take(next, 2)).map((message) => message?.event),
    ['reset', 'counts'],
  );
});

test('a stream opened again begins where the last one ended', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const first = await take(await openStream(collector.url), 3);
  const again = await openStream(collector.url, { 'last-event-id': first[2]?.id ?? '' });
  const numbersAgain = (await take(again, 3)).map((message) => message?.data.seq);
  assert.deepEqual(numbersAgain, [undefined, 3, undefined]);
});

test('an id from an earlier run of the collector means nothing', async (t) => {
  const collector = await h.startCollector(t);
  await sendThree(collector);
  const next = await openStream(collector.url, { 'last-event-id': '00000000-0000-0000-0000-000000000000/2' });
  const events = (await take(next, 5)).map((message) => message?.event);
  assert.deepEqual(events, ['hello', 'stored', 'stored', 'stored', 'counts']);
});

test('a new stream is told the newest five hundred', async (t) => {
  const collector = await h.startCollector(t);
  await h.post(collector, Array(600).fill(h.pageView()));
  const messages = await take(await openStream(collector.url), 502);
  assert.equal(messages[1]?.data.seq, 101);
  assert.equal(messages[501]?.event, 'counts');
});
