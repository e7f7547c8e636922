// The check at the end of the headless demo: right events pass, and each way of being wrong is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../examples/site/drive/compare.mjs';
import { expectedEvents } from '../../examples/site/drive/expected.mjs';

/** @typedef {import('../../examples/site/drive/expected.mjs').Expected} Expected */
/** @typedef {import('../../examples/collector/src/types.mjs').StoredEvent} StoredEvent */

const SITE = 'http://127.0.0.1:8080';
const KINDS = { 'page view': 'pv', 'page ping': 'pp', structured: 'se', 'self-describing': 'ue' };
/** When the visitor said yes, in Unix ms. */
const ANSWERED = 1_800_000_000_000;
/** @param {(path: string) => number} [msOn] */
const visited = (msOn = () => 0) => ({ msOn, at: () => ANSWERED });
const EXPECTED = expectedEvents(SITE, visited());

/** @param {object} parts Without those that must be absent. */
const present = (parts) => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null));

/** The event that was expected. @param {Expected} expected @param {number} i @returns {StoredEvent} */
function made({ type, what, page, has = {}, who }, i) {
  const e = KINDS[/** @type {keyof typeof KINDS} */ (type)];
  const [se_ca = '', se_ac = ''] = what.split(' ');
  const own = e === 'se' ? { se_ca, se_ac } : e === 'ue' ? {} : { page: what };
  const known = /** @type {Record<string, object>} */ (present(has.entities ?? {}));
  const session = who === undefined ? {} : { client_session: { ...known.client_session, eventIndex: i + 1 } };
  const entities = { ...known, ...session, web_page: { id: `view of ${page}` } };
  const always = { e, eid: `id ${i}`, aid: 'silvaun-hut', tna: 'piste', p: 'web', url: SITE + page };
  const receivedAt = new Date(ANSWERED + 1000).toISOString();
  if (who !== undefined) Object.assign(always, { duid: `visitor ${who}`, dtm: String(ANSWERED - 1000 + i) });
  return {
    ...{ seq: i + 1, receivedAt, kind: 'event', verdict: 'good', reasons: [] },
    payload: { ...always, ...own, ...present(has.fields ?? {}) },
    decoded: {
      event: e === 'ue' ? { schema: `iglu:com.example/${what}/jsonschema/1-0-0`, data: has.data ?? {} } : null,
      entities: Object.entries(entities).map(([name, data]) => ({ schema: `iglu:x/${name}/jsonschema/1-0-0`, data })),
    },
    request: /** @type {StoredEvent['request']} */ (has.request ?? {}),
  };
}

const right = () => EXPECTED.map((one, i) => structuredClone(made(one, i)));

/** @param {StoredEvent[]} events @param {Expected[]} [expected] */
const kinds = (events, expected = EXPECTED) => compare(expected, events).faults.map(({ kind }) => kind);

/** An event at its place in the journey, to be changed. @param {StoredEvent[]} events @param {number} i */
function at(events, i) {
  const event = events[i];
  assert.ok(event);
  return event;
}

test('the expected events pass, in any order', () => {
  assert.deepEqual(compare(EXPECTED, right()), { faults: [], again: 0 });
  assert.deepEqual(kinds(right().reverse()), []);
});

for (const [i, { type, what, page }] of EXPECTED.entries()) {
  test(`event ${i + 1}, ${type} “${what}” on ${page}, is missed`, () => {
    const events = right();
    events.splice(i, 1);
    const { faults } = compare(EXPECTED, events);
    assert.equal(faults.length, 1 + (type === 'page view' ? strayed(events, page) : 0));
    assert.equal(faults[0]?.kind, 'missing');
    assert.equal(faults[0]?.text, `${type} “${what}” on ${page}`);
  });
}

/** Pings of a page whose only view is gone. @param {StoredEvent[]} events @param {string} page */
function strayed(events, page) {
  const here = events.filter(({ payload }) => payload.url === SITE + page);
  return here.some(({ payload }) => payload.e === 'pv') ? 0 : here.filter(({ payload }) => payload.e === 'pp').length;
}

test('nothing at all is all missing', () => {
  assert.equal(kinds([]).length, EXPECTED.length);
});

test('an event twice under one id is double', () => {
  const events = right();
  assert.deepEqual(kinds([...events, { ...at(events, 2), seq: 99 }]), ['double']);
});

test('a click that leaves the page may arrive again under its id', () => {
  const events = right();
  const click = events.findIndex(({ decoded }) => decoded.event?.schema.includes('link_click'));
  assert.deepEqual(compare(EXPECTED, [...events, { ...at(events, click), seq: 99 }]), { faults: [], again: 1 });
});

test('but not under another id', () => {
  const events = right();
  const click = events.findIndex(({ decoded }) => decoded.event?.schema.includes('link_click'));
  const other = structuredClone(at(events, click));
  other.payload['eid'] = 'another';
  assert.deepEqual(kinds([...events, other]), ['unexpected']);
});

test('a bad event is found although it is there', () => {
  const events = right();
  events[3] = { ...at(events, 3), verdict: 'bad', reasons: ['breaks its schema'] };
  const { faults } = compare(EXPECTED, events);
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['bad'],
  );
  assert.match(faults[0]?.text ?? '', /breaks its schema/);
});

