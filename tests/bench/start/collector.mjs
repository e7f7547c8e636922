// A collector that answers at once and notes when the first event arrives: the moment, in Unix ms with fractions.
import { once } from 'node:events';
import { createServer } from 'node:http';

const now = () => performance.timeOrigin + performance.now();

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function respond(request, response) {
  response.writeHead(200, {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': 'Content-Type, SP-Anonymous',
    'Access-Control-Max-Age': '600',
  });
  response.end();
}

/** Starts it. `arrival()` resolves with the moment when the next event's body is complete. */
export async function startCollector() {
  /** @type {((ms: number) => void)[]} */
  const waiting = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'POST') for (const tell of waiting.splice(0)) tell(now());
      respond(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    arrival: () => new Promise((/** @type {(ms: number) => void} */ resolve) => void waiting.push(resolve)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
