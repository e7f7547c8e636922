// What an event is to a person: its type, what it tells, and the page that it happened on.

/** @typedef {import('../../collector/src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {{ type: string, what: string, page: string }} Description */

/** @type {Record<string, string>} */
const TYPES = { pv: 'page view', pp: 'page ping', se: 'structured', ue: 'self-describing' };

/** `booking_step` of `iglu:com.example/booking_step/jsonschema/1-0-0`. @param {string} schema */
export const nameOf = (schema) => schema.split('/')[1] ?? schema;

/** @param {string | undefined} url */
function pathOf(url = '') {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
}

/** @param {StoredEvent} event @returns {Description} */
export function describe({ kind, payload, decoded }) {
  const { e = '', page = '', se_ca = '', se_ac = '', url } = payload;
  if (kind === 'request') return { type: 'bad request', what: '', page: '' };
  const what = e === 'se' ? `${se_ca} ${se_ac}` : decoded.event ? nameOf(decoded.event.schema) : page;
  return { type: TYPES[e] ?? e, what, page: pathOf(url) };
}
