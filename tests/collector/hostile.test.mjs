// The collector survives whatever comes: each row is followed by a good event that has to arrive.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import * as h from './harness.mjs';
import { createCollector } from '../../examples/collector/src/collector.mjs';

/** @type {h.Collector} */
let collector;

beforeEach(async () => {
  collector = createCollector();
  await collector.start();
});

afterEach(async () => {
  await h.post(collector, [h.pageView({ page: 'still alive' })]);
  assert.equal(h.newest(collector).payload['page'], 'still alive');
  assert.equal((await fetch(`${collector.url}/api/events`)).status, 200);
  await collector.close();
});

const DEEP = '['.repeat(100_000);

/** @type {Array<[name: string, body: string | Uint8Array<ArrayBuffer>, status: number, reason: RegExp]>} */
const bodies = [
  ['no body', '', 200, /^body: the request has no body$/],
  ['half a JSON', '{"schema":', 200, /^body: not JSON: /],
  ['bytes that are not UTF-8', Buffer.of(0x7b, 0xff, 0x7d), 200, /^body: not valid UTF-8$/],
  ['a surrogate encoded on its own', Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22), 200, /^body: not valid UTF-8$/],
  ['JSON that is no object', '"text"', 200, /^body: not an object/],
  ['null', 'null', 200, /^body: not an object/],
  ['depth', '['.repeat(5_000_000), 200, /^body: JSON nested deeper than 200 levels$/],
  ['a string that never ends', `"${'\\'.repeat(4_000_000)}`, 200, /^body: not JSON: /],
  ['a million empty payloads', h.envelope(Array(1_000_000).fill({})), 200, /required property/],
  [
    'a megabyte of unknown keys',
    h.envelope([{ ...h.pageView(), ...Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, ''])) }]),
    200,
    /must not have the property/,
  ],
  [
    'a prototype',
    `{"schema":"${h.PAYLOAD_DATA}","data":[{"__proto__":{"e":"pv"},"tv":"1","p":"web"}]}`,
    200,
    /must have required property 'e'/,
  ],
  ['a body over the limit', 'x'.repeat(6_000_000), 413, /^body: larger than 5242880 bytes$/],
];

for (const [name, body, status, reason] of bodies) {
  test(`survives ${name}`, async () => {
    const response = await h.post(collector, body);
    assert.equal(response.status, status);
    const stored = h.newest(collector);
    assert.equal(stored.kind, 'request');
    assert.match(stored.reasons[0] ?? '', reason);
    assert.ok(stored.reasons.length <= 21);
    assert.equal(stored.request.bytes, Buffer.byteLength(body));
    assert.ok((stored.body ?? '').length <= 4096);
  });
}

