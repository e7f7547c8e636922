// Makes the row of one event: a line that can be opened to see all of it.
import { definitions, element, folded, jsonView } from './dom.js';
import { clock, shortReason, shortSchema, summarize } from './summary.js';

/** @typedef {import('../src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {import('../src/types.mjs').SelfDescribing} SelfDescribing */

/** @type {ReadonlyArray<[key: string, label: string]>} */
const FIELDS = [
  ['se_ca', 'Category'],
  ['se_ac', 'Action'],
  ['se_la', 'Label'],
  ['se_pr', 'Property'],
  ['se_va', 'Value'],
  ['page', 'Title'],
  ['url', 'URL'],
  ['refr', 'Referrer'],
  ['aid', 'App'],
  ['tna', 'Tracker'],
  ['uid', 'User'],
  ['duid', 'Domain user'],
  ['sid', 'Session'],
  ['eid', 'Event id'],
];

/** @param {string} title @param {...(Node | string)} children */
const panel = (title, ...children) => element('section', 'panel', element('h3', '', title), ...children);

/** @param {string} what @param {SelfDescribing} json */
function selfDescribing(what, { schema, data }) {
  return panel(`${what} · ${shortSchema(schema)}`, element('code', 'schema', schema), jsonView(data));
}

/** @param {Record<string, string>} payload @returns {Array<[string, string]>} */
function knownFields(payload) {
  return FIELDS.flatMap(([key, label]) => {
    const value = payload[key];
    return value === undefined ? [] : [[label, value]];
  });
}

/** @param {StoredEvent} event */
function requestFacts({ request, receivedAt }) {
  return definitions([
    ['Received', receivedAt],
    ['Request', `${request.method} ${request.path}, ${request.bytes} bytes`],
    ['Origin', request.origin ?? 'none'],
    ['Anonymous', request.anonymous ? 'yes' : 'no'],
    ['Network user id', request.networkUserId ?? 'none'],
    ['Address', request.ip ?? 'none'],
    ...Object.entries(request.headers),
  ]);
}

/** @param {StoredEvent} event */
function content(event) {
  const { kind, reasons, payload, decoded, body } = event;
  const inside = element('div', 'content');
  if (reasons.length > 0) {
    inside.append(element('ul', 'reasons', ...reasons.map((reason) => element('li', '', reason))));
  }
  if (kind === 'request') {
    inside.append(panel('Body', element('pre', 'json', body || 'empty')));
  } else {
    if (decoded.event) inside.append(selfDescribing('Event', decoded.event));
    inside.append(panel('Fields', definitions(knownFields(payload))));
    decoded.entities.forEach((entity, index) => inside.append(selfDescribing(`Entity ${index + 1}`, entity)));
    inside.append(folded('Raw payload', () => definitions(Object.entries(payload))));
  }
  inside.append(folded('Request', () => requestFacts(event)));
  return inside;
}

/** @param {StoredEvent} event */
function side({ decoded, payload, request }) {
  const count = decoded.entities.length;
  const facts = element('span', 'side');
  if (request.anonymous) facts.append(element('span', 'tag', 'anonymous'));
  if (count > 0) facts.append(element('span', '', `${count} ${count === 1 ? 'entity' : 'entities'}`));
  facts.append(element('span', 'app', payload['aid'] ?? ''));
  return facts;
}

/** @param {StoredEvent} event */
function line(event) {
  const { type, name, detail } = summarize(event);
  const text = element('span', 'what', element('span', 'name', name), element('span', 'detail', detail));
  if (event.reasons.length > 0) text.append(element('span', 'reason', shortReason(event.reasons)));
  return element(
    'summary',
    'line',
    element('time', '', clock(event.receivedAt)),
    element('span', `verdict ${event.verdict}`, event.verdict),
    element('span', 'type', type),
    text,
    side(event),
  );
}

/** @param {StoredEvent} event @returns {HTMLElement} */
export function makeRow(event) {
  const details = /** @type {HTMLDetailsElement} */ (element('details', `event ${event.verdict}`, line(event)));
  details.addEventListener('toggle', () => details.append(content(event)), { once: true });
  return element('li', '', details);
}