test('a bad request is unexpected', () => {
  const request = structuredClone(at(right(), 0));
  Object.assign(request, { kind: 'request', verdict: 'bad', payload: {}, decoded: { event: null, entities: [] } });
  assert.deepEqual(kinds([...right(), request]), ['bad', 'unexpected']);
});

test('wrong fields, data and entities are each told', () => {
  const events = right();
  const filter = events.find(({ payload }) => payload.e === 'se');
  Object.assign(filter?.payload ?? {}, { se_va: '7' });
  const tour = events.flatMap(({ decoded }) => decoded.entities).find(({ schema }) => schema.includes('/tour/'));
  Object.assign(tour?.data ?? {}, { id: 'other' });
  const texts = compare(EXPECTED, events).faults.map(({ text }) => text);
  assert.ok(texts.some((text) => text.endsWith('fields.se_va is "7" instead of "2"')));
  assert.ok(texts.some((text) => text.includes('entities.tour.id is "other" instead of "glacier-window"')));
});

test('what must be absent is told when it is there', () => {
  const events = right();
  at(events, 0).payload['uid'] = 'somebody';
  assert.match(compare(EXPECTED, events).faults[0]?.text ?? '', /fields\.uid is there$/);
});

test('a value that a form should keep to itself is told', () => {
  const events = right();
  const form = events.find(({ decoded }) => decoded.event?.schema.includes('submit_form'));
  const data = /** @type {{ elements: { value: unknown }[] } | undefined} */ (form?.decoded.event?.data);
  Object.assign(data?.elements[0] ?? {}, { value: 'Flurina' });
  assert.match(compare(EXPECTED, events).faults[0]?.text ?? '', /elements\.0\.value is there/);
});

test('what was held has to have happened before the answer, and to have arrived after', () => {
  const events = right();
  at(events, 0).payload['dtm'] = String(ANSWERED);
  at(events, 1).receivedAt = new Date(ANSWERED - 5).toISOString();
  const texts = compare(EXPECTED, events).faults.map(({ text }) => text);
  assert.equal(texts.length, 2);
  assert.match(texts[0] ?? '', /it says that it happened 0 ms after the answer$/);
  assert.match(texts[1] ?? '', /it arrived 5 ms before the answer$/);
});

test('held events that come in another order are told', () => {
  const events = right();
  const [first, second] = [at(events, 0), at(events, 1)].map(({ decoded }) =>
    decoded.entities.find(({ schema }) => schema.includes('/client_session/')),
  );
  assert.ok(first && second);
  [first.data, second.data] = [second.data, first.data];
  assert.deepEqual(kinds(events), ['disorder']);
});

test('an event without the id of its visitor, or with that of another one, is not theirs', () => {
  const [without, swapped] = [right(), right()];
  delete at(without, 3).payload['duid'];
  assert.deepEqual(kinds(without), ['missing', 'unexpected']);
  at(swapped, 8).payload['duid'] = 'visitor 3';
  assert.deepEqual(kinds(swapped), ['missing', 'unexpected']);
});

test('a visitor who is taken for an earlier one is told', () => {
  const events = right();
  for (const { payload } of events) if (payload['duid'] !== undefined) payload['duid'] = 'one for all';
  const theirs = EXPECTED.filter(({ who }) => who === 3).length;
  assert.equal(kinds(events).filter((kind) => kind === 'missing').length, theirs);
});

test('an id of who has said no is told, and a request that shows him', () => {
  const refusals = (/** @type {StoredEvent[]} */ events) => events.filter(({ request }) => request.anonymous);
  const events = right();
  const [withdrawn, denied] = refusals(events);
  assert.equal(refusals(events).length, 2);
  Object.assign(withdrawn?.payload ?? {}, { duid: 'visitor 1' });
  Object.assign(denied?.request ?? {}, { anonymous: false });
  const texts = compare(EXPECTED, events).faults.map(({ text }) => text);
  assert.match(texts[0] ?? '', /fields\.duid is there$/);
  assert.match(texts[1] ?? '', /request\.anonymous is false instead of true$/);
});

test('a ping that belongs to no page view is a stray', () => {
  const events = right();
  const ping = events.find(({ payload }) => payload.e === 'pp');
  Object.assign(ping?.decoded.entities.at(-1)?.data ?? {}, { id: 'unseen' });
  assert.deepEqual(kinds(events), ['stray']);
});

test('a slow machine may bring more pings, as many as fit', () => {
  const slow = expectedEvents(
    SITE,
    visited((path) => (path === '/contact/' ? 21_000 : 0)),
  );
  const ping = made({ type: 'page ping', what: 'Contact · Silvaun Hut', page: '/contact/', who: 1 }, 98);
  const other = { ...ping, payload: { ...ping.payload, eid: 'id 99' } };
  const third = { ...ping, payload: { ...ping.payload, eid: 'id 100' } };
  assert.deepEqual(kinds(right(), slow), []);
  assert.deepEqual(kinds([...right(), ping, other], slow), []);
  assert.deepEqual(kinds([...right(), ping, other, third], slow), ['unexpected']);
  assert.deepEqual(kinds([...right(), ping]), ['unexpected']);
});
