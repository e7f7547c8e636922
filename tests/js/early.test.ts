// Calls that wait for an engine: kept in order, bounded, and counted from the first one on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Field, Key, Status } from '../../js/src/constants.ts';
import { createEarly, type Early } from '../../js/src/early.ts';
import type { Engine } from '../../js/src/engine.ts';
import { ScriptedEngine } from './scripted-engine.ts';

/** The ledger so far, which adds up. */
function ledger(early: Early): { accepted: number; pending: number; lost: number } {
  const [accepted = 0, pending = 0, lost = 0] = [Field.Accepted, Field.Pending, Field.DroppedQueueFull].map((field) =>
    early.read(field),
  );
  assert.equal(accepted, pending + lost);
  return { accepted, pending, lost };
}

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
  assert.deepEqual(ledger(early), { accepted: 2, pending: 2, lost: 0 });
  for (const field of [Field.Delivered, Field.Stored, Field.Failures, Field.RetryInMs])
    assert.equal(early.read(field), 0);
});

test('no more than a thousand calls are kept; the events among the rest are told to the engine as dropped', () => {
  const early = createEarly();
  const engine = new ScriptedEngine();
  for (let i = 0; i < 1200; ++i) early.keep((target) => void target.restore(`${i}`), i % 2 === 0);
  assert.deepEqual(ledger(early), { accepted: 600, pending: 500, lost: 100 });
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
  assert.deepEqual(ledger(early), { accepted: 2, pending: 0, lost: 2 });
});

test('a call that is made again may be kept once more, behind those that were kept before', () => {
  const early = createEarly();
  const engine = new ScriptedEngine();
  let isHeld = true;
  const call = (target: Engine): void => {
    if (isHeld) early.keep(call, true);
    else target.set(Key.UserId, 'held');
  };
  early.keep(call, true);
  early.keep((target) => target.set(Key.UserId, 'other'), true);
  early.replay(engine);
  assert.deepEqual([engine.named('set').length, ledger(early)], [1, { accepted: 1, pending: 1, lost: 0 }]);
  isHeld = false;
  early.replay(engine);
  assert.deepEqual(ledger(early), { accepted: 0, pending: 0, lost: 0 });
  assert.deepEqual(
    engine.named('set').map(([, value]) => value),
    ['other', 'held'],
  );
});
