// Entities of one call: what the peer's core makes of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import * as ours from '../../../js/src/snowplow-core/entities.ts';
import type { DynamicContext } from '../../../js/src/snowplow/tracker-core/types.ts';

const entity = (n: unknown) => ({ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { n } });

const contexts: DynamicContext = [
  entity(1),
  () => entity(2),
  (...values: unknown[]) => entity(values),
  () => null,
  () => undefined as never,
  () => {
    throw new Error('of the site');
  },
  null as never,
  undefined as never,
  0 as never,
  entity(3),
];

test('functions are called with what the plugin gives, and what they do not give is left out', () => {
  for (const values of [[], ['a'], [{ id: 1 }, null, 'b']]) {
    const mine = ours.resolveDynamicContext(contexts, ...values);
    assert.deepEqual(mine, peer.resolveDynamicContext(contexts as never, ...values));
    assert.deepEqual(mine, [entity(1), entity(2), entity(values), entity(3)]);
  }
});

for (const none of [undefined, null, []]) {
  test(`no entities are none: ${JSON.stringify(none)}`, () => {
    assert.deepEqual(ours.resolveDynamicContext(none), []);
  });
}

test('the list that was given stays as it is', () => {
  const given: DynamicContext = [() => null, entity(1)];
  assert.notEqual(ours.resolveDynamicContext(given), given);
  assert.equal(given.length, 2);
});

test('a schema has five parts, or none where the peer finds none', () => {
  const schemas = [
    'iglu:com.acme/step/jsonschema/1-0-0',
    'iglu:com.acme-x_y.z9/a-b_c/jsonschema/12-0-345',
    ...['', 'iglu:', 'iglu:com.acme/step/jsonschema/0-0-0', 'iglu:com.acme/step/jsonschema/1-00-0'],
    ...['iglu:com.acme/step/jsonschema/1-0', 'iglu:com.acme/step/avro/1-0-0', 'iglu:com.acme/a.b/jsonschema/1-0-0'],
    ...['x iglu:com.acme/step/jsonschema/1-0-0', 'iglu:com.acme/step/jsonschema/1-0-0 ', 'iglu:é/a/jsonschema/1-0-0'],
    ...['iglu:com acme/a/jsonschema/1-0-0', 'iglu:com.acme/step/jsonschema/1-0-0\n', 'iglu:/a/jsonschema/1-0-0'],
  ];
  for (const schema of schemas) assert.deepEqual(ours.getSchemaParts(schema), peer.getSchemaParts(schema), schema);
  assert.deepEqual(ours.getSchemaParts(schemas[1] ?? ''), ['com.acme-x_y.z9', 'a-b_c', '12', '0', '345']);
});
