// Joins the parts of the collector into one server and gives it its lifetime.
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { apiRoutes } from './api-routes.mjs';
import { Faults } from './faults.mjs';
import { Judge } from './judge.mjs';
import { CLOSE_GRACE_MS, MAX_HEADER_BYTES } from './limits.mjs';
import { pageRoutes } from './page-routes.mjs';
import { Registry } from './registry.mjs';
import { settingsFrom } from './settings.mjs';
import { Store } from './store.mjs';
import { Streams } from './stream.mjs';
import { trackerRoutes } from './tracker-routes.mjs';

/** @typedef {import('./settings.mjs').CollectorOptions} CollectorOptions */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./parts.mjs').Parts} Parts */

/** The schemas that the collector carries. */
export const SCHEMAS = fileURLToPath(new URL('../schemas', import.meta.url));
/** The schemas of Piste's own events. */
const PISTE_SCHEMAS = fileURLToPath(new URL('../../../docs/schemas', import.meta.url));

/** @param {Settings} settings @returns {Parts} */
function makeParts(settings) {
  const registry = new Registry();
  for (const folder of [SCHEMAS, PISTE_SCHEMAS, ...settings.schemas]) registry.addFolder(folder);
  const store = new Store(settings);
  return {
    settings,
    store,
    judge: new Judge(registry, settings.allowUnknownSchemas),
    faults: new Faults(),
    streams: new Streams(store),
  };
}

/** @param {Parts} parts */
function makeServer(parts) {
  const app = Fastify({
    logger: false,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    routerOptions: { maxParamLength: 1000 },
  });
  app.register(async (scope) => trackerRoutes(scope, parts));
  app.register(
    (scope, _options, done) => {
      apiRoutes(scope, parts);
      done();
    },
    { prefix: '/api' },
  );
  pageRoutes(app);
  return app;
}

/**
 * A collector that is not listening yet.
 * @param {CollectorOptions} [options]
 * @throws {RangeError} for an option that makes no sense
 * @throws {Error} for a schema that cannot be used
 */
export function createCollector(options = {}) {
  const parts = makeParts(settingsFrom(options));
  const app = makeServer(parts);
  const { port, host } = parts.settings;
  let url = '';
  /** @type {Promise<void> | undefined} */
  let closed;

  async function close() {
    parts.streams.close();
    parts.faults.release();
    const cutOff = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
    await app.close();
    clearTimeout(cutOff);
  }

  return {
    /** The events, for who has the collector in the same process. */
    store: parts.store,
    faults: parts.faults,
    /** As `http://127.0.0.1:9090`; empty before `start()` has resolved. */
    get url() {
      return url;
    },
    /** @returns {Promise<string>} The URL, once requests are taken. */
    async start() {
      url = await app.listen({ port, host });
      return url;
    },
    /** Ends streams, lets requests under way finish for a second, and frees the port. May be called twice. */
    close: () => (closed ??= close()),
  };
}
