// What the live page says about an event in one line, and what its filter finds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clock,
  matches,
  searchable,
  shortReason,
  shortSchema,
  summarize,
} from '../../examples/collector/page/summary.js';

/** @typedef {import('../../examples/collector/src/types.mjs').StoredEvent} StoredEvent */

/** @param {Partial<StoredEvent>} changes @returns {StoredEvent} */
const event = (changes) => ({
  seq: 1,
  receivedAt: '2026-01-02T03:04:05.006Z',
  kind: 'event',
  verdict: 'good',
  reasons: [],
  payload: {},
  decoded: { event: null, entities: [] },
  request: {
    method: 'POST',
    path: '/a/b',
    anonymous: false,
    origin: null,
    bytes: 1,
    networkUserId: null,
    ip: null,
    headers: {},
  },
  ...changes,
});

const CLICK = { schema: 'iglu:com.acme/click/jsonschema/1-0-1', data: { target: 'Hut' } };
const URL = 'https://a.example/b?c';

/** @type {Array<[name: string, event: StoredEvent, line: [type: string, name: string, detail: string]]>} */
const lines = [
  ['page view', event({ payload: { e: 'pv', page: 'Home', url: URL } }), ['page view', 'Home', '/b?c']],
  ['page view without title', event({ payload: { e: 'pv', url: URL } }), ['page view', '/b?c', '']],
  ['page view without anything', event({ payload: { e: 'pv' } }), ['page view', 'untitled', '']],
  ['page ping', event({ payload: { e: 'pp', page: 'Home', pp_may: '9' } }), ['page ping', 'Home', 'seen to 0 × 9 px']],
  ['structured', event({ payload: { e: 'se', se_ca: 'c', se_ac: 'a', se_va: '1' } }), ['structured', 'c › a', '1']],
  [
    'self-describing',
    event({ payload: { e: 'ue' }, decoded: { event: CLICK, entities: [] } }),
    ['self-describing', 'click 1-0-1', ''],
  ],
  ['self-describing, broken', event({ payload: { e: 'ue' } }), ['self-describing', 'not decodable', '']],
  ['unknown', event({ payload: { e: 'zz', url: 'data:x' } }), ['type zz', 'data:x', '']],
  ['request', event({ kind: 'request' }), ['request', 'POST /a/b', '']],
];

for (const [name, one, [type, text, detail]] of lines) {
  test(`${name} in one line`, () => assert.deepEqual(summarize(one), { type, name: text, detail }));
}

test('schemas and reasons are shortened', () => {
  assert.equal(shortSchema(CLICK.schema), 'click 1-0-1');
  assert.equal(shortSchema('nonsense'), 'nonsense');
  assert.equal(shortReason([`event ${CLICK.schema}: /a is b`]), 'event click 1-0-1: /a is b');
  assert.equal(shortReason(['one', 'two', 'three']), 'one (and 2 more)');
});

test('the clock shows milliseconds', () => {
  assert.match(clock('2026-01-02T03:04:05.006Z'), /^\d\d:\d\d:05\.006$/);
});

/** @type {Array<[text: string, verdict: 'all' | 'good' | 'bad', found: boolean]>} */
const filters = [
  ['', 'all', true],
  ['', 'good', false],
  ['hut', 'bad', true],
  ['CLICK hut', 'all', true],
  ['click chalet', 'all', false],
  ['self-describing', 'all', true],
  ['/a/b', 'all', true],
];

for (const [text, verdict, found] of filters) {
  test(`the filter "${text}", ${verdict}, ${found ? 'finds' : 'does not find'} it`, () => {
    const one = event({ verdict: 'bad', payload: { e: 'ue' }, decoded: { event: CLICK, entities: [] } });
    assert.equal(matches(one, searchable(one), { text, verdict }), found);
  });
}
