// Takes out of what was seen all that differs from run to run: ids become numbers in the order in which they appear,
// so that what was equal stays equal, and times are told from the start of the run.
import { isAccepted } from './arrivals.mjs';
import { decodePayload } from './payload.mjs';
import { KNOWN_ID } from './scenario.mjs';

/** @typedef {import('./run.mjs').Seen} Seen */
/** @typedef {import('./run.mjs').PageSeen} PageSeen */
/** @typedef {import('./site.mjs').Payload} Payload */

/** What is kept for longest: ids for two years. */
const FARTHEST_MS = 3 * 365 * 24 * 3600 * 1000;
const NIL = '00000000-0000-0000-0000-000000000000';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const MILLISECONDS = /(?<!\d)\d{13}(?!\d)/g;
const SECONDS = /(?<!\d)\d{10}(?!\d)/g;

/** @param {Seen} seen */
function maskOf({ port, from }) {
  const ids = new Map();
  /** @param {number} ms @param {string} text @param {string} unit */
  const time = (ms, text, unit) =>
    ms < from || ms > from + FARTHEST_MS ? text : `<start + ${ms - from} ms, in ${unit}>`;
  /** @param {string} id */
  const nameOf = (id) => {
    if (id === NIL || id.startsWith(KNOWN_ID)) return id;
    if (!ids.has(id)) ids.set(id, `<id ${ids.size + 1}>`);
    return ids.get(id);
  };
  /** @param {string} text */
  return (text) =>
    text
      .replaceAll(`:${port}`, ':<port>')
      .replaceAll(ISO, (iso) => time(Date.parse(iso), iso, 'ISO'))
      .replaceAll(UUID, nameOf)
      .replaceAll(MILLISECONDS, (ms) => time(Number(ms), ms, 'ms'))
      .replaceAll(SECONDS, (s) => time(Number(s) * 1000, s, 's'));
}

/** @param {unknown} value @param {(text: string) => string} mask @returns {unknown} */
function walk(value, mask) {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') {
    const text = mask(`${value}`);
    return text === `${value}` ? value : text;
  }
  if (Array.isArray(value)) return value.map((part) => walk(part, mask));
  if (typeof value !== 'object' || value === null) return value ?? null;
  // In order of their names: the first appearance of an id must not depend on who wrote the keys in which order.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [mask(key), walk(part, mask)]));
}

/** Events of each tracker as they were tracked: by time, what is of one time as it came. @param {Payload[]} events */
function byTracker(events) {
  /** @type {Record<string, { at: number, payload: Payload }[]>} */
  const trackers = {};
  for (const payload of events) {
    const own = (trackers[payload['tna'] ?? ''] ??= []);
    own.push({ at: payload['dtm'] === undefined ? (own.at(-1)?.at ?? 0) : Number(payload['dtm']), payload });
  }
  const inOrder = (/** @type {{ at: number, payload: Payload }[]} */ own) =>
    own.sort((a, b) => a.at - b.at).map(({ payload }) => decodePayload(payload));
  return Object.fromEntries(Object.entries(trackers).map(([tracker, own]) => [tracker, inOrder(own)]));
}

/** @param {PageSeen['asked']} asked @param {'shapes' | 'all'} how */
function requestsOf(asked, how) {
  const all = asked.map(({ events, ...shape }) => ({ ...shape, ...(how === 'all' && { events: events.length }) }));
  if (how === 'all') return all;
  return [...new Set(all.map((shape) => JSON.stringify(shape)))].sort().map((text) => JSON.parse(text));
}

const ID_FIELDS = [
  'user',
  'created',
  'visits',
  'now',
  'last',
  'session',
  'previous',
  'firstEvent',
  'firstTime',
  'index',
];

/** An id cookie field by field. @param {string} name @param {string} value */
function fieldsOf(name, value) {
  const fields = decodeURIComponent(value).split('.');
  if (!/id\.[0-9a-f]{4}$/.test(name) || fields.length < 6) return value;
  return Object.fromEntries(fields.map((field, i) => [ID_FIELDS[i] ?? `${i}`, field]));
}

/** @param {NonNullable<PageSeen['stored']>} stored */
const storedOf = ({ cookies, local, session }) => ({
  cookies: Object.fromEntries(
    Object.entries(cookies).map(([name, cookie]) => [name, { ...cookie, value: fieldsOf(name, cookie.value) }]),
  ),
  local: Object.fromEntries(Object.entries(local).map(([name, value]) => [name, fieldsOf(name, value)])),
  session,
});

/**
 * What two runs of a scenario must have alike.
 * @param {Seen} seen
 * @param {import('./scenario.mjs').Scenario} scenario
 */
export function comparable(seen, scenario) {
  const mask = maskOf(seen);
  return seen.pages.map(({ asked, notes, errors, stored }) => {
    const events = byTracker(asked.filter(isAccepted).flatMap((one) => one.events));
    const page = {
      events,
      notes,
      errors,
      ...(scenario.requests && { requests: requestsOf(asked, scenario.requests) }),
      ...(stored && { stored: storedOf(stored) }),
    };
    return walk(page, mask);
  });
}
