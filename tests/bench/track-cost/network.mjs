// A network that costs both sides the same: nothing. It keeps what was sent, and answers 200 or never.

/** @typedef {Record<string, string>} Payload */

/** The collector of one side. */
class Collector {
  answers = true;
  /** @type {(() => void)[]} */
  unanswered = [];
  /** @type {Promise<string>[]} */
  bodies = [];

  /** @param {Promise<string>} body @returns {Promise<Response>} */
  take(body) {
    this.bodies.push(body);
    const response = new Response(null, { status: 200 });
    if (this.answers) return Promise.resolve(response);
    return new Promise((resolve) => this.unanswered.push(() => resolve(response)));
  }
}

/** By host. @type {Map<string, Collector>} */
const collectors = new Map();

/** @param {string} host */
function collectorOf(host) {
  const found = collectors.get(host) ?? new Collector();
  collectors.set(host, found);
  return found;
}

/** Stands in for fetch. @param {unknown} input @param {{ body?: unknown }} [init] @returns {Promise<Response>} */
export function fetchNothing(input, init) {
  if (input instanceof Request) return collectorOf(new URL(input.url).host).take(input.clone().text());
  const bytes = /** @type {Uint8Array} */ (init?.body);
  return collectorOf(new URL(String(input)).host).take(Promise.resolve(new TextDecoder().decode(bytes.slice())));
}

/** From here on no request to `host` is answered. @param {string} host */
export const fallSilent = (host) => void (collectorOf(host).answers = false);

/** From here on every request to `host` is answered with 200; those that wait are answered now. @param {string} host */
export function answerAll(host) {
  const collector = collectorOf(host);
  collector.answers = true;
  for (const answer of collector.unanswered.splice(0)) answer();
}

/** The payloads of all requests since the last call. @param {string} host @returns {Promise<Payload[]>} */
export async function takePayloads(host) {
  const texts = await Promise.all(collectorOf(host).bodies.splice(0));
  return texts.flatMap((text) => /** @type {{ data: Payload[] }} */ (JSON.parse(text)).data);
}
