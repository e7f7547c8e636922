// One Web Lock: given, refused, stolen, given back.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { hasLocks, holdLock } from '../../../js/src/ports/locks.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { FakeLocks } from '../fake-locks.ts';

function open(t: TestContext) {
  const navigator = { locks: new FakeLocks() as FakeLocks | undefined };
  shareGlobals(t, { navigator });
  const { locks } = navigator;
  const isHeld = (name = 'a'): boolean => !!locks?.held.has(name);
  return { navigator, locks, isHeld };
}

/** Asks for the lock `a`, and keeps what it is told. */
function ask(options: LockOptions = {}) {
  const life = new AbortController();
  const asked = { told: [] as unknown[], end: () => life.abort(), signal: life.signal };
  holdLock('a', options, life.signal, (held) => void asked.told.push(held)).then(
    () => asked.told.push('ended'),
    (cause: DOMException) => asked.told.push(cause.name),
  );
  return asked;
}

test('a lock is held until the signal ends it', async (t) => {
  const { isHeld } = open(t);
  const { told, end } = ask();
  assert.deepEqual(told, [], 'not within the call');
  await settled();
  assert.deepEqual([told, isHeld()], [[true], true]);
  end();
  await settled();
  assert.deepEqual([told, isHeld()], [[true, 'ended'], false]);
});

test('who waits has it after those before; who has ended by then leaves it to the next', async (t) => {
  const { isHeld } = open(t);
  const [first, second, third] = [ask(), ask(), ask()];
  await settled();
  assert.deepEqual([first.told, second.told, third.told], [[true], [], []]);
  second.end();
  await settled();
  assert.deepEqual(second.told, []);
  first.end();
  await settled();
  assert.deepEqual([second.told, third.told], [['ended'], [true]]);
  third.end();
  await settled();
  assert.equal(isHeld(), false);
});

test('who does not wait is told that it is another’s, and holds nothing', async (t) => {
  open(t);
  const first = ask();
  await settled();
  const second = ask({ ifAvailable: true });
  await settled();
  assert.deepEqual(second.told, [false, 'ended']);
  first.end();
  await settled();
  const third = ask({ ifAvailable: true });
  await settled();
  assert.deepEqual(third.told, [true]);
});

test('a lock that is stolen rejects; it is not given back when its old holder ends', async (t) => {
  const { isHeld } = open(t);
  const first = ask();
  await settled();
  const thief = ask({ steal: true });
  await settled();
  assert.deepEqual([first.told, thief.told], [[true, 'AbortError'], [true]]);
  first.end();
  await settled();
  assert.equal(isHeld(), true);
});

test('a signal that has ended before the lock is there is given nothing', async (t) => {
  const { isHeld } = open(t);
  const asked = ask();
  asked.end();
  await settled();
  assert.deepEqual([asked.told, isHeld()], [['ended'], false]);
});

test('the lock of a page that dies is the next one’s', async (t) => {
  const { locks } = open(t);
  ask();
  const next = ask();
  await settled();
  locks?.kill('a');
  await settled();
  assert.deepEqual(next.told, [true]);
});

test('where locks are refused it rejects', async (t) => {
  const { locks } = open(t);
  if (locks) locks.refusal = new DOMException('an opaque origin', 'SecurityError');
  const asked = ask();
  await settled();
  assert.deepEqual(asked.told, ['SecurityError']);
});

test('there are none on plain http', (t) => {
  const { navigator } = open(t);
  assert.equal(hasLocks(), true);
  navigator.locks = undefined;
  assert.equal(hasLocks(), false);
});
