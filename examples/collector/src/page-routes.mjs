// Serves the live page: a fixed list of files, under a policy that lets nothing run but them.
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../page/', import.meta.url);

/** @type {ReadonlyArray<[path: string, file: string, type: string]>} */
const FILES = [
  ['/', 'index.html', 'text/html'],
  ['/page/live.css', 'live.css', 'text/css'],
  ['/page/event.css', 'event.css', 'text/css'],
  ['/page/live.js', 'live.js', 'text/javascript'],
  ['/page/feed.js', 'feed.js', 'text/javascript'],
  ['/page/row.js', 'row.js', 'text/javascript'],
  ['/page/dom.js', 'dom.js', 'text/javascript'],
  ['/page/summary.js', 'summary.js', 'text/javascript'],
  ['/page/icon.svg', 'icon.svg', 'image/svg+xml'],
];

const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** @param {import('fastify').FastifyInstance} app */
export function pageRoutes(app) {
  for (const [path, file, type] of FILES) {
    const content = readFileSync(new URL(file, FOLDER));
    app.get(path, (_request, reply) => reply.headers(HEADERS).type(`${type}; charset=utf-8`).send(content));
  }
}
