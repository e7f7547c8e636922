// The visitor's identity in the two shapes that sites know (protocol facts, sections 3.4 and 3.8).
import type { ClientSession, ParsedIdCookie } from './types.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The `id` cookie as a list; `text` is what it holds. */
export const parsedIdCookie = (text: string, isStored: boolean): ParsedIdCookie => {
  const [user = '', created, index, now, last, session = '', previous = '', first = '', firstMs, events] =
    text.split('.');
  return [
    isStored ? '0' : '1',
    user,
    Number(created),
    Number(index || 1),
    Number(now),
    last ? Number(last) : undefined,
    session,
    previous,
    first,
    firstMs ? Number(firstMs) : undefined,
    Number(events || 0),
  ];
};

/** The data of the session's entity. */
export const clientSession = (text: string, isLocal: boolean): ClientSession => {
  const [, user, , index, , , session, previous, first, firstMs, events] = parsedIdCookie(text, true);
  return {
    userId: user || NOBODY,
    sessionId: session,
    eventIndex: events,
    sessionIndex: index,
    previousSessionId: previous || null,
    storageMechanism: isLocal ? 'LOCAL_STORAGE' : 'COOKIE_1',
    firstEventId: first || null,
    firstEventTimestamp: firstMs ? new Date(firstMs).toISOString() : null,
  };
};
