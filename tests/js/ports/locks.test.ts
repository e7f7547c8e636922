// One Web Lock: given, waited for, refused, stolen, given back.
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
  const asked = { told: [] as string[], end: () => life.abort(), release: () => {} };
  const given = (release: () => void): void => {
    asked.told.push('given');
    asked.release = release;
  };
  holdLock('a', options, life.signal, given).then(
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
  assert.deepEqual([told, isHeld()], [['given'], true]);
  end();
  await settled();
  assert.deepEqual([told, isHeld()], [['given', 'ended'], false]);
});

test('who waits has it after those before; who has ended by then leaves it to the next', async (t) => {
  const { isHeld } = open(t);
  const [first, second, third] = [ask(), ask(), ask()];
  await settled();
  assert.deepEqual([first.told, second.told, third.told], [['given'], [], []]);
  second.end();
  await settled();
  assert.deepEqual(second.told, []);
  first.end();
  await settled();
  assert.deepEqual([second.told, third.told], [['ended'], ['given']]);
  third.end();
  await settled();
  assert.equal(isHeld(), false);
});

test('a lock may be given back before the signal ends it', async (t) => {
  const { isHeld } = open(t);
  const first = ask();
  await settled();
  first.release();
  await settled();
  assert.deepEqual([first.told, isHeld()], [['given', 'ended'], false]);
  first.end();
  const second = ask();
  await settled();
  first.release();
  await settled();
  assert.deepEqual([second.told, isHeld()], [['given'], true], 'once');
});

test('who takes his wish back leaves the queue; a lock that is given is no wish any more', async (t) => {
  const { isHeld, locks } = open(t);
  const wish = new AbortController();
  const first = ask({ signal: wish.signal });
  const second = ask({ signal: wish.signal });
  await settled();
  wish.abort();
  await settled();
  assert.deepEqual([first.told, second.told, isHeld()], [['given'], ['AbortError'], true]);
  assert.deepEqual(locks?.waiting.get('a'), []);
});

test('a lock that is stolen rejects; it is not given back when its old holder ends', async (t) => {
  const { isHeld } = open(t);
  const first = ask();
  await settled();
  const thief = ask({ steal: true });
  await settled();
  assert.deepEqual([first.told, thief.told], [['given', 'AbortError'], ['given']]);
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
  assert.deepEqual(next.told, ['given']);
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
