// A session in full: every field of the text that is kept, under a name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullSessionOf } from '../../../js/src/full/session-details.ts';

test('each of the ten fields has a name', () => {
  assert.deepEqual(fullSessionOf('u.1700000000.3.1700000200.1700000100.s.r.e.1700000150123.7'), {
    userId: 'u',
    sessionId: 's',
    sessionIndex: 3,
    eventIndex: 7,
    createdMs: 1_700_000_000_000,
    lastEventMs: 1_700_000_200_000,
    previousEventMs: 1_700_000_100_000,
    previousSessionId: 'r',
    firstEventId: 'e',
    firstEventMs: 1_700_000_150_123,
  });
});

test('what is not known yet is undefined', () => {
  assert.deepEqual(fullSessionOf('.1700000000.1.1700000000..s....0'), {
    userId: undefined,
    sessionId: 's',
    sessionIndex: 1,
    eventIndex: 0,
    createdMs: 1_700_000_000_000,
    lastEventMs: 1_700_000_000_000,
    previousEventMs: undefined,
    previousSessionId: undefined,
    firstEventId: undefined,
    firstEventMs: undefined,
  });
});

test('without a session there is none', () => assert.equal(fullSessionOf(''), undefined));
