// Compares the events that arrived with those that had to: what is missing, wrong, bad, unexpected or double.
import { describe, nameOf } from './describe.mjs';

/** @typedef {import('./describe.mjs').StoredEvent} StoredEvent */
/** @typedef {import('./expected.mjs').Expected} Expected */
/**
 * What the comparison found: `faults`, none if all is as it should be, and how many events arrived `again` that may.
 * @typedef {{ faults: Fault[], again: number }} Comparison
 */
/** @typedef {{ kind: 'missing' | 'wrong' | 'bad' | 'unexpected' | 'double' | 'stray', text: string }} Fault */

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

/** @param {Expected} expected @param {StoredEvent} event */
function faultsOf({ has = {} }, event) {
  const { payload: fields, decoded } = event;
  const parts = { fields, data: decoded.event?.data, entities: entitiesOf(event) };
  return [...differences(has, parts, ''), ...differences(ALWAYS, fields, '.fields')].map((text) => text.slice(1));
}

/** @param {Expected} expected @param {StoredEvent} event */
function isAbout(expected, event) {
  const { type, what, page } = describe(event);
  return expected.type === type && expected.what === what && expected.page === page;
}

/**
 * Gives each expected event the one that fits, or else one about the same, or none.
 * @param {Expected[]} expected
 * @param {StoredEvent[]} events
 * @returns {{ faults: Fault[], left: Set<StoredEvent> }}
 */
function assign(expected, events) {
  const left = new Set(events);
  /** @param {(one: Expected, event: StoredEvent) => boolean} fits @param {Expected[]} open */
  const take = (fits, open) =>
    open.flatMap((one) => {
      const event = [...left].find((candidate) => isAbout(one, candidate) && fits(one, candidate));
      if (event) left.delete(event);
      return [{ one, event }];
    });
  const exact = take((one, event) => faultsOf(one, event).length === 0, expected);
  const open = exact.filter(({ event }) => !event).map(({ one }) => one);
  const faults = take(() => true, open).flatMap(({ one, event }) => {
    if (!event) return one.optional ? [] : [/** @type {Fault} */ ({ kind: 'missing', text: spell(one) })];
    const text = `${spell(one)}: ${faultsOf(one, event).join(', ')}`;
    return [/** @type {Fault} */ ({ kind: 'wrong', text })];
  });
  return { faults, left };
}

/**
 * Whether an event that came before under the same id may do so.
 * @param {Expected[]} expected
 * @param {StoredEvent} event
 */
const mayRepeat = (expected, event) => expected.some((one) => one.mayRepeat && isAbout(one, event));

/** @param {StoredEvent[]} events @returns {StoredEvent[]} Those that came before under the same id. */
function repetitions(events) {
  const seen = new Set();
  return events.filter(({ payload: { eid } }) => seen.has(eid) || !seen.add(eid));
}

/** Pings that belong to no page view. @param {StoredEvent[]} events */
function strays(events) {
  /** @param {StoredEvent} event */
  const pageOf = (event) => /** @type {{ id?: string } | undefined} */ (entitiesOf(event).web_page)?.id;
  const viewed = new Set(events.filter(({ payload }) => payload.e === 'pv').map(pageOf));
  return events.filter((event) => event.payload.e === 'pp' && !viewed.has(pageOf(event)));
}

/**
 * @param {Expected[]} expected
 * @param {StoredEvent[]} events
 * @returns {Comparison}
 */
export function compare(expected, events) {
  const repeated = new Set(repetitions(events));
  const once = events.filter((event) => !repeated.has(event));
  const doubles = [...repeated].filter((event) => !mayRepeat(expected, event));
  const { faults, left } = assign(expected, once);
  /** @param {Fault['kind']} kind @param {Iterable<StoredEvent>} which @returns {Fault[]} */
  const list = (kind, which) =>
    [...which].map((event) => ({
      kind,
      text: `#${event.seq} ${[spell(describe(event)), ...event.reasons].join(', ')}`,
    }));
  const bad = events.filter(({ verdict }) => verdict === 'bad');
  const others = [...list('bad', bad), ...list('double', doubles), ...list('unexpected', left)];
  return { faults: [...faults, ...others, ...list('stray', strays(once))], again: repeated.size - doubles.length };
}
