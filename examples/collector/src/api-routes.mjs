// The JSON API: reading and resetting the events, the stream for live pages, and the faults. No page of another
// origin may use it: what a developer's own visitors do is nobody else's business.
import { FAULT_SCHEMA } from './faults.mjs';

/** @typedef {import('fastify').FastifyInstance} FastifyInstance */
/** @typedef {import('./parts.mjs').Parts} Parts */
/** @typedef {{ since?: number, verdict?: 'good' | 'bad', limit?: number }} EventsQuery */

const EVENTS_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    since: { type: 'integer', minimum: 0 },
    verdict: { enum: ['good', 'bad'] },
    limit: { type: 'integer', minimum: 1 },
  },
};

/** @param {import('fastify').FastifyRequest} request */
function isForeign(request) {
  const { origin } = request.headers;
  return origin !== undefined && origin !== `${request.protocol}://${request.headers.host}`;
}

/**
 * @param {FastifyInstance} app
 * @param {Parts} parts
 */
export function apiRoutes(app, { store, faults, streams }) {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    if (isForeign(request)) reply.code(403).send({ error: 'only for pages of the collector itself' });
    else done();
  });
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500, message } = /** @type {import('fastify').FastifyError} */ (error);
    return reply.code(statusCode).send({ error: message });
  });

  app.get('/events', { schema: { querystring: EVENTS_QUERY } }, (request, reply) => {
    const events = store.events(/** @type {EventsQuery} */ (request.query));
    return reply.send({ events, lastSeq: store.counts().lastSeq });
  });
  app.get('/counts', (_request, reply) => reply.send(store.counts()));
  app.post('/reset', (_request, reply) => {
    store.reset();
    return reply.send(store.counts());
  });
  app.get('/stream', { exposeHeadRoute: false }, (request, reply) => {
    reply.hijack();
    streams.open(reply.raw, String(request.headers['last-event-id'] ?? ''));
  });
  app.get('/faults', (_request, reply) => reply.send(faults.current));
  app.post('/faults', { schema: { body: FAULT_SCHEMA } }, (request, reply) => {
    faults.set(/** @type {import('./faults.mjs').Fault} */ (request.body));
    return reply.send(faults.current);
  });
  app.all('/*', (_request, reply) => reply.code(404).send({ error: 'no such resource' }));
}
