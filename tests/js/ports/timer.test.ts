// Timers: bounded, stoppable, and idle time where a browser has it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { after, every, soon, whenIdle } from '../../../js/src/ports/timer.ts';
import { shareGlobals, stopTime } from '../fake-globals.ts';

test('after calls once, when the time has passed', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  after(50, task);
  tick(49);
  assert.equal(task.mock.callCount(), 0);
  tick(1);
  tick(1000);
  assert.equal(task.mock.callCount(), 1);
});

test('after does not call once it is stopped; stopping afterwards is harmless', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  const stop = after(50, task);
  stop();
  tick(100);
  assert.equal(task.mock.callCount(), 0);
  after(1, task);
  tick(1);
  stop();
  assert.equal(task.mock.callCount(), 1);
});

test('a wait of more than a day, and one without end, take a day: browsers would call at once', (t) => {
  const waits = t.mock.method(globalThis, 'setTimeout', () => 0);
  for (const ms of [86_400_000, 86_400_001, 2 ** 31, Infinity]) after(ms, () => {});
  assert.deepEqual(
    waits.mock.calls.map(({ arguments: [, ms] }) => ms),
    [86_400_000, 86_400_000, 86_400_000, 86_400_000],
  );
});

test('every calls again and again, until the signal ends it', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  const life = new AbortController();
  every(50, task, life.signal);
  tick(49);
  assert.equal(task.mock.callCount(), 0);
  tick(101);
  assert.equal(task.mock.callCount(), 3);
  life.abort();
  tick(1000);
  assert.equal(task.mock.callCount(), 3);
});

test('soon calls in a task of its own', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  soon(task);
  assert.equal(task.mock.callCount(), 0);
  tick(1);
  assert.equal(task.mock.callCount(), 1);
});

test('whenIdle asks for idle time, but not for more than 100 ms', (t) => {
  const requestIdleCallback = t.mock.fn((task: () => void) => task());
  shareGlobals(t, { requestIdleCallback });
  const task = t.mock.fn();
  whenIdle(task);
  assert.deepEqual(requestIdleCallback.mock.calls[0]?.arguments, [task, { timeout: 100 }]);
  assert.equal(task.mock.callCount(), 1);
});

test('whenIdle is soon where there is no idle time (Safari)', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  whenIdle(task);
  assert.equal(task.mock.callCount(), 0);
  tick(1);
  assert.equal(task.mock.callCount(), 1);
});
