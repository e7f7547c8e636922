// Turns what a case expects into the exact transcript lines that a runner must print, and compares; see README.md.
import { isDeepStrictEqual } from 'node:util';

/** @typedef {Record<string, any>} Json */
/** @typedef {{ name: string, rule: string, steps: Json[] }} Case */
/** @typedef {{ about: string, needs?: string | string[], before?: Json[], cases: Case[] }} CaseFile */
/** @typedef {{ line: string, wanted: string, step: number }} Difference */
/** @typedef {{ text: string, actual: Json }} Line */

const wallStartMs = 1_700_000_000_000;
/** A row's time is told above this number, so that it always has 14 digits. */
const rowTimeBase = 1e13;
const iglu = 'iglu:com.snowplowanalytics.snowplow';
const standardUrl = 'https://c.test/com.snowplowanalytics.snowplow/tp2';
const emptyStats = {
  accepted: 0,
  restored: 0,
  delivered: 0,
  pending: 0,
  rejected: {},
  dropped: {},
  stored: 0,
  inFlight: 0,
  failures: 0,
  retryInMs: 0,
};

/** The id of the `count`-th event of a case, unless its step gave other entropy. @param {number} count */
export const eventId = (count) => `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;

const furtherIds = ['page', 'session', 'user', 'unread'];

/** The further id that the core makes of the entropy of the `count`-th event; 0: of other calls. */
/** @type {(what: string, count: number) => string} */
function furtherId(what, count) {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(count, 12);
  for (let at = 0; at < bytes.length; at += 4) {
    let word = (bytes.readUInt32LE(at) + Math.imul(furtherIds.indexOf(what) + 1, 0x9e3779b9)) >>> 0;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    bytes.writeUInt32LE((word ^ (word >>> 16)) >>> 0, at);
  }
  bytes.writeUInt8((bytes.readUInt8(6) & 15) | 64, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 63) | 128, 8);
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

/** Writes `<event 1>`, `<session 0>`, `<user 0>` and their like out. @param {string} text */
const withIds = (text) =>
  text.replace(/<(event|page|session|user|unread) (\d+)>/g, (_, what, count) =>
    what === 'event' ? eventId(+count) : furtherId(what, +count),
  );

/** @type {(name: string, data: unknown) => string} */
const wrap = (name, data) => JSON.stringify({ schema: `${iglu}/${name}/jsonschema/1-0-0`, data });

/** @param {string} text */
const base64url = (text) => Buffer.from(text, 'utf8').toString('base64url');

/** @param {number} value */
const timeAt = (value) => String(wallStartMs + value);
/** @param {unknown} value */
const wrapEvent = (value) => wrap('unstruct_event', value);
/** @param {unknown} value */
const wrapEntities = (value) => wrap('contexts', value);

/** The short forms of a payload's values, by key. @type {Readonly<Record<string, (value: any) => string>>} */
const shortForms = Object.fromEntries([
  ['eid', eventId],
  ['dtm', timeAt],
  ['stm', timeAt],
  ['ue_pr', wrapEvent],
  ['ue_px', (value) => base64url(withIds(wrapEvent(value)))],
  ['co', wrapEntities],
  ['cx', (value) => base64url(withIds(wrapEntities(value)))],
]);

/** @param {Json} payload @returns {Record<string, string>} */
function longForm(payload) {
  const entries = Object.entries(payload).map(([key, value]) => {
    const long = shortForms[key];
    return [key, withIds(typeof value === 'string' || !long ? value : long(value))];
  });
  return Object.fromEntries(entries);
}

/** @param {Json[]} payloads */
const envelope = (payloads) =>
  `{"schema":"${iglu}/payload_data/jsonschema/1-0-4","data":${JSON.stringify(payloads.map(longForm))}}`;

/** @param {Json} payload */
function query(payload) {
  const pairs = Object.entries(longForm(payload)).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `https://c.test/i?${pairs.join('&')}`;
}

/** The ids of the events in a body; nothing if it is no envelope. @param {string} body @returns {string[]} */
function eventIds(body) {
  return body.startsWith('{') ? JSON.parse(body).data.map((/** @type {Json} */ payload) => payload.eid) : [];
}

