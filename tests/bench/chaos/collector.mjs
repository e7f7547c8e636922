// A collector that can be up, away, out of order, or drop connections, always at the same address.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** `refuse`: nobody listens. `unavailable`: every answer is 503. `drop`: no request is answered, half of them are read.
 * @typedef {'up' | 'refuse' | 'unavailable' | 'drop'} Mode */

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Answer */

/** How long it takes to answer, in ms at most, so that pages end between the two. */
const SLOWEST_MS = 40;
/** A port that was given back may have been lent to an outgoing connection for a moment. */
const LISTEN_AGAIN_MS = 100;

/** @param {Request} request */
async function readText(request) {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  return text;
}

/** The labels of the events in a request. @param {Request} request @param {string} body */
function labelsOf(request, body) {
  /** @type {{ se_la?: string }[]} */
  const payloads = body
    ? JSON.parse(body).data
    : [Object.fromEntries(new URL(request.url ?? '', 'http://collector').searchParams)];
  return payloads.flatMap(({ se_la: label }) => label ?? []);
}

/** The page that sent it: its address names it. @param {Request} request */
function pageOf({ headers: { referer } }) {
  return (referer && new URL(referer).searchParams.get('page')) ?? '';
}

/** @param {Request} request @param {Answer} answer @param {number} status @param {Record<string, string>} [headers] */
function respond(request, answer, status, headers = {}) {
  answer.writeHead(status, {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': 'Content-Type, SP-Anonymous',
    'Access-Control-Expose-Headers': 'X-Delivery, Retry-After',
    'Access-Control-Max-Age': '600',
    ...headers,
  });
  answer.end();
}

/** Listens where it did before. @param {import('node:http').Server} server @param {number} port */
async function listenAgain(server, port) {
  for (;;) {
    try {
      server.listen(port, '127.0.0.1');
      return await once(server, 'listening');
    } catch (cause) {
      if (/** @type {NodeJS.ErrnoException} */ (cause).code !== 'EADDRINUSE') throw cause;
      await new Promise((resolve) => setTimeout(resolve, LISTEN_AGAIN_MS));
    }
  }
}

/**
 * Starts it, up.
 * @param {import('./records.mjs').Records} records
 * @param {import('./random.mjs').Random} random
 */
export async function startCollector(records, random) {
  /** @type {Mode} */
  let mode = 'up';
  /** What became of requests. */
  const counts = { taken: 0, unanswered: 0, unavailable: 0, unread: 0 };

  /** @param {Request} request @param {Answer} answer */
  const take = async (request, answer) => {
    if (request.method === 'OPTIONS') return respond(request, answer, 200);
    if (mode === 'unavailable') {
      ++counts.unavailable;
      request.resume();
      return respond(request, answer, 503, random.below(3) ? {} : { 'Retry-After': '1' });
    }
    if (mode === 'drop' && random.below(2)) {
      ++counts.unread;
      return void request.destroy();
    }
    const labels = labelsOf(request, await readText(request));
    if (!labels.length) return respond(request, answer, 200);
    const delivery = records.deliver(pageOf(request), labels);
    ++counts.taken;
    answer.on('close', () => {
      delivery.answered = answer.writableFinished;
      if (!delivery.answered) ++counts.unanswered;
    });
    if (mode === 'drop') return void request.destroy();
    // Before the answer, so that the page can have told of it: until it is written, it is not lost.
    delivery.answered = true;
    setTimeout(() => respond(request, answer, 200, { 'X-Delivery': `${delivery.number}` }), random.below(SLOWEST_MS));
  };
  const server = createServer((request, answer) => {
    // A browser that is killed ends its requests half way.
    take(request, answer).catch(() => request.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    records.cut();
    server.closeAllConnections();
    await closed;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    counts,
    /** @param {Mode} next */
    async become(next) {
      if (next === 'refuse' && server.listening) await stop();
      mode = next;
      if (next !== 'refuse' && !server.listening) await listenAgain(server, port);
    },
    close: () => (server.listening ? stop() : Promise.resolve()),
  };
}
