// The count of keepalive bytes that all trackers of a page share.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countKeepalive, keepaliveBytes } from '../../../js/src/ports/keepalive.ts';

test('what begins is added, what has ended is taken away', () => {
  assert.equal(keepaliveBytes(), 0);
  countKeepalive(300);
  countKeepalive(50);
  assert.equal(keepaliveBytes(), 350);
  countKeepalive(-300);
  assert.equal(keepaliveBytes(), 50);
  countKeepalive(-50);
  assert.equal(keepaliveBytes(), 0);
});

test('another copy of this package on the page counts the same requests', async () => {
  const path = '../../../js/src/ports/keepalive.ts?other';
  const other = (await import(path)) as {
    keepaliveBytes: typeof keepaliveBytes;
    countKeepalive: typeof countKeepalive;
  };
  assert.notEqual(other.keepaliveBytes, keepaliveBytes);
  countKeepalive(10);
  other.countKeepalive(5);
  assert.deepEqual([keepaliveBytes(), other.keepaliveBytes()], [15, 15]);
  countKeepalive(-15);
  assert.equal(other.keepaliveBytes(), 0);
});

test('it is no member that a page would meet', () => {
  countKeepalive(1);
  assert.deepEqual(
    Object.keys(globalThis).filter((name) => name.includes('piste')),
    [],
  );
  countKeepalive(-1);
});
