// Timers: bounded, stoppable, and idle time where a browser has it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { after, createAlarm, every, inOneTask, soon, whenIdle } from '../../../js/src/ports/timer.ts';
import { shareGlobals, START_MS, stopTime } from '../fake-globals.ts';

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

/** An alarm whose calls, and whose timers, are counted. */
function alarm(t: TestContext) {
  const { tick } = stopTime(t);
  const { setTimeout } = globalThis;
  const timers = t.mock.method(globalThis, 'setTimeout', setTimeout);
  const task = t.mock.fn();
  return { tick, ring: createAlarm(task), calls: () => task.mock.callCount(), timers: () => timers.mock.callCount() };
}

test('an alarm rings once, when the time has passed', (t) => {
  const { tick, ring, calls } = alarm(t);
  ring(50);
  tick(49);
  assert.equal(calls(), 0);
  tick(1);
  assert.equal(calls(), 1);
  tick(1000);
  assert.equal(calls(), 1);
});

test('an alarm that is set to a later time, or the same, rings as before and sets no timer', (t) => {
  const { tick, ring, calls, timers } = alarm(t);
  ring(50);
  for (const ms of [50, 51, 5000, Infinity]) ring(ms);
  assert.equal(timers(), 1);
  tick(20);
  ring(30);
  assert.equal(timers(), 1, 'the same instant');
  tick(30);
  tick(10_000);
  assert.equal(calls(), 1);
});

test('an alarm that is set to a sooner time rings then, and not again at the time before', (t) => {
  const { tick, ring, calls, timers } = alarm(t);
  ring(50);
  tick(10);
  ring(39);
  assert.equal(timers(), 2);
  tick(38);
  assert.equal(calls(), 0);
  tick(1);
  assert.equal(calls(), 1);
  tick(1000);
  assert.equal(calls(), 1);
});

test('an alarm that has rung can be set again, even by its own task', (t) => {
  const { tick } = stopTime(t);
  let left = 2;
  const rungAt: number[] = [];
  const ring = createAlarm(() => {
    rungAt.push(Date.now() - START_MS);
    if (left-- > 0) ring(100);
  });
  ring(50);
  for (let i = 0; i < 10; ++i) tick(50);
  assert.deepEqual(rungAt, [50, 150, 250]);
  ring(7);
  tick(7);
  assert.deepEqual(rungAt, [50, 150, 250, 507]);
});

test('an alarm whose task throws can be set again', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn(() => {
    if (task.mock.callCount() === 0) throw new Error('once');
  });
  const ring = createAlarm(task);
  ring(50);
  assert.throws(() => tick(50), /once/);
  ring(60);
  tick(60);
  assert.equal(task.mock.callCount(), 2);
});

test('alarms do not know each other', (t) => {
  const { tick, ring, calls } = alarm(t);
  const other = t.mock.fn();
  ring(50);
  createAlarm(other)(100);
  tick(50);
  assert.deepEqual([calls(), other.mock.callCount()], [1, 0]);
  tick(50);
  assert.deepEqual([calls(), other.mock.callCount()], [1, 1]);
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
  every(50, task, life.signal);
  tick(1000);
  assert.equal(task.mock.callCount(), 3, 'nor does it begin with one that has ended');
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

test('inOneTask calls once for all that ask until then, and again for those who ask after', (t) => {
  const { tick } = stopTime(t);
  const task = t.mock.fn();
  const ask = inOneTask(task);
  for (let i = 0; i < 3; ++i) ask();
  assert.equal(task.mock.callCount(), 0);
  tick(1);
  assert.equal(task.mock.callCount(), 1);
  task.mock.mockImplementationOnce(() => void ask());
  ask();
  tick(1);
  tick(1);
  assert.equal(task.mock.callCount(), 3);
});
