// Of what kind a value is: as the peer's core says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as peer from '@snowplow/browser-tracker-core';
import * as ours from '../../../js/src/snowplow-core/kinds.ts';
import { ODD } from './both.ts';

/** Text that is an object. */
class Text extends String {}

const values: readonly unknown[] = [
  ...ODD,
  ...[' 12 ', '12px', '0x1f', '1e3', '.5', '-', '--1', 'NaN', 2 ** 53, 1e-7],
  ...[new Date(NaN), () => 1, class {}, ['7', 8], new Text('text'), new Text('')],
];

for (const name of ['isString', 'isInteger', 'isFunction', 'parseAndValidateInt', 'parseAndValidateFloat'] as const) {
  test(`${name} gives what the peer's gives`, () => {
    for (const value of values) {
      const [mine, theirs] = [ours, peer].map((core) => (core[name] as (value: unknown) => unknown)(value));
      assert.equal(mine, theirs, `${name} of ${JSON.stringify(value)}`);
    }
  });
}

test('isValueInArray compares as the peer does', () => {
  for (const value of values)
    for (const array of [[], values, [value], [value, value], ['text', NaN]] as unknown[][])
      assert.equal(ours.isValueInArray(value, array), peer.isValueInArray(value, array));
});
