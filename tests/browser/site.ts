// A site for the end-to-end tests: any path is a page, made as its query says; /piste/ is the built package.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '../../js/dist');
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', wasm: 'application/wasm' };

/** How many pages were served. */
let served = 0;

/** A page by its query: `title`, `charset`, `csp`, `options` of `window.tracker`, in which PAGE stands for the number
 * of the page. `before` runs before the tracker is made, `script` after. `head` is what else its HTML begins with. */
const pageOf = (query: URLSearchParams): string => {
  const options = query.get('options')?.replaceAll('PAGE', `${++served}`);
  const start = options
    ? `<script>${query.get('before') ?? ''}</script><script type="module">
import { createTracker } from '/piste/${query.get('entry') ?? 'index.js'}';
window.problems = [];
window.told = { delivered: [], dropped: [], retries: [] };
window.createTracker = createTracker;
window.tracker = createTracker({
  onProblem: (problem) => window.problems.push(problem),
  onDelivered: (delivery) => window.told.delivered.push(delivery),
  onDropped: (drop) => window.told.dropped.push(drop),
  onRetry: (retry) => window.told.retries.push(retry),
  ...${options}
});
${query.get('script') ?? ''}
</script>`
    : '';
  return `<!doctype html><title>${query.get('title') ?? 'A page'}</title>${query.get('head') ?? ''}
<body style="height: 3000px"><a id="next" href="/next">next</a>${start}</body>`;
};

const answerFile = (name: string, response: ServerResponse): void => {
  try {
    const content = readFileSync(join(DIST, name));
    response.setHeader('Content-Type', TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain');
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
};

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
  if (pathname.startsWith('/piste/')) return answerFile(pathname.slice('/piste/'.length), response);
  const charset = searchParams.get('charset') ?? 'utf-8';
  response.setHeader('Content-Type', `text/html; charset=${charset}`);
  const policy = searchParams.get('csp');
  if (policy) response.setHeader('Content-Security-Policy', policy);
  response.end(Buffer.from(pageOf(searchParams), charset === 'utf-8' ? 'utf8' : 'latin1'));
};

/** Starts the site on a free port of loopback. */
export const startSite = async (): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
