// Compares the events that arrived with those that had to: what is missing, wrong, bad, unexpected or double.
import { describe, nameOf } from './describe.mjs';

/** @typedef {import('./describe.mjs').StoredEvent} StoredEvent */
/** @typedef {import('./expected.mjs').Expected} Expected */
/**
 * What the comparison found: `faults`, none if all is as it should be, and how many events arrived `again` that may.
 * @typedef {{ faults: Fault[], again: number }} Comparison
 */
/** @typedef {'missing' | 'wrong' | 'bad' | 'unexpected' | 'double' | 'stray' | 'disorder'} Kind */
/** @typedef {{ kind: Kind, text: string }} Fault */

/** What every event of the site says. */
const ALWAYS = { aid: 'silvaun-hut', tna: 'piste', p: 'web' };

/** @param {{ type: string, what: string, page: string }} event */
const spell = ({ type, what, page }) => `${type} “${what}” on ${page}`;

/**
 * Where `found` is not as `wanted` says; objects may have further members.
 * @param {unknown} wanted @param {unknown} found @param {string} path
 * @returns {string[]}
 */
function differences(wanted, found, path) {
  if (wanted === null) return found === undefined || found === null ? [] : [`${path} is there`];
  if (typeof wanted !== 'object') {
    return wanted === found ? [] : [`${path} is ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
  }
  const inside = /** @type {Record<string, unknown>} */ (found ?? {});
  const lengths = Array.isArray(wanted) ? [['length', wanted.length]] : [];
  return [...lengths, ...Object.entries(wanted)].flatMap(([key, value]) =>
    differences(value, inside[key], `${path}.${key}`),
  );
}

/** @param {StoredEvent} event */
const entitiesOf = ({ decoded }) =>
  Object.fromEntries(decoded.entities.map(({ schema, data }) => [nameOf(schema), data]));

/**
 * Whether it happened before the visitor answered, and arrived after.
 * @param {number} untilMs @param {StoredEvent} event
 */
function timesOf(untilMs, { payload, receivedAt }) {
  const [happenedMs, arrivedMs] = [Number(payload.dtm), Date.parse(receivedAt)];
  return [
    ...(happenedMs < untilMs ? [] : [` it says that it happened ${happenedMs - untilMs} ms after the answer`]),
    ...(arrivedMs >= untilMs ? [] : [` it arrived ${untilMs - arrivedMs} ms before the answer`]),
  ];
}

/** @param {Expected} expected @param {StoredEvent} event */
function faultsOf({ has = {}, heldUntilMs }, event) {
  const { payload: fields, decoded, request } = event;
  const parts = { fields, data: decoded.event?.data, entities: entitiesOf(event), request };
  return [
    ...differences(has, parts, ''),
    ...differences(ALWAYS, fields, '.fields'),
    ...(heldUntilMs === undefined ? [] : timesOf(heldUntilMs, event)),
  ].map((text) => text.slice(1));
}

/**
 * The visitors by their ids, in the order in which they came.
 * @param {Expected[]} expected
 * @param {StoredEvent[]} events
 */
function visitorsIn(expected, events) {
  const numbers = new Set(expected.map(({ who }) => who).filter((who) => who !== undefined));
  const ids = new Set(events.toSorted((a, b) => a.seq - b.seq).map(({ payload }) => payload.duid));
  ids.delete(undefined);
  return new Map([...ids].map((id, i) => [id, [...numbers][i]]));
}

/**
 * Gives each expected event the one that fits, or else one about the same, or none.
 * @param {Expected[]} expected
 * @param {StoredEvent[]} events
 */
function assign(expected, events) {
  const left = new Set(events);
  const visitors = visitorsIn(expected, events);
  /** @param {Expected} one @param {StoredEvent} event */
  const isAbout = (one, event) => {
    const { type, what, page } = describe(event);
    const isTheirs = one.who === undefined || one.who === visitors.get(event.payload.duid);
    return isTheirs && one.type === type && one.what === what && one.page === page;
  };
  /** @param {Expected} one @param {(event: StoredEvent) => boolean} fits */
  const take = (one, fits) => {
    const event = [...left].find((candidate) => isAbout(one, candidate) && fits(candidate));
    if (event) left.delete(event);
    return event;
  };
  const exact = expected.map((one) => ({ one, event: take(one, (event) => faultsOf(one, event).length === 0) }));
  return { pairs: exact.map(({ one, event }) => ({ one, event: event ?? take(one, () => true) })), left };
}

/** @param {{ one: Expected, event: StoredEvent | undefined }} pair @returns {Fault[]} */
function faultsOfPair({ one, event }) {
  if (!event) return one.optional ? [] : [{ kind: 'missing', text: spell(one) }];
  const faults = faultsOf(one, event);
  return faults.length === 0 ? [] : [{ kind: 'wrong', text: `${spell(one)}: ${faults.join(', ')}` }];
}

/** @param {StoredEvent} event */
const idOf = ({ payload }) => payload.eid;

/** @param {StoredEvent[]} events @returns {Set<StoredEvent>} Those that came before under the same id. */
function repetitions(events) {
  const seen = new Set();
  return new Set(events.filter((event) => seen.has(idOf(event)) || !seen.add(idOf(event))));
}

/** Pings that belong to no page view. @param {StoredEvent[]} events */
function strays(events) {
  /** @param {StoredEvent} event */
  const pageOf = (event) => /** @type {{ id?: string } | undefined} */ (entitiesOf(event).web_page)?.id;
  const viewed = new Set(events.filter(({ payload }) => payload.e === 'pv').map(pageOf));
  return events.filter((event) => event.payload.e === 'pp' && !viewed.has(pageOf(event)));
}

/**
 * Held events that come in their session before one that happened before them.
 * @param {{ one: Expected, event: StoredEvent | undefined }[]} pairs
 */
function disordered(pairs) {
  let last = 0;
  return pairs.flatMap(({ one, event }) => {
    if (one.heldUntilMs === undefined || !event) return [];
    const { eventIndex = 0 } = /** @type {{ eventIndex?: number }} */ (entitiesOf(event).client_session ?? {});
    const isLater = eventIndex > last;
    last = eventIndex;
    return isLater ? [] : [event];
  });
}

/** @param {Kind} kind @param {Iterable<StoredEvent>} which @returns {Fault[]} */
const list = (kind, which) =>
  [...which].map((event) => ({ kind, text: `#${event.seq} ${[spell(describe(event)), ...event.reasons].join(', ')}` }));

/**
 * @param {Expected[]} expected
 * @param {StoredEvent[]} events
 * @returns {Comparison}
 */
export function compare(expected, events) {
  const repeated = repetitions(events);
  const once = events.filter((event) => !repeated.has(event));
  const { pairs, left } = assign(expected, once);
  const allowed = new Set(pairs.flatMap(({ one, event }) => (one.mayRepeat && event ? [idOf(event)] : [])));
  const doubles = [...repeated].filter((event) => !allowed.has(idOf(event)));
  const bad = events.filter(({ verdict }) => verdict === 'bad');
  const faults = [
    ...pairs.flatMap(faultsOfPair),
    ...list('bad', bad),
    ...list('double', doubles),
    ...list('unexpected', left),
    ...list('stray', strays(once)),
    ...list('disorder', disordered(pairs)),
  ];
  return { faults, again: repeated.size - doubles.length };
}
