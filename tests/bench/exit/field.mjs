// Where the samples take place: a server with the pages that is a collector too, and a collector on another port.
// Addresses are NAME.localhost: each sample has an origin, and so a storage, of its own.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./arrivals.mjs').Arrivals} Arrivals */

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };

/** Takes events, from pages of any origin with their cookies. @param {Arrivals} arrivals */
const collector =
  (arrivals) => async (/** @type {IncomingMessage} */ request, /** @type {ServerResponse} */ response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // broken off: nothing arrived
    }
    if (request.method === 'POST') arrivals.note(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'Content-Type, SP-Anonymous',
      // Each request asks anew, as when the last one is long ago: the harder case, and usual at the end of a visit.
      'Access-Control-Max-Age': '0',
      'Set-Cookie': 'sp=visitor; Path=/; Max-Age=3600',
    });
    response.end('ok');
  };

/** Holds scripts back, so that a page that is loaded again has no tracker yet. */
function createGate() {
  /** By sample: what waits. @type {Map<string, (() => void)[]>} */
  const held = new Map();
  return {
    /** @param {string} sample */
    close: (sample) => void held.set(sample, []),
    /** @param {string} sample */
    open(sample) {
      for (const go of held.get(sample) ?? []) go();
      held.delete(sample);
    },
    /** Now, or when the gate of the sample is opened. @param {string} sample @param {() => void} go */
    pass(sample, go) {
      const waiting = held.get(sample);
      if (waiting) waiting.push(go);
      else go();
    },
  };
}

/** @param {(request: IncomingMessage, response: ServerResponse) => unknown} answer */
async function listen(answer) {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

/**
 * Starts both servers.
 * @param {Arrivals} arrivals
 * @param {Record<string, string>} files by path, as `/ours.js`
 */
export async function startField(arrivals, files) {
  const gate = createGate();
  const collect = collector(arrivals);
  const site = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const body = files[pathname];
    if (body === undefined) return void collect(request, response);
    const type = Object.entries(TYPES).find(([end]) => pathname.endsWith(end))?.[1] ?? 'text/plain';
    const send = () => {
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(body);
    };
    if (pathname.endsWith('.js')) gate.pass((request.headers.host ?? '').split('.')[0] ?? '', send);
    else send();
  });
  const other = await listen(collect);
  const servers = [site.server, other.server];
  return {
    gate,
    /** The address of the page of one side; its application is the sample.
     * @param {string} sample @param {'ours' | 'peer'} side @param {'same' | 'cross'} origin */
    page(sample, side, origin) {
      const own = `http://${sample}.localhost:${site.port}`;
      const to = origin === 'same' ? own : `http://127.0.0.1:${other.port}`;
      return `${own}/${side}.html?${new URLSearchParams({ sample, collector: to }).toString()}`;
    },
    /** A page of another site, without a tracker. */
    elsewhere: `http://elsewhere.localhost:${site.port}/elsewhere.html`,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