/** The body itself when it carries the events that are expected, in that order; else what is wrong with it. */
/** @type {(expected: Json, body: string) => string} */
function bodyOfEvents({ events, bytes }, body) {
  const wanted = ranges(events).map(eventId);
  if (!isDeepStrictEqual(eventIds(body), wanted)) return `a body of events ${wanted.join(' ')}`;
  const size = Buffer.byteLength(body, 'utf8');
  return bytes === undefined || bytes === size ? body : `a body of ${bytes} bytes, not ${size}`;
}

/** Numbers, and pairs that stand for all from the first to the second, which may be the smaller one. */
const ranges = (/** @type {(number | number[])[]} */ list) =>
  list.flatMap((one) => {
    if (typeof one === 'number') return [one];
    const [first = NaN, last = NaN, ...rest] = one;
    const by = first <= last ? 1 : -1;
    return rest.length > 0 ? [NaN] : Array.from({ length: (last - first) * by + 1 }, (_, i) => first + i * by);
  });

/** @type {(expected: Json, actual: Json) => Json} */
function sendAction(expected, actual) {
  const { send, url, body, payloads, query: payload } = expected;
  const known = payload !== undefined ? { url: query(payload), body: '' } : { url: url ?? standardUrl };
  const given = {
    body: body ?? (payloads !== undefined ? envelope(payloads) : undefined),
    ...(expected.events !== undefined ? { body: bodyOfEvents(expected, String(actual.body)) } : {}),
  };
  return {
    send,
    url: known.url,
    body: known.body ?? given.body ?? actual.body,
    anonymous: expected.anonymous ? 1 : 0,
    keepalive: expected.keepalive === false ? 0 : 1,
    timeout_ms: expected.timeout_ms ?? 5000,
  };
}

/** The rows of each tracker by id: whatever happens to a row, its text stays what it was when it was first seen. */
class KnownRows {
  /** @type {Map<number, Map<unknown, string>>} */ #byTracker = new Map();
  /** @type {Map<unknown, string>} */ #last = new Map();

  /** @type {(step: Json, id: unknown) => string | undefined} */
  get({ tracker = 1 }, id) {
    return this.#byTracker.get(tracker)?.get(id);
  }

  /** @type {(step: Json, id: unknown, text: string) => void} */
  #keep({ tracker = 1 }, id, text) {
    const own = this.#byTracker.get(tracker) ?? new Map();
    this.#byTracker.set(tracker, own.set(id, text));
  }

  /** A row was given out. @type {(step: Json, id: unknown, text: string) => void} */
  set(step, id, text) {
    this.#keep(step, id, text);
    this.#last.set(id, text);
  }

  /** A row was taken over. @type {(step: Json, id: unknown) => void} */
  restore(step, id) {
    const text = typeof step.restore === 'string' ? step.restore : this.#last.get(step.restore.$row);
    if (text !== undefined) this.#keep(step, id, text);
  }

  /** The tracker is gone, and its ids begin anew. @param {Json} step */
  restart({ tracker = 1 }) {
    this.#byTracker.delete(tracker);
  }
}

/** The row that an action must show: as the case says, else as it was before, else whatever it is. */
/** @type {(expected: Json, known: string | undefined, actual: Json) => string} */
function rowText({ row, payload, kind, taken }, known, actual) {
  if (payload === undefined) return row ?? known ?? actual.row;
  const usualKind = payload.e === 'pp' ? '2p-0' : '2p-1';
  const ms = taken ?? (typeof payload.dtm === 'number' ? payload.dtm : 0);
  return `${kind ?? usualKind}${rowTimeBase + wallStartMs + ms}${JSON.stringify(longForm(payload))}\n`;
}

/** @type {(expected: Json, row: string) => Json} */
function eraseAction({ erase, why = 'OK', outcome }, row) {
  return { erase, row, why, outcome: outcome ?? (why === 'OK' ? 200 : 0) };
}

/** Expected actions, with pairs of ids written out. @param {(Json | string)[]} actions @returns {(Json | string)[]} */
function eachAction(actions) {
  return actions.flatMap((action) => {
    const name = typeof action === 'string' ? undefined : ['store', 'erase'].find((one) => Array.isArray(action[one]));
    if (typeof action === 'string' || !name) return [action];
    return ranges([action[name]]).map((id) => ({ ...action, [name]: id }));
  });
}

/** @type {(expected: Json) => Json} */
const stateAction = ({ set_state: state, value, max_age_s: maxAgeS = state ? 1800 : 63_072_000 }) => ({
  set_state: state,
  value: withIds(value ?? (maxAgeS < 0 ? '' : '*')),
  max_age_s: maxAgeS,
});

