// The ledger as sites see it: each number of the core under its name, and nothing under a name that counts nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Field } from '../../js/src/constants.ts';
import { statsOf } from '../../js/src/stats.ts';

test('each number stands under its name', () => {
  assert.deepEqual(
    statsOf((field) => field * 10, 'wasm'),
    {
      accepted: Field.Accepted * 10,
      restored: Field.Restored * 10,
      delivered: Field.Delivered * 10,
      pending: Field.Pending * 10,
      rejected: {
        400: Field.Rejected400 * 10,
        401: Field.Rejected401 * 10,
        403: Field.Rejected403 * 10,
        410: Field.Rejected410 * 10,
        413: Field.Rejected413 * 10,
        422: Field.Rejected422 * 10,
      },
      dropped: {
        invalid: Field.DroppedInvalid * 10,
        too_large: Field.DroppedTooLarge * 10,
        unserialisable: Field.DroppedUnserialisable * 10,
        queue_full: Field.DroppedQueueFull * 10,
        closed: Field.DroppedClosed * 10,
        unreadable: Field.DroppedUnreadable * 10,
        evicted: Field.DroppedEvicted * 10,
        expired: Field.DroppedExpired * 10,
        denied: Field.DroppedDenied * 10,
        no_memory: Field.DroppedNoMemory * 10,
      },
      stored: Field.Stored * 10,
      inFlight: Field.InFlight * 10,
      failures: Field.Failures * 10,
      retryInMs: Field.RetryInMs * 10,
      engine: 'wasm',
    },
  );
});

test('a status or reason that counts nothing is left out', () => {
  const { rejected, dropped, accepted, engine } = statsOf(
    (field) => +(field === Field.Rejected413 || field === Field.DroppedEvicted),
    'loading',
  );
  assert.deepEqual([rejected, dropped, accepted, engine], [{ 413: 1 }, { evicted: 1 }, 0, 'loading']);
});
