// One server for one run of a scenario: its pages, and a collector that remembers every request.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {import('node:http').IncomingMessage} Asking */
/** @typedef {import('node:http').ServerResponse} Answering */
/** @typedef {Record<string, string>} Payload */

/** A request to the collector. @typedef {object} Asked
 * @property {string} method
 * @property {string} host
 * @property {string} path
 * @property {string} [schema] of the envelope
 * @property {Record<string, string>} headers those that say something about the tracker
 * @property {Payload[]} events
 * @property {import('./scenario.mjs').Answer} answer
 */

/** @typedef {{ script: string, title: string, body: string }} Document */

/** Names under which the server is a collector; under all others it has pages. */
const COLLECTORS = /^(?:127\.0\.0\.1|collector\d*\.test)(?::|$)/;

const SAYING = /^(?:content-type|sp-anonymous|x-.*)$/;

/** @param {Document} document */
const textOf = ({ title, body }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="referrer" content="unsafe-url"><link rel="icon" href="data:,"></head>
<body style="margin:0;height:5000px">${body}<script src="/program.js"></script></body></html>`;

/** @param {Asking} request */
async function readText(request) {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  return text;
}

/** @param {Asking} request @param {Answering} response */
function allowOrigin(request, response) {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '');
  response.setHeader('Access-Control-Max-Age', '600');
}

/** @param {Asking} request @param {string} body @returns {Omit<Asked, 'answer'>} */
function read(request, body) {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://collector');
  const { method = '', headers } = request;
  const saying = Object.entries(headers).filter(([name]) => SAYING.test(name));
  const asked = {
    method,
    host: headers.host ?? '',
    path,
    headers: /** @type {Payload} */ (Object.fromEntries(saying)),
  };
  if (!body) return { ...asked, events: query.has('e') ? [Object.fromEntries(query)] : [] };
  const { schema, data } = JSON.parse(body);
  return { ...asked, schema, events: data };
}

/** @param {Answering} response @param {import('./scenario.mjs').Answer} answer */
function respond(response, answer) {
  if (answer === 'drop') response.destroy();
  else response.writeHead(answer).end('ok');
}

/** @param {(asked: Asked) => void} heard */
export async function startSite(heard) {
  const state = {
    /** @type {Document} */
    document: { script: '', title: '', body: '' },
    /** @type {import('./scenario.mjs').Answer[]} */
    answers: [200],
  };

  /** @param {Asking} request @param {Answering} response */
  async function collect(request, response) {
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(200).end();
    const asked = read(request, await readText(request));
    const [first = 200, ...rest] = state.answers;
    const answer = asked.events.length ? first : 200;
    if (asked.events.length && rest.length) state.answers = rest;
    respond(response, answer);
    heard({ ...asked, answer });
  }

  const server = createServer((request, response) => {
    // A page that is left ends its requests half way.
    if (COLLECTORS.test(request.headers.host ?? '')) return void collect(request, response).catch(() => {});
    response.setHeader('Cache-Control', 'no-store');
    const isScript = request.url === '/program.js';
    response.setHeader('Content-Type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
    response.end(isScript ? state.document.script : textOf(state.document));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    state,
    port,
    collector: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
