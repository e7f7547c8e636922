// Serves the pages of a benchmark from memory, isolated, so that their clock ticks every 5 µs instead of 100.
import { once } from 'node:events';
import { createServer } from 'node:http';

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', wasm: 'application/wasm' };

/** Smallest step of performance.now() on a page that is isolated. */
export const CLOCK_TICK_US = 5;

/**
 * @param {Record<string, string | Uint8Array>} files by path, as `/page.html`
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function servePages(files) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const body = files[path];
    const type = Object.entries(TYPES).find(([end]) => path.endsWith(`.${end}`))?.[1];
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': type ?? 'text/plain',
      'Cache-Control': 'no-store',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
