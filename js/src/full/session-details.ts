// What an identity says to the site in full.
import { sessionOf } from '../session.ts';
import type { FullSession } from './types.ts';

/** Of seconds; undefined if there are none. */
const inMs = (seconds: string | undefined): number | undefined => (seconds ? Number(seconds) * 1000 : undefined);

/** Reads the text of an identity: ten fields with dots between (protocol facts, section 3.4). */
export const fullSessionOf = (identity: string): FullSession | undefined => {
  const session = sessionOf(identity);
  const [, created, , last, before, , previous, first, firstMs] = identity.split('.');
  return (
    session && {
      ...session,
      createdMs: inMs(created) ?? 0,
      lastEventMs: inMs(last) ?? 0,
      previousEventMs: inMs(before),
      previousSessionId: previous || undefined,
      firstEventId: first || undefined,
      firstEventMs: firstMs ? Number(firstMs) : undefined,
    }
  );
};
