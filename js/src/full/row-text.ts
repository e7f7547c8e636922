// The text of a row: what the core makes of an event to keep it, made and read here for events that are kept elsewhere.
import { MAX_EVENT_BYTES } from '../constants.ts';
import { attempt } from '../ports/local-rows.ts';

/** Characters of a row before its payload. */
const HEADER_LENGTH = 18;
/** Added to times, so that all of them have as many digits. */
const TIME_BASE = 1e13;
/** Longest payload, in characters. Reason: the core would have no room for it, now or later. */
const LONGEST = 2 * MAX_EVENT_BYTES;
/** How old an event may be by its own time, in ms: what the core takes for older than 30 days it drops. */
const OLDEST_MS = 29 * 86_400_000;

const TYPES = ['string', 'number', 'boolean', 'bigint'];

/** A payload of text alone: without what is empty or no text, and without the time of sending, which the core adds. */
const textsOf = (payload: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(payload)
      .filter(([key, value]) => key !== 'stm' && value !== '' && TYPES.includes(typeof value))
      .map(([key, value]) => [key, `${value}`]),
  );

/** The row of an event whose payload another tracker has made. `anonymous`: as any value that is true. Undefined if it
 * is none: what has no id (`eid`) cannot be told from others. Its age counts from the time that it says itself; from
 * now if it says none, or one that was set, as a waiting event must not be lost for that. */
export const rowOf = (payload: unknown, anonymous: unknown, nowMs: number): string | undefined =>
  attempt(() => {
    const texts = textsOf(payload as object);
    const json = JSON.stringify(texts);
    if (!texts.eid || json.length > LONGEST) return undefined;
    const createdMs = Math.floor(+(texts.dtm as string));
    const ageMs = nowMs - createdMs;
    const takenMs = ageMs >= 0 && ageMs < OLDEST_MS ? createdMs : nowMs;
    return `2p${anonymous ? 'a' : '-'}${+(texts.e !== 'pp')}${TIME_BASE + takenMs}${json}\n`;
  }, undefined);

/** The payload that is the query of a GET request. */
export const payloadOfQuery = (query: string): Record<string, string> => Object.fromEntries(new URLSearchParams(query));

/** The payload of a row that the core has made. */
export const payloadOf = (row: string): Record<string, string> => {
  const text = row.slice(HEADER_LENGTH, -1);
  return row[1] === 'g' ? payloadOfQuery(text) : (JSON.parse(text) as Record<string, string>);
};

/** Whether the collector is asked to keep neither address nor network user id of a row's event. */
export const isAnonymous = (row: string): boolean => row[2] === 'a';
