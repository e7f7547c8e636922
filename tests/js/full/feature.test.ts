// What a feature is: the functions that a site calls, and what its tracker does with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureOf, type FeatureOf } from '../../../js/src/full/feature.ts';

test('a feature has its functions, and what attaches it', (t) => {
  const attach = t.mock.fn();
  const go = (): number => 5;
  const feature = featureOf(attach, { go });
  assert.equal(feature.go(), 5);
  (feature as unknown as FeatureOf).attach('host' as never);
  assert.deepEqual(attach.mock.calls[0]?.arguments, ['host']);
  assert.deepEqual(Object.keys(featureOf(attach)), ['attach']);
});
