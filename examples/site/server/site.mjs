// The server of the site: its pages under a strict policy, its files, and the panel's switch.
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import { faultRoutes } from './faults.mjs';
import { makePages } from './pages.mjs';

/** @param {string} name */
const folder = (name) => fileURLToPath(new URL(`../${name}/`, import.meta.url));

/**
 * What the pages may do. Two entries are for the tracker: `'wasm-unsafe-eval'` lets its engine run (it allows
 * WebAssembly and no eval), and `connect-src` names the collector.
 * @param {string} collector
 */
const policy = (collector) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self' ${collector}`,
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/**
 * A site that is not listening yet.
 * @param {{ collector: string, port?: number }} options `port` 0 (the default) takes any free one.
 */
export function createSite({ collector, port = 0 }) {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  const pages = makePages(collector);
  const headers = {
    'content-security-policy': policy(collector),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': 'no-cache',
  };
  /** @param {import('fastify').FastifyReply} reply @param {string} path */
  const send = (reply, path) => reply.headers(headers).type('text/html; charset=utf-8').send(pages.get(path));

  for (const path of pages.keys()) {
    if (path !== '404') app.get(path, (_request, reply) => send(reply, path));
  }
  // The steps of the booking are views of one page.
  app.get('/book/:step', (_request, reply) => send(reply, '/book/'));
  app.setNotFoundHandler((_request, reply) => send(reply.code(404), '404'));
  // No cache: after a build the next reload has what was built.
  app.register(fastifyStatic, { root: folder('public'), cacheControl: false });
  app.register(fastifyStatic, { root: folder('dist'), prefix: '/dist/', cacheControl: false, decorateReply: false });
  app.register(faultRoutes, { prefix: '/demo', collector });

  return {
    /** @returns {Promise<string>} The URL, once requests are taken. */
    start: () => app.listen({ port, host: '127.0.0.1' }),
    close: () => app.close(),
  };
}
