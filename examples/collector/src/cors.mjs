// Decides what a page of another origin may do: everything a tracker needs, with its cookies.

/** @typedef {import('fastify').FastifyRequest} FastifyRequest */

const ALWAYS_ALLOWED = ['content-type', 'sp-anonymous'];
const MAX_AGE_SECONDS = 3600;

/** @param {FastifyRequest} request @returns {string[]} */
function allowedHeaders(request) {
  const asked = request.headers['access-control-request-headers']?.split(',') ?? [];
  const names = asked.map((name) => name.trim().toLowerCase()).filter((name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name));
  return [...new Set([...ALWAYS_ALLOWED, ...names])];
}

/**
 * The options of `@fastify/cors` for one request. With credentials a browser takes no `*`: everything is named.
 * @param {FastifyRequest} request
 * @param {(error: null, options: import('@fastify/cors').FastifyCorsOptions) => void} done
 */
export function corsOptions(request, done) {
  done(null, {
    origin: true,
    credentials: true,
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: allowedHeaders(request),
    exposedHeaders: ['Retry-After'],
    maxAge: MAX_AGE_SECONDS,
    strictPreflight: false,
  });
}
