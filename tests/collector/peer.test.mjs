// Snowplow's own browser tracker, on a page of another origin, finds a collector: preflight, cookie, good events.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import * as h from './harness.mjs';

const EXECUTABLE = '/usr/bin/chromium';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const skip = existsSync(EXECUTABLE) ? false : 'there is no Chromium here';

/** A page that tracks one event of each kind. @param {string} collector @param {string} options JSON. */
const program = (collector, options) => `
  import * as tracker from '@snowplow/browser-tracker';
  tracker.newTracker('sp', ${JSON.stringify(collector)}, { appId: 'peer', ...${options} });
  tracker.trackPageView({ title: 'Ünï – 日本' });
  tracker.trackStructEvent({ category: 'c', action: 'a', value: 0 });
  tracker.trackSelfDescribingEvent({
    event: { schema: '${h.SNOWPLOW}/link_click/jsonschema/1-0-1', data: { targetUrl: 'https://b.example/' } },
  });`;

/** A web page on an origin of its own. @param {import('node:test').TestContext} t @param {string} contents */
async function serve(t, contents) {
  const built = await build({ stdin: { contents, resolveDir: ROOT }, bundle: true, write: false });
  const script = built.outputFiles[0]?.text ?? '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Peer</title><script>${script.replaceAll('</script', '<\\/script')}</script>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const ENTITIES = { webPage: true, session: true, browser: true };

/** @type {Array<[name: string, options: object]>} */
const ways = [
  ['by POST', { contexts: ENTITIES }],
  ['by GET, in base64url', { eventMethod: 'get', contexts: ENTITIES }],
  ['anonymously', { anonymousTracking: { withServerAnonymisation: true } }],
];

for (const [name, options] of ways) {
  test(`its events arrive ${name}`, { skip }, async (t) => {
    const collector = await h.startCollector(t);
    const url = await serve(t, program(collector.url, JSON.stringify(options)));
    const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu'] });
    t.after(() => browser.close());
    await (await browser.newPage()).goto(url);
    await h.storeReaches(collector, () => collector.store.counts().lastSeq === 3);
    const events = collector.store.events();
    const seen = events.map(({ verdict, reasons, payload }) => [verdict, reasons, payload['e']]);
    assert.deepEqual(seen, [
      ['good', [], 'pv'],
      ['good', [], 'se'],
      ['good', [], 'ue'],
    ]);
    const [first] = events;
    assert.equal(first?.payload['page'], 'Ünï – 日本');
    assert.equal(first?.request.anonymous, name === 'anonymously');
    assert.equal(first?.decoded.entities.length, name === 'anonymously' ? 1 : 3);
  });
}
