// The fields of each kind of event, in the order of piste.h.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventKind } from '../../js/src/constants.ts';
import { fieldsOf, TYPES } from '../../js/src/event-fields.ts';
import type { TrackerEvent } from '../../js/src/types.ts';

/** Fields of an event by its type, or of what is none at all. */
const fields = (event: TrackerEvent | object): string[] => fieldsOf(TYPES.indexOf((event as TrackerEvent).type), event);

const entity = { schema: 'iglu:com.acme/user/jsonschema/1-0-0', data: { id: 1 } };

const table: [what: string, event: TrackerEvent, expected: string[]][] = [
  ['a page view', { type: 'page_view' }, ['', '', '', '', '']],
  ['a page view with a title', { type: 'page_view', title: 'Skis' }, ['Skis', '', '', '', '']],
  [
    'a structured event',
    { type: 'structured', category: 'cart', action: 'add', label: 'ski', property: 'red', value: 1.25 },
    ['cart', 'add', 'ski', 'red', '1.25', '', '', '', ''],
  ],
  [
    'a structured event with the value 0',
    { type: 'structured', category: 'cart', action: 'add', value: 0 },
    ['cart', 'add', '', '', '0', '', '', '', ''],
  ],
  [
    'a self-describing event',
    { type: 'self_describing', schema: entity.schema, data: { a: ['ü', null] } },
    [entity.schema, '{"a":["ü",null]}', '', '', '', ''],
  ],
  [
    'a page ping, whose offsets become whole',
    { type: 'page_ping', minX: 0, maxX: 10.4, minY: -0.4, maxY: 99.5 },
    ['', '0', '10', '0', '100', '', '', '', ''],
  ],
  [
    'entities and timestamps',
    { type: 'page_view', entities: [entity], trueTimestamp: 1_700_000_000_000.6, deviceTimestamp: 5 },
    ['', `[${JSON.stringify(entity)}]`, '1700000000001', '5', ''],
  ],
  ['a low priority', { type: 'page_view', priority: 'low' }, ['', '', '', '', '0']],
  ['a normal priority', { type: 'page_view', priority: 'normal' }, ['', '', '', '', '1']],
  [
    'a high priority',
    { type: 'structured', category: 'a', action: 'b', priority: 'high' },
    [...'ab', ...'......2'].map((c) => (c === '.' ? '' : c)),
  ],
  ['no entities', { type: 'page_view', entities: [] }, ['', '', '', '', '']],
];

for (const [what, event, expected] of table) test(what, () => assert.deepEqual(fields(event), expected));

test('undefined and null are absent wherever they are', () => {
  const nothing = { title: undefined, entities: undefined, trueTimestamp: undefined, deviceTimestamp: undefined };
  assert.deepEqual(fields({ type: 'page_view', ...nothing }), ['', '', '', '', '']);
  const nulls = { title: null, entities: null, trueTimestamp: null, deviceTimestamp: null, minX: null };
  assert.deepEqual(fields({ type: 'page_ping', ...nulls }), ['', '', '', '', '', '', '', '', '']);
  assert.deepEqual(fields({ type: 'self_describing' }), ['', '', '', '', '', '']);
});

test('numbers that are none are handed to the core as they are, which refuses them', () => {
  assert.equal(fields({ type: 'structured', category: 'a', action: 'b', value: NaN })[4], 'NaN');
  assert.equal(fields({ type: 'page_view', trueTimestamp: Infinity })[2], 'Infinity');
  assert.equal(fields({ type: 'page_view', trueTimestamp: NaN })[2], 'NaN');
});

test('a priority that is none is handed to the core as a number that is none', () => {
  for (const priority of ['urgent', 'High', 5, {}, true]) {
    assert.equal(fields({ type: 'page_view', priority })[4], '-1', JSON.stringify(priority));
  }
  for (const priority of [undefined, null, '']) assert.equal(fields({ type: 'page_view', priority })[4], '');
});

test('an event of an unknown type has only the fields that all have', () => {
  assert.deepEqual(fields({ type: 'telepathy', entities: [entity] }).length, 4);
});

test('what JSON cannot hold throws', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const getter = {
    get price(): number {
      throw new Error('not loaded');
    },
  };
  for (const data of [cycle, { n: 1n }, getter]) {
    assert.throws(() => fields({ type: 'self_describing', schema: 'iglu:a', data }));
    assert.throws(() => fields({ type: 'page_view', entities: [{ schema: 'iglu:a', data }] }));
  }
  assert.throws(() => fields({ type: 'structured', category: Symbol('c') }));
});

test('the types are numbered as EventKind numbers them', () => {
  assert.equal(TYPES.length, EventKind.Transaction, 'what comes behind is for the full flavour alone');
  assert.deepEqual(TYPES.indexOf('self_describing'), EventKind.SelfDescribing);
  assert.deepEqual(TYPES.indexOf('page_ping'), EventKind.PagePing);
});
