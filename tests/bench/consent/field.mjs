// A site with a consent banner of its own, and a collector elsewhere that can be made to fail.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { root } from '../build.mjs';
import { SITE_PREFIX } from './traps.mjs';

const ANSWER = `${SITE_PREFIX}answer`;

/** A page that asks its visitor; `decide()` is what its buttons call. @param {string} entry @param {string} collector
 * @param {boolean} heeds whether its tracker heeds the answer */
const pageOf = (entry, collector, heeds) => `<!doctype html><title>Shop</title>
<body style="height: 3000px"><a id="next" href="/next">next</a>
<script type="module">
import { createTracker } from '/piste/${entry}';
import { createConsent } from '/piste/consent.js';
const read = () => JSON.parse(localStorage.getItem('${ANSWER}') ?? '{}');
window.consent = createConsent({ initial: read });
window.decide = (analytics) => {
  localStorage.setItem('${ANSWER}', JSON.stringify({ analytics }));
  window.consent.set({ analytics }, 'banner');
};
window.tracker = createTracker({
  collector: '${collector}',
  ${heeds ? 'consent: window.consent,' : ''}
  identity: 'cookie',
  sessionEntity: true,
  pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 },
  batchWaitMs: 0,
});
window.tracker.trackPageView();
addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted));
</script>`;

/** @param {import('node:http').RequestListener} answer */
async function listen(answer) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

/** Starts both. `heeds`: see pageOf(). */
export async function startField(entry = 'full.js', heeds = true) {
  /** The events of all requests. @type {Record<string, string>[]} */
  const events = [];
  let requests = 0;
  let status = 200;
  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const collect = async (request, response) => {
    if (request.method !== 'OPTIONS') ++requests;
    /** @type {Buffer[]} */
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // broken off
    }
    if (request.method === 'POST' && status === 200) events.push(...JSON.parse(Buffer.concat(chunks).toString()).data);
    response.writeHead(request.method === 'OPTIONS' ? 200 : status, {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'Content-Type, SP-Anonymous',
    });
    response.end('ok');
  };
  const collector = await listen((request, response) => void collect(request, response));
  const collectorUrl = `http://127.0.0.1:${collector.port}`;
  const site = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname.startsWith('/piste/')) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' });
      response.end(readFileSync(join(root, 'js/dist', pathname.slice('/piste/'.length))));
    } else if (pathname === '/favicon.ico') response.writeHead(404).end();
    else {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(pathname === '/plain' ? '<!doctype html><title>Plain</title>' : pageOf(entry, collectorUrl, heeds));
    }
  });
  return {
    origin: `http://shop.localhost:${site.port}`,
    collectorUrl,
    events,
    requests: () => requests,
    /** What the collector answers from here on. @param {number} code */
    answer: (code) => void (status = code),
    close() {
      for (const { server } of [site, collector]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
