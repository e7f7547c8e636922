// Decides what the page says about an event in one line, and whether a filter finds it. Knows nothing of the page.

/** @typedef {import('../src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {{ type: string, name: string, detail: string }} Summary */

/** @type {Readonly<Record<string, string>>} */
const TYPES = { pv: 'page view', pp: 'page ping', se: 'structured', ue: 'self-describing' };

/**
 * `link_click 1-0-1` of `iglu:com.acme/link_click/jsonschema/1-0-1`; other text stays as it is.
 * @param {string} schema
 */
export function shortSchema(schema) {
  const match = /^iglu:[^/]+\/([^/]+)\/[^/]+\/([^/]+)$/.exec(schema);
  return match ? `${match[1]} ${match[2]}` : schema;
}

/**
 * The first reason, short enough for one line, and how many more there are.
 * @param {string[]} reasons At least one.
 */
export function shortReason([first = '', ...more]) {
  const short = first.replace(/^(event|entity \d+) (iglu:\S+):/, (_all, what, uri) => `${what} ${shortSchema(uri)}:`);
  return more.length === 0 ? short : `${short} (and ${more.length} more)`;
}

/** @param {string | undefined} url @returns {string} Without scheme and host, when it has a path. */
function shortUrl(url = '') {
  return /^https?:\/\/[^/]+(\/.+)$/.exec(url)?.[1] ?? url;
}

/** @param {Record<string, string>} payload @returns {Summary} */
function summarizeStructured({ se_ca = '', se_ac = '', se_la, se_pr, se_va }) {
  const detail = [se_la, se_pr, se_va].filter((part) => part !== undefined).join(' · ');
  return { type: 'structured', name: `${se_ca} › ${se_ac}`, detail };
}

/** @param {Record<string, string>} payload @returns {Summary} */
function summarizePing({ page, url, pp_max, pp_may }) {
  const reach = pp_max || pp_may ? `seen to ${pp_max ?? 0} × ${pp_may ?? 0} px` : '';
  return { type: 'page ping', name: page || shortUrl(url), detail: reach };
}

/** @param {StoredEvent} event @returns {Summary} */
export function summarize({ kind, payload, decoded, request }) {
  if (kind === 'request') return { type: 'request', name: `${request.method} ${request.path}`, detail: '' };
  const { e = '', page, url } = payload;
  if (e === 'se') return summarizeStructured(payload);
  if (e === 'pp') return summarizePing(payload);
  if (e === 'ue') {
    const name = decoded.event ? shortSchema(decoded.event.schema) : 'not decodable';
    return { type: 'self-describing', name, detail: shortUrl(url) };
  }
  return {
    type: TYPES[e] ?? `type ${e}`,
    name: page || shortUrl(url) || 'untitled',
    detail: page ? shortUrl(url) : '',
  };
}

/** @param {string} iso @returns {string} Local time to the millisecond. */
export function clock(iso) {
  const date = new Date(iso);
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const seconds = `${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}

/** @typedef {{ verdict: 'all' | 'good' | 'bad', text: string }} Filter */

/**
 * Everything of an event in which a filter looks.
 * @param {StoredEvent} event
 */
export function searchable(event) {
  const { type, name, detail } = summarize(event);
  return [type, name, detail, JSON.stringify(event)].join('\n').toLowerCase();
}

/**
 * @param {StoredEvent} event
 * @param {string} haystack Its searchable text.
 * @param {Filter} filter Words of `text` must all be there.
 */
export function matches(event, haystack, { verdict, text }) {
  if (verdict !== 'all' && event.verdict !== verdict) return false;
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => haystack.includes(word));
}
