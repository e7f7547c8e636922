// Turns what a case expects into the exact transcript lines that a runner must print, and compares; see README.md.
import { isDeepStrictEqual } from 'node:util';

/** @typedef {Record<string, any>} Json */
/** @typedef {{ name: string, rule: string, steps: Json[] }} Case */
/** @typedef {{ about: string, before?: Json[], cases: Case[] }} CaseFile */
/** @typedef {{ line: string, wanted: string, step: number }} Difference */

const wallStartMs = 1_700_000_000_000;
const iglu = 'iglu:com.snowplowanalytics.snowplow';
const standardUrl = 'https://c.test/com.snowplowanalytics.snowplow/tp2';
const emptyStats = {
  accepted: 0,
  restored: 0,
  delivered: 0,
  pending: 0,
  rejected: {},
  dropped: {},
  inFlight: 0,
  failures: 0,
  retryInMs: 0,
};

/** The id of the `count`-th event of a case, unless its step gave other entropy. @param {number} count */
export const eventId = (count) => `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;

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
  ['ue_px', (value) => base64url(wrapEvent(value))],
  ['co', wrapEntities],
  ['cx', (value) => base64url(wrapEntities(value))],
]);

/** @param {Json} payload @returns {Record<string, string>} */
function longForm(payload) {
  const entries = Object.entries(payload).map(([key, value]) => {
    const long = shortForms[key];
    return [key, typeof value === 'string' || !long ? value : long(value)];
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

/** @type {(expected: Json, actual: Json) => Json} */
function storeAction({ store, row, payload, kind }, actual) {
  const rest = payload === undefined ? (row ?? actual.row) : `${kind ?? '1p-'}${JSON.stringify(longForm(payload))}`;
  return { store, row: rest };
}

/** Expected actions, with pairs of ids written out. @param {(Json | string)[]} actions @returns {(Json | string)[]} */
function eachAction(actions) {
  return actions.flatMap((action) => {
    const name = typeof action === 'string' ? undefined : ['store', 'erase'].find((one) => Array.isArray(action[one]));
    return typeof action === 'string' || !name ? [action] : ranges([action[name]]).map((id) => ({ [name]: id }));
  });
}

/** What a case leaves open in an action is taken from what happened. */
/** @type {(expected: Json | string, actual: any) => unknown} */
function wholeAction(expected, actual) {
  if (typeof expected === 'string' || actual === undefined) return expected;
  if (expected.send !== undefined) return sendAction(expected, actual);
  return expected.store !== undefined ? storeAction(expected, actual) : expected;
}

/** The answer that a step expects, as the runner prints it. */
/** @type {(step: Json, actual: Json) => Json} */
function wholeAnswer({ expect, ...step }, actual) {
  if (step.next !== undefined) {
    const actions = eachAction(expect);
    return { actions: actions.map((action, i) => wholeAction(action, actual.actions?.[i])) };
  }
  if (step.stats !== undefined) return { stats: JSON.stringify({ ...emptyStats, ...expect }) };
  if (step.set_activity !== undefined) return { tracked: expect };
  if (step.read !== undefined) return expect;
  if (step.restart !== undefined) return {};
  return step.times === undefined ? { status: expect ?? 'OK' } : { statuses: expect };
}

/** The sum of the ledger holds in every case, whatever the case says. @param {string} stats */
export function isBalanced(stats) {
  const { accepted, delivered, pending, rejected, dropped } = JSON.parse(stats);
  const counts = [delivered, pending, ...Object.values(rejected), ...Object.values(dropped)];
  return counts.every((count) => count >= 0) && accepted === counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Compares the lines that a runner printed for one case with what the case expects.
 * @type {(file: CaseFile, one: Case, lines: readonly string[]) => Difference[]}
 */
export function differences(file, one, lines) {
  const steps = [...(file.before ?? []), ...one.steps];
  /** @type {Difference[]} */
  const found = [];
  const count = Math.max(steps.length, lines.length);
  for (let i = 0; i < count; i += 1) {
    const [step, line] = [steps[i], lines[i]];
    const actual = line === undefined ? {} : JSON.parse(line);
    const wanted = step
      ? JSON.stringify({ case: one.name, step: i, call: actual.call, ...wholeAnswer(step, actual) })
      : '';
    const unbalanced = typeof actual.stats === 'string' && !isBalanced(actual.stats);
    if (line !== wanted || unbalanced) found.push({ line: line ?? '', wanted, step: i });
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
