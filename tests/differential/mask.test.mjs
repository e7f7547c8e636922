// What differs from run to run is masked, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparable } from './mask.mjs';
import { GIVEN_MS, knownId } from './scenario.mjs';

const FROM = 1_800_000_000_000;
const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
const SHAPE = { method: 'POST', host: '127.0.0.1:4711', path: '/tp2', headers: {}, answer: 200 };

/**
 * The page that is seen of these events and notes.
 * @param {Record<string, string>[]} events
 * @param {unknown[]} notes
 */
function masked(events, notes = [], scenario = {}) {
  const asked = events.map((event) => ({ ...SHAPE, events: [event] }));
  const page = { asked, notes: notes.map((note) => /** @type {[string, unknown]} */ (['note', note])), errors: 0 };
  const seen = { pages: [page], port: 4711, from: FROM };
  const [first] = comparable(seen, { name: 'x', steps: [], ...scenario });
  return /** @type {{ events: Record<string, object[]>, notes: [string, unknown][], requests?: object[] }} */ (first);
}

test('ids are numbered by their first appearance, not by the order of keys', () => {
  const { events } = masked([
    { tna: 'sp', eid: B, duid: A },
    { tna: 'sp', duid: A, eid: knownId(1) },
  ]);
  assert.deepEqual(events['sp'], [
    { tna: 'sp', eid: '<id 2>', duid: '<id 1>' },
    { tna: 'sp', duid: '<id 1>', eid: knownId(1) },
  ]);
});

test('times of the run are told from its start, times of the scenario as they are', () => {
  const { notes } = masked(
    [],
    [FROM + 5, `${FROM / 1000 + 2}`, new Date(FROM + 7).toISOString(), GIVEN_MS, 12, `${A}.${FROM}`],
  );
  assert.deepEqual(
    notes.map(([, value]) => value),
    [
      '<start + 5 ms, in ms>',
      '<start + 2000 ms, in s>',
      '<start + 7 ms, in ISO>',
      GIVEN_MS,
      12,
      '<id 1>.<start + 0 ms, in ms>',
    ],
  );
});

test('events are in order of their time, and then as they came', () => {
  const { events } = masked([
    { tna: 'sp', dtm: `${FROM + 2}`, e: 'last' },
    { tna: 'sp', dtm: `${FROM}`, e: 'first' },
    { tna: 'sp', e: 'second, without' },
    { tna: 'other', dtm: `${FROM}`, e: 'of another' },
  ]);
  assert.deepEqual(
    events['sp']?.map((event) => Reflect.get(event, 'e')),
    ['first', 'second, without', 'last'],
  );
  assert.equal(events['other']?.length, 1);
});

test('JSON in payloads is read, also in base64url, and padding is no base64url', () => {
  const cx = Buffer.from('{"data":[{"k":"é"}]}').toString('base64url');
  const { events } = masked([{ tna: 'sp', cx, stm: `${FROM}` }]);
  assert.deepEqual(events['sp'], [{ tna: 'sp', cx: { data: [{ k: 'é' }] }, stm: '<sent>' }]);
  assert.throws(() => masked([{ tna: 'sp', cx: 'YQ==' }]), /not base64url/);
});

test('requests are compared by their shapes, or each one', () => {
  const events = [{ tna: 'sp' }, { tna: 'sp' }];
  assert.equal(masked(events).requests, undefined);
  assert.deepEqual(masked(events, [], { requests: 'shapes' }).requests, [{ ...SHAPE, host: '127.0.0.1:<port>' }]);
  assert.equal(masked(events, [], { requests: 'all' }).requests?.length, 2);
});
