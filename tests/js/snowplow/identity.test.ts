// The visitor's identity as sites read it: the list of the cookie, and the data of the session's entity.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientSession, parsedIdCookie } from '../../../js/src/snowplow/identity.ts';

const [USER, SESSION, BEFORE, FIRST] = [1, 2, 3, 4].map((n) => `${n}`.repeat(8) + '-1111-4111-8111-111111111111');
const MS = 1_700_000_000_123;
const FULL = `${USER}.1690000000.7.1700000100.1699990000.${SESSION}.${BEFORE}.${FIRST}.${MS}.12`;
/** Of a visitor who has come for the first time and has no event yet. */
const NEW = `${USER}.1690000000.1.1690000000..${SESSION}....0`;

describe('the list of the id cookie', () => {
  test('has numbers where the cookie has numbers, and first whether it is not kept', () => {
    const rest = [USER, 1690000000, 7, 1700000100, 1699990000, SESSION, BEFORE, FIRST, MS, 12];
    assert.deepEqual(parsedIdCookie(FULL, true), ['0', ...rest]);
    assert.deepEqual(parsedIdCookie(FULL, false), ['1', ...rest]);
  });

  test('has what is not there as undefined or as an empty text', () => {
    assert.deepEqual(parsedIdCookie(NEW, true), [
      '0',
      USER,
      1690000000,
      1,
      1690000000,
      undefined,
      SESSION,
      '',
      '',
      undefined,
      0,
    ]);
  });

  test('has 11 members also if there is nobody', () => {
    const list = parsedIdCookie('', true);
    assert.deepEqual([list.length, list[1], list[6], list[7], list[8]], [11, '', '', '', '']);
  });
});

describe('the data of a session', () => {
  test('are those of the cookie', () => {
    assert.deepEqual(clientSession(FULL, false), {
      userId: USER,
      sessionId: SESSION,
      eventIndex: 12,
      sessionIndex: 7,
      previousSessionId: BEFORE,
      storageMechanism: 'COOKIE_1',
      firstEventId: FIRST,
      firstEventTimestamp: '2023-11-14T22:13:20.123Z',
    });
  });

  test('stand in the order of the entity', () => {
    assert.deepEqual(Object.keys(clientSession(FULL, false)), [
      'userId',
      'sessionId',
      'eventIndex',
      'sessionIndex',
      'previousSessionId',
      'storageMechanism',
      'firstEventId',
      'firstEventTimestamp',
    ]);
  });

  test('name where they are kept', () => {
    assert.equal(clientSession(FULL, true).storageMechanism, 'LOCAL_STORAGE');
  });

  test('of a session without event or forerunner are null there', () => {
    const { previousSessionId, firstEventId, firstEventTimestamp, eventIndex } = clientSession(NEW, false);
    assert.deepEqual([previousSessionId, firstEventId, firstEventTimestamp, eventIndex], [null, null, null, 0]);
  });

  test('of somebody who is not to be known have the nil UUID', () => {
    const { userId, sessionId } = clientSession(NEW.replace(USER ?? '', ''), false);
    assert.deepEqual([userId, sessionId], ['00000000-0000-0000-0000-000000000000', SESSION]);
  });
});
