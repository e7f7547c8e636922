// What an identity says to the site.
import type { Session } from './types.ts';

/** Reads the text of an identity: ten fields with dots between (protocol facts, section 3.4). */
export const sessionOf = (identity: string): Session | undefined => {
  const fields = identity.split('.');
  const [userId, sessionId] = [fields[0], fields[5]];
  if (!sessionId) return undefined;
  return { userId: userId || undefined, sessionId, sessionIndex: Number(fields[2]), eventIndex: Number(fields[9]) };
};