/** @type {Array<[name: string, payload: h.Payload, reason: RegExp]>} */
const payloads = [
  ['depth inside an event', h.pageView({ e: 'ue', ue_pr: DEEP }), /^ue_pr: JSON nested deeper than 200 levels$/],
  ['depth inside an encoded event', h.pageView({ e: 'ue', ue_px: h.base64Url(DEEP) }), /^ue_px: JSON nested/],
  [
    'a prototype inside an event',
    h.pageView({ e: 'ue', ue_pr: '{"__proto__":{"schema":"a","data":1}}' }),
    /^ue_pr: not an object/,
  ],
  ['a very long wrong value', h.pageView({ eid: 'x'.repeat(1_000_000) }), /^eid is not a UUID: "x{200,300}…$/],
  [
    'fifty thousand wrong entities',
    h.pageView({ co: h.contexts(Array(50_000).fill({ schema: 'iglu:x', data: 1 })) }),
    /^co: \/0\/schema is not an Iglu URI/,
  ],
];

for (const [name, payload, reason] of payloads) {
  test(`survives ${name}`, async () => {
    assert.equal((await h.post(collector, [payload])).status, 200);
    const stored = h.newest(collector);
    assert.equal(stored.verdict, 'bad');
    assert.match(stored.reasons[0] ?? '', reason);
    assert.ok(stored.reasons.length <= 21);
  });
}

test('a key called __proto__ is told as what it is', async () => {
  await h.post(collector, h.envelope([h.pageView()]).replace('"e":', '"__proto__":"x","e":'));
  assert.deepEqual(h.newest(collector).reasons, ['payload_data: /0 must not have the property "__proto__"']);
});

/** @type {Array<[contentType: string, kind: 'event' | 'request', status: number]>} */
const contentTypes = [
  ['application/json', 'event', 200],
  ['APPLICATION/JSON;charset=utf-8', 'event', 200],
  ['text/plain;charset=UTF-8', 'event', 200],
  ['application/x-www-form-urlencoded', 'request', 200],
  ['multipart/form-data; boundary=x', 'request', 200],
  ['application/octet-stream', 'request', 200],
  ['garbage;;', 'request', 415],
];

for (const [contentType, kind, status] of contentTypes) {
  test(`content type ${contentType} gives ${status}, stored as ${kind}`, async () => {
    const response = await h.post(collector, [h.pageView()], { headers: { 'content-type': contentType } });
    assert.equal(response.status, status);
    assert.equal(h.newest(collector).kind, kind);
    assert.equal(h.newest(collector).verdict, kind === 'event' ? 'good' : 'bad');
  });
}

/** @type {Array<[query: string, reason: RegExp]>} */
const queries = [
  ['', /^payload: must have required property 'tv'$/],
  ['?', /^payload: must have required property 'tv'$/],
  ['?e', /^query parameter without a value: e$/],
  ['?e=%zz', /^broken percent-encoding in the query string: %zz$/],
  ['?%e0%a4%a=1', /^broken percent-encoding/],
  ['?page=%ff', /^broken percent-encoding/],
  ['?e=pv&e=pp', /^query parameter given twice: e$/],
  ['?__proto__=1&e=pv&tv=1&p=web', /^payload: must not have the property "__proto__"$/],
  [`?e=pv&tv=1&p=web&url=${'x'.repeat(200_000)}`, /^url is not an absolute URL: "x+…$/],
];

for (const [query, reason] of queries) {
  test(`a bad event comes of the query ${query.slice(0, 40)}`, async () => {
    const response = await fetch(`${collector.url}/i${query}`);
    assert.equal(response.status, 200);
    assert.match(h.newest(collector).reasons[0] ?? '', reason);
    assert.equal(collector.store.counts().bad, 1);
  });
}

test('ten thousand events in one batch are stored one by one', async () => {
  const batch = Array.from({ length: 10_000 }, (_, i) => h.pageView({ page: String(i) }));
  assert.equal((await h.post(collector, batch)).status, 200);
  const { good, bad, lastSeq } = collector.store.counts();
  assert.deepEqual([good, bad, lastSeq], [10_000, 0, 10_000]);
  assert.equal(h.newest(collector).payload['page'], '9999');
});

test('paths that cannot be decoded, or are endless, are refused', async () => {
  assert.equal((await h.post(collector, [], { path: '/%zz/tp2' })).status, 400);
  assert.equal((await h.post(collector, [], { path: `/a/${'b'.repeat(5000)}` })).status, 414);
  assert.equal((await h.post(collector, [], { path: '/a/b/c/d' })).status, 404);
});

test('a connection that ends in the middle of a body stores nothing', async () => {
  const socket = await h.openSocket(collector);
  socket.write('POST /a/b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"sch');
  socket.end();
  await h.storeReaches(collector, () => collector.store.counts().brokenOff === 1);
  assert.equal(collector.store.counts().requests, 0);
});

/** @type {Array<[name: string, text: string, answer: RegExp]>} */
const raw = [
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\r\n\r\n', /^HTTP\/1.1 400 /],
  ['headers without end', `GET /i HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(300_000)}\r\n\r\n`, /^HTTP\/1.1 431 /],
  [
    'two lengths',
    'POST /a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    /^HTTP\/1.1 400 /,
  ],
  [
    'a broken chunk',
    'POST /a/b HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    /^HTTP\/1.1 400 |^$/,
  ],
];

for (const [name, text, answer] of raw) {
  test(`survives ${name}`, async () => {
    assert.match(await h.exchange(collector, text), answer);
  });
}

test('a body in chunks is read like any other', async () => {
  const body = h.envelope([h.pageView()]);
  const headers = 'Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close';
  const head = `POST /a/b HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`;
  const answer = await h.exchange(collector, `${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
  assert.match(answer, /^HTTP\/1.1 200 OK/);
  assert.equal(h.newest(collector).verdict, 'good');
});

test('a sender that goes away before its answer does no harm', async () => {
  await h.api(collector, 'faults', { delayMs: 600_000, count: 1 });
  const socket = await h.openSocket(collector);
  const body = h.envelope([h.pageView()]);
  socket.write(
    `POST /a/b HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await h.storeReaches(collector, () => collector.store.counts().good === 1);
  socket.destroy();
  await once(socket, 'close');
});
