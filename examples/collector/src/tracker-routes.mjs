// The endpoints that trackers talk to. Answers as Snowplow's collector does: 200 whatever is in the request, since
// judging it comes later in a pipeline; only a body that is too large is refused.
import cors from '@fastify/cors';
import cookie from '@fastify/cookie';
import { corsOptions } from './cors.mjs';
import { garbage, storesEvents } from './faults.mjs';
import { factsOf, setCookie } from './identity.mjs';
import { badRequest } from './judge.mjs';
import { NO_BODY, readBody } from './read-body.mjs';

/** @typedef {import('fastify').FastifyInstance} FastifyInstance */
/** @typedef {import('fastify').FastifyRequest} FastifyRequest */
/** @typedef {import('fastify').FastifyReply} FastifyReply */
/** @typedef {import('./types.mjs').Judged} Judged */
/** @typedef {import('./parts.mjs').Parts} Parts */
/** @typedef {{ status: number, type: string, body: string | Buffer }} Answer */

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** @type {Answer} */
const OK = { status: 200, type: 'text/plain; charset=utf-8', body: 'ok' };
/** @type {Answer} */
const TOO_LARGE = { ...OK, status: 413, body: 'too large' };
/** @type {Answer} */
const GIF = { status: 200, type: 'image/gif', body: PIXEL };

/** @param {FastifyReply} reply */
function destroyConnection(reply) {
  reply.hijack();
  reply.raw.socket?.destroy();
}

class TrackerEndpoints {
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {FastifyRequest} request @param {FastifyReply} reply */
  post(request, reply) {
    const body = /** @type {import('./read-body.mjs').Body} */ (request.body ?? NO_BODY);
    const { maxBodyBytes } = this.#parts.settings;
    const judge = () =>
      body.tooLarge
        ? [badRequest([`body: larger than ${maxBodyBytes} bytes`])]
        : this.#parts.judge.body(body.bytes, request.headers['content-type']);
    return this.#take(request, reply, judge, body.length, body.tooLarge ? TOO_LARGE : OK);
  }

  /** @param {FastifyRequest} request @param {FastifyReply} reply */
  get(request, reply) {
    const mark = request.url.indexOf('?');
    const query = mark < 0 ? '' : request.url.slice(mark + 1);
    return this.#take(request, reply, () => this.#parts.judge.query(query), query.length, GIF);
  }

  /**
   * Stores the events of a request and answers it, or does what the fault in force wants.
   * @param {FastifyRequest} request
   * @param {FastifyReply} reply
   * @param {() => Judged[]} judge
   * @param {number} bytes
   * @param {Answer} answer
   */
  async #take(request, reply, judge, bytes, answer) {
    const { faults, store, settings } = this.#parts;
    const fault = faults.take();
    const facts = factsOf(request, bytes);
    if (storesEvents(fault)) store.add(judge(), facts);
    if (fault.delayMs !== undefined) await faults.hold(fault.delayMs, reply.raw);
    if (fault.hang) await faults.hold(Infinity, reply.raw);
    if (fault.drop || fault.hang) return destroyConnection(reply);
    if (fault.retryAfter !== undefined) reply.header('retry-after', fault.retryAfter);
    if (fault.status !== undefined && fault.status >= 300) return reply.code(fault.status).send('fault');
    setCookie(reply, facts.networkUserId, settings.secureCookie);
    reply
      .code(fault.status ?? answer.status)
      .header('cache-control', 'no-store')
      .type(answer.type);
    return reply.send(fault.garbage ? garbage() : answer.body);
  }

  /**
   * A request that Fastify gave up on before a handler saw it.
   * @param {import('fastify').FastifyError} error
   * @param {FastifyRequest} request
   * @param {FastifyReply} reply
   */
  failed(error, request, reply) {
    if (request.raw.errored || reply.raw.destroyed) {
      this.#parts.store.countBrokenOff();
      return destroyConnection(reply);
    }
    this.#parts.store.add([badRequest([error.message])], factsOf(request, 0));
    return reply
      .code(error.statusCode ?? 500)
      .type(OK.type)
      .send(error.message);
  }
}

/**
 * @param {FastifyInstance} app
 * @param {Parts} parts
 */
export async function trackerRoutes(app, parts) {
  const endpoints = new TrackerEndpoints(parts);
  await app.register(cors, { delegator: corsOptions });
  await app.register(cookie);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    /** @param {FastifyRequest} _request @param {import('node:http').IncomingMessage} stream */
    (_request, stream) => readBody(stream, parts.settings.maxBodyBytes),
  );
  app.setErrorHandler((error, request, reply) =>
    endpoints.failed(/** @type {import('fastify').FastifyError} */ (error), request, reply),
  );
  const postPaths = new Set(['/:vendor/:version', ...parts.settings.postPaths]);
  for (const path of postPaths) app.post(path, (request, reply) => endpoints.post(request, reply));
  app.get('/i', { exposeHeadRoute: false }, (request, reply) => endpoints.get(request, reply));
  app.get('/health', (_request, reply) => reply.send('ok'));
}
