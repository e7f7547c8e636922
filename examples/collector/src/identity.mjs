// Decides the network user id of a request, and which facts about the request are kept.
import { randomUUID } from 'node:crypto';
import { isUuid } from './atomic.mjs';

/** @typedef {import('fastify').FastifyRequest} FastifyRequest */
/** @typedef {import('fastify').FastifyReply} FastifyReply */
/** @typedef {import('./types.mjs').RequestFacts} RequestFacts */

export const COOKIE = 'sp';
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;
const NEVER_KEPT = ['cookie', 'authorization'];
const TELLS_ADDRESS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** @param {FastifyRequest} request */
const isAnonymous = (request) => request.headers['sp-anonymous'] !== undefined;

/** @param {FastifyRequest} request @returns {Record<string, string>} */
function keptHeaders(request) {
  const left = isAnonymous(request) ? [...NEVER_KEPT, ...TELLS_ADDRESS] : NEVER_KEPT;
  const entries = Object.entries(request.headers).filter(([name]) => !left.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/**
 * @param {FastifyRequest} request
 * @param {number} bytes
 * @returns {RequestFacts}
 */
export function factsOf(request, bytes) {
  const anonymous = isAnonymous(request);
  const cookie = request.cookies[COOKIE];
  const known = cookie !== undefined && isUuid(cookie) ? cookie : randomUUID();
  return {
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    anonymous,
    origin: request.headers.origin ?? null,
    bytes,
    networkUserId: anonymous ? null : known,
    ip: anonymous ? null : request.ip,
    headers: keptHeaders(request),
  };
}

/**
 * Gives the network user id back, for another year; nothing to who wants to be anonymous.
 * @param {FastifyReply} reply
 * @param {string | null} networkUserId
 * @param {boolean} secure Whether the collector is behind https, and so may be on another site.
 */
export function setCookie(reply, networkUserId, secure) {
  if (networkUserId === null) return;
  const sameSite = secure ? 'none' : 'lax';
  reply.setCookie(COOKIE, networkUserId, { path: '/', maxAge: ONE_YEAR_SECONDS, httpOnly: true, sameSite, secure });
}
