// How events are made: which members go along, in which order, and what is not read or not there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maker, pick, schemaOf } from '../../js/src/event-makers.ts';

test('a schema is of version 1-0-0, unless another is said', () => {
  assert.equal(schemaOf('a'), 'iglu:com.snowplowanalytics.snowplow/a/jsonschema/1-0-0');
  assert.equal(schemaOf('a', '2-0-1'), 'iglu:com.snowplowanalytics.snowplow/a/jsonschema/2-0-1');
});

test('members come in the order of their names; null and undefined are left out, but for the one that is kept', () => {
  const from = { c: 0, b: null, a: '', d: undefined, more: 1 };
  assert.equal(JSON.stringify(pick(from, 'a b c d')), '{"a":"","c":0}');
  assert.equal(JSON.stringify(pick(from, 'd b a', 'b')), '{"b":null,"a":""}');
});

test('what cannot be read is no data', () => {
  const getter = {
    get a(): never {
      throw new Error('the site’s');
    },
  };
  for (const from of [getter, null, undefined, 5]) assert.equal(pick(from as never, 'a'), undefined);
});

test('what every event can carry goes along, unless it cannot be read', () => {
  const make = maker<{ a: number }>('x', 'a', '1-0-2');
  const event = { schema: schemaOf('x', '1-0-2'), data: { a: 1 } };
  assert.deepEqual(make({ a: 1 }, { priority: 'low' }), { ...event, priority: 'low' });
  const hostile = {
    get priority(): never {
      throw new Error('the site’s');
    },
  };
  assert.deepEqual(make({ a: 1 }, hostile), event);
});
