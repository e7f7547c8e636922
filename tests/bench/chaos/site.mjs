// The site whose pages are driven, and the witness whom they tell what they did. It is never down.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What a page is told: who it is, how many events to track and how fast, and where to.
 * @typedef {{ page: string, events: number, seed: number, paceMs: number, collector: string }} PagePlan */

/** @param {string} side @param {PagePlan} plan */
const pageOf = (side, plan) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="referrer" content="unsafe-url"></head><body><h1>Shop</h1>
<script>globalThis.plan = ${JSON.stringify(plan)}</script><script src="/${side}.js"></script></body></html>`;

/**
 * What the pages tell.
 * @param {import('./records.mjs').Records} records
 * @param {string} path
 * @param {URLSearchParams} said
 */
function hear(records, path, said) {
  if (path === '/witness') records.witness(said.get('page') ?? '', Number(said.get('from')), Number(said.get('to')));
  if (path === '/settled') records.settled.add(Number(said.get('delivery')));
  if (path === '/told') records.tell(said.get('what') ?? '');
}

/**
 * Starts it. `/SIDE.html?tab=N` is a page of that tab.
 * @param {import('./records.mjs').Records} records
 * @param {Record<string, string>} scripts by side
 * @param {(tab: number, page: string) => PagePlan} planOf
 */
export async function startSite(records, scripts, planOf) {
  const server = createServer((request, answer) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://site');
    const [, side = '', kind] = /^\/(\w+)\.(html|js)$/.exec(path) ?? [];
    const script = scripts[side];
    answer.setHeader('Cache-Control', 'no-store');
    if (kind === 'js' && script !== undefined) {
      answer.setHeader('Content-Type', 'text/javascript').end(script);
    } else if (kind === 'html' && script !== undefined) {
      const tab = Number(query.get('tab'));
      const plan = planOf(tab, records.begin(tab));
      answer.setHeader('Content-Type', 'text/html; charset=utf-8').end(pageOf(side, plan));
    } else if (path === '/elsewhere.html') {
      answer.setHeader('Content-Type', 'text/html; charset=utf-8').end('<!doctype html><title>Elsewhere</title>');
    } else {
      hear(records, path, query);
      answer.writeHead(204).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The same machine, but to a browser another site. */
    elsewhere: `http://localhost:${port}/elsewhere.html`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
