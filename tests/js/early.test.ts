// Calls that wait for an engine: kept in order, bounded, and counted from the first one on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import { createEarly } from '../../js/src/early.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const adds = (stats: ReturnType<ReturnType<typeof createEarly>['stats']>): boolean =>
  stats.accepted === stats.pending + (stats.dropped.queue_full ?? 0);

test('calls are made again in their order, once', () => {
  const early = createEarly();
  const engine = new ScriptedEngine();
  for (const id of ['a', 'b', 'c']) early.keep((target) => target.set(Key.UserId, id), false);
  early.replay(engine);
  early.replay(engine);
  assert.deepEqual(
    engine.named('set').map(([, value]) => value),
    ['a', 'b', 'c'],
  );
});

test('events are counted as pending, other calls are not', () => {
  const early = createEarly();
  early.keep(() => {}, true);
  early.keep(() => {}, false);
  early.keep(() => {}, true);
  const stats = early.stats('loading');
  assert.deepEqual([stats.accepted, stats.pending, stats.dropped, stats.engine], [2, 2, {}, 'loading']);
});

test('no more than a thousand calls are kept; the events among the rest are told to the engine as dropped', () => {
  const early = createEarly();
  const engine = new ScriptedEngine();
  for (let i = 0; i < 1200; ++i) early.keep((target) => void target.restore(`${i}`), i % 2 === 0);
  const stats = early.stats('loading');
  assert.deepEqual([stats.accepted, stats.pending, stats.dropped], [600, 500, { queue_full: 100 }]);
  assert.ok(adds(stats));
  early.replay(engine);
  assert.equal(engine.named('restore').length, 1000);
  assert.deepEqual(
    engine.named('refuse'),
    Array.from({ length: 100 }, () => [Status.QueueFull]),
  );
  early.replay(engine);
  assert.equal(engine.named('refuse').length, 100);
});

test('an event that nobody will take is counted as dropped', () => {
  const early = createEarly();
  early.lose();
  early.lose();
  const stats = early.stats('none');
  assert.deepEqual([stats.accepted, stats.dropped, stats.engine], [2, { queue_full: 2 }, 'none']);
  assert.ok(adds(stats));
});
