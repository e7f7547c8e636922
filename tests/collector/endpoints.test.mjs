// The endpoints that trackers use answer as Snowplow's collector does: paths, CORS, cookie, anonymity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TP2, UUID, envelope, newest, pageView, post, startCollector } from './harness.mjs';

const ORIGIN = 'https://shop.example';

test('a batch sent by POST is stored in its order', async (t) => {
  const collector = await startCollector(t);
  const response = await post(collector, [pageView({ page: 'one' }), pageView({ page: 'two' })]);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'ok');
  const events = collector.store.events();
  assert.deepEqual(
    events.map(({ seq, verdict, payload }) => [seq, verdict, payload['page']]),
    [
      [1, 'good', 'one'],
      [2, 'good', 'two'],
    ],
  );
});

test('a stored event tells of its request', async (t) => {
  const collector = await startCollector(t);
  const headers = { origin: ORIGIN, 'x-team': 'blue', authorization: 'Bearer x' };
  await post(collector, [pageView()], { headers });
  const { request, receivedAt, decoded, kind } = newest(collector);
  assert.equal(kind, 'event');
  assert.ok(Date.now() - Date.parse(receivedAt) < 60_000);
  assert.deepEqual(decoded, { event: null, entities: [] });
  assert.equal(request.method, 'POST');
  assert.equal(request.path, TP2);
  assert.equal(request.origin, ORIGIN);
  assert.equal(request.anonymous, false);
  assert.equal(request.ip, '127.0.0.1');
  assert.equal(request.bytes, Buffer.byteLength(envelope([pageView()])));
  assert.equal(request.headers['x-team'], 'blue');
  assert.equal(request.headers['authorization'], undefined);
});

test('any path of two parts, and those configured, take POST requests', async (t) => {
  const collector = await startCollector(t, { postPaths: ['/collect', '/a/b/c'] });
  for (const path of ['/com.acme/track', '/collect', '/a/b/c']) {
    assert.equal((await post(collector, [pageView()], { path })).status, 200, path);
    assert.equal(newest(collector).request.path, path);
  }
  assert.equal((await post(collector, [pageView()], { path: '/other' })).status, 404);
  assert.equal(collector.store.counts().good, 3);
});

test('GET /i takes a payload from the query and answers a pixel', async (t) => {
  const collector = await startCollector(t);
  const response = await fetch(`${collector.url}/i?${new URLSearchParams(pageView({ page: 'Ä & b' }))}`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'image/gif');
  assert.equal(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 6), 'GIF89a');
  assert.equal(newest(collector).verdict, 'good');
  assert.equal(newest(collector).payload['page'], 'Ä & b');
  assert.equal(newest(collector).request.path, '/i');
});

test('HEAD does not store anything', async (t) => {
  const collector = await startCollector(t);
  const response = await fetch(`${collector.url}/i?e=pv`, { method: 'HEAD' });
  assert.equal(response.status, 404);
  assert.equal(collector.store.counts().requests, 0);
});

test('the health path answers', async (t) => {
  const collector = await startCollector(t);
  const response = await fetch(`${collector.url}/health`);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'ok');
});

test('a preflight is allowed every header it asks for', async (t) => {
  const collector = await startCollector(t);
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-team' };
  const { status, headers } = await fetch(collector.url + TP2, {
    method: 'OPTIONS',
    headers: { origin: ORIGIN, ...asked },
  });
  assert.equal(status, 204);
  assert.equal(headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(headers.get('access-control-allow-credentials'), 'true');
  assert.equal(headers.get('access-control-allow-headers'), 'content-type, sp-anonymous, x-team');
  assert.match(headers.get('access-control-allow-methods') ?? '', /POST/);
  assert.ok(Number(headers.get('access-control-max-age')) > 0);
});

test('answers can be read by the page that asked, with credentials', async (t) => {
  const collector = await startCollector(t);
  const { headers } = await post(collector, [pageView()], { headers: { origin: ORIGIN } });
  assert.equal(headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(headers.get('access-control-allow-credentials'), 'true');
  assert.equal(headers.get('access-control-expose-headers'), 'Retry-After');
  assert.match(headers.get('vary') ?? '', /origin/i);
});

test('a visitor without a cookie gets one, and keeps the one there is', async (t) => {
  const collector = await startCollector(t);
  const first = await post(collector, [pageView()]);
  const given = newest(collector).request.networkUserId;
  const attributes = (first.headers.get('set-cookie') ?? '').split('; ');
  assert.deepEqual(attributes, [`sp=${given}`, 'Max-Age=31536000', 'Path=/', 'HttpOnly', 'SameSite=Lax']);
  await post(collector, [pageView()], { headers: { cookie: `a=b; sp=${UUID}` } });
  assert.equal(newest(collector).request.networkUserId, UUID);
  assert.equal(newest(collector).request.headers['cookie'], undefined);
});

test('a cookie that is no UUID is replaced', async (t) => {
  const collector = await startCollector(t);
  await post(collector, [pageView()], { headers: { cookie: 'sp=<script>' } });
  assert.match(newest(collector).request.networkUserId ?? '', /^[0-9a-f-]{36}$/);
});

test('behind https the cookie can be used by other sites', async (t) => {
  const collector = await startCollector(t, { secureCookie: true });
  const response = await post(collector, [pageView()]);
  assert.match(response.headers.get('set-cookie') ?? '', /; Secure; SameSite=None$/);
});

test('who asks for anonymity gets no cookie, and nothing of him is kept', async (t) => {
  const collector = await startCollector(t);
  const headers = { 'sp-anonymous': '*', cookie: `sp=${UUID}`, 'x-forwarded-for': '10.1.2.3' };
  const response = await post(collector, [pageView()], { headers });
  assert.equal(response.headers.get('set-cookie'), null);
  const { request } = newest(collector);
  assert.equal(request.anonymous, true);
  assert.equal(request.networkUserId, null);
  assert.equal(request.ip, null);
  assert.doesNotMatch(JSON.stringify(request), /10\.1\.2\.3/);
});