/** What a case leaves open in an action is taken from what happened. */
/** @type {(expected: Json | string, actual: any, step: Json, rows: KnownRows) => unknown} */
function wholeAction(expected, actual, step, rows) {
  if (typeof expected === 'string' || actual === undefined) return expected;
  if (expected.send !== undefined) return sendAction(expected, actual);
  if (expected.set_state !== undefined) return stateAction(expected);
  if (expected.draft !== undefined)
    return { draft: expected.draft, payload: JSON.stringify(longForm(expected.payload)) };
  const id = expected.store ?? expected.erase;
  if (id === undefined) return expected;
  const row = rowText(expected, rows.get(step, id), actual);
  rows.set(step, id, row);
  return expected.store === undefined
    ? eraseAction(expected, row)
    : { store: id, row, lasting: expected.lasting ? 1 : 0 };
}

/** The answer that a step expects, as the runner prints it. */
/** @type {(step: Json, actual: Json, rows: KnownRows) => Json} */
function wholeAnswer({ expect, ...step }, actual, rows) {
  if (step.next !== undefined) {
    const actions = eachAction(expect);
    return { actions: actions.map((action, i) => wholeAction(action, actual.actions?.[i], step, rows)) };
  }
  // A number: the id of the row that was taken over.
  if (step.restore !== undefined && typeof expect === 'number') return { status: 'OK', id: expect };
  if (step.stats !== undefined) return { stats: JSON.stringify({ ...emptyStats, ...expect }) };
  if (step.set_activity !== undefined) return { tracked: expect };
  if (step.guard !== undefined) return { carried: expect };
  if (step.read !== undefined) return expect;
  // Nothing: it is held.
  if (step.draft !== undefined && expect === null) return { status: 'OK', payload: '' };
  if (step.draft !== undefined) {
    const refused = typeof expect === 'string';
    return { status: refused ? expect : 'OK', payload: refused ? '' : JSON.stringify(longForm(expect)) };
  }
  if (step.restart !== undefined) return {};
  if (step.hash !== undefined) return { hash: expect };
  return step.times === undefined ? { status: expect ?? 'OK' } : { statuses: expect };
}

/** The sum of the ledger holds in every case, whatever the case says. @param {string} stats */
export function isBalanced(stats) {
  const { accepted, delivered, pending, rejected, dropped } = JSON.parse(stats);
  const counts = [delivered, pending, ...Object.values(rejected), ...Object.values(dropped)];
  return counts.every((count) => count >= 0) && accepted === counts.reduce((sum, count) => sum + count, 0);
}

/** A line that a runner printed, and what it says. @param {string} text */
export const readLine = (text) => ({ text, actual: JSON.parse(text) });

/**
 * Compares the lines that a runner printed for one case with what the case expects; with `only`, at one step.
 * @type {(file: CaseFile, one: Case, lines: readonly Line[], only?: number) => Difference[]}
 */
export function differences(file, one, lines, only) {
  const steps = [...(file.before ?? []), ...one.steps];
  /** @type {Difference[]} */
  const found = [];
  const rows = new KnownRows();
  const count = Math.max(steps.length, lines.length);
  for (let i = 0; i < count; i += 1) {
    const step = steps[i];
    const { text: line = '', actual = {} } = lines[i] ?? {};
    const answer = step && wholeAnswer(step, actual, rows);
    if (step?.restart !== undefined) rows.restart(step);
    if (step?.restore !== undefined && actual.id !== undefined) rows.restore(step, actual.id);
    if (only !== undefined && only !== i) continue;
    const wanted = answer ? JSON.stringify({ case: one.name, step: i, call: actual.call, ...answer }) : '';
    const unbalanced = typeof actual.stats === 'string' && !isBalanced(actual.stats);
    if (line !== wanted || unbalanced) found.push({ line, wanted, step: i });
  }
  return found;
}

/** A difference for people: both lines from a little before the first character in which they differ. */
/** @type {(difference: Difference) => string} */
export function excerpt({ step, line, wanted }) {
  let same = 0;
  while (same < line.length && line[same] === wanted[same]) same += 1;
  const part = (/** @type {string} */ text) =>
    `${same > 60 ? '…' : ''}${text.slice(Math.max(0, same - 60), same + 200)}`;
  return `step ${step}\n  printed ${part(line)}\n  wanted  ${part(wanted)}`;
}
