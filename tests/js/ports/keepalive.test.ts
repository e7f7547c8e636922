// The count of keepalive bytes that all trackers of a page share: each knows its own part, and what others have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeepaliveShare } from '../../../js/src/ports/keepalive.ts';

test('what begins is added, what has ended is taken away', () => {
  const watcher = createKeepaliveShare();
  const share = createKeepaliveShare();
  assert.equal(watcher.others(), 0);
  share.count(300);
  share.count(50);
  assert.equal(watcher.others(), 350);
  share.count(-300);
  assert.equal(watcher.others(), 50);
  share.count(-50);
  assert.equal(watcher.others(), 0);
});

test('its own requests are not those of others, and those of others are not its own', () => {
  const [first, second, third] = [createKeepaliveShare(), createKeepaliveShare(), createKeepaliveShare()];
  const others = (): number[] => [first, second, third].map((share) => share.others());
  first.count(100);
  assert.deepEqual(others(), [0, 100, 100]);
  second.count(20);
  assert.deepEqual(others(), [20, 100, 120]);
  first.count(-100);
  assert.deepEqual(others(), [20, 0, 20]);
  second.count(-20);
  assert.deepEqual(others(), [0, 0, 0]);
});

test('a share that is made later knows what is under way already', () => {
  const first = createKeepaliveShare();
  first.count(70);
  assert.equal(createKeepaliveShare().others(), 70);
  first.count(-70);
});

test('another copy of this package on the page counts the same requests', async () => {
  const path = '../../../js/src/ports/keepalive.ts?other';
  const copy = (await import(path)) as { createKeepaliveShare: typeof createKeepaliveShare };
  assert.notEqual(copy.createKeepaliveShare, createKeepaliveShare);
  const [mine, theirs] = [createKeepaliveShare(), copy.createKeepaliveShare()];
  mine.count(10);
  theirs.count(5);
  assert.deepEqual([mine.others(), theirs.others()], [5, 10]);
  mine.count(-10);
  theirs.count(-5);
  assert.deepEqual([mine.others(), theirs.others()], [0, 0]);
});

test('it is no member that a page would meet', () => {
  const share = createKeepaliveShare();
  share.count(1);
  assert.deepEqual(
    Object.keys(globalThis).filter((name) => name.includes('piste')),
    [],
  );
  share.count(-1);
});
