// What an identity says to the site, whoever has written it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionOf } from '../../js/src/session.ts';
import type { Session } from '../../js/src/types.ts';

const session = (userId: string | undefined, sessionIndex: number, eventIndex: number): Session => ({
  userId,
  sessionId: 'sid',
  sessionIndex,
  eventIndex,
});

const rows: [what: string, text: string, expected: Session | undefined][] = [
  ['all ten fields', 'uid.1700000000.3.1700000100.1690000000.sid.before.first.1700000000123.7', session('uid', 3, 7)],
  ['a session without events', 'uid.1700000000.4.1700000100.1690000000.sid.before...0', session('uid', 4, 0)],
  ['an anonymous visitor', '.1700000000.1.1700000100..sid..first.1700000000123.2', session(undefined, 1, 2)],
  ['no text', '', undefined],
  ['no session', 'uid.1700000000.....before...0', undefined],
  ['five fields, of trackers of old', 'uid.1700000000.3.1700000100.1690000000', undefined],
];

for (const [what, text, expected] of rows) {
  test(`${what}: ${expected ? 'there is a session' : 'there is none'}`, () => {
    assert.deepEqual(sessionOf(text), expected);
  });
}
