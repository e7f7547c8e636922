// The panel's switch: what the collector is told to do. The collector takes orders from no page but its own, so the
// site's server passes them on.

/**
 * By the name that the panel has for it: the fault, as the collector's README describes it.
 * @type {Record<string, object>}
 */
export const FAULTS = {
  none: {},
  unavailable: { status: 503 },
  offline: { drop: 'before' },
  refusing: { status: 422 },
};

const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: { fault: { enum: Object.keys(FAULTS) } },
};

/** @param {import('fastify').FastifyRequest} request */
const isForeign = ({ headers, protocol, host }) =>
  headers.origin !== undefined && headers.origin !== `${protocol}://${host}`;

/** @param {unknown} fault */
const nameOf = (fault) =>
  Object.keys(FAULTS).find((name) => JSON.stringify(FAULTS[name]) === JSON.stringify(fault)) ?? 'other';

/**
 * `GET /demo/fault` and `POST /demo/fault`, both answer `{ fault }`.
 * @type {import('fastify').FastifyPluginCallback<{ collector: string }>}
 */
export function faultRoutes(app, { collector }, done) {
  /** @param {RequestInit} [request] */
  const ask = async (request) => {
    const response = await fetch(`${collector}/api/faults`, request);
    return { fault: nameOf(await response.json()) };
  };
  app.addHook('onRequest', async (request, reply) => {
    if (isForeign(request)) await reply.code(403).send({ error: 'only for pages of this site' });
  });
  app.get('/fault', () => ask());
  app.post('/fault', { schema: { body: BODY } }, (request) => {
    const { fault } = /** @type {{ fault: string }} */ (request.body);
    const headers = { 'content-type': 'application/json' };
    return ask({ method: 'POST', headers, body: JSON.stringify(FAULTS[fault]) });
  });
  done();
}
