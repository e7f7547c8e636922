// The two clocks of a moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monoNow, wallNow } from '../../../js/src/ports/clock.ts';
import { START_MS, stopTime } from '../fake-globals.ts';

test('the wall clock is Unix time, and follows it wherever it jumps', (t) => {
  const { tick } = stopTime(t);
  assert.equal(wallNow(), START_MS);
  tick(25);
  assert.equal(wallNow(), START_MS + 25);
  t.mock.timers.setTime(5);
  assert.equal(wallNow(), 5);
});

test('the monotonic clock has an origin of its own and never goes back', (t) => {
  assert.ok(monoNow() < wallNow() / 2);
  const [first, second] = [monoNow(), monoNow()];
  assert.ok(second >= first);
  const { tick } = stopTime(t);
  const before = monoNow();
  tick(7);
  assert.equal(monoNow() - before, 7);
});
