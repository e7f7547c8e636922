// The events that the Snowplow browser tracker left in localStorage: a site that switches loses nothing that waited.
import { rowOf } from '../full/row-text.ts';
import { wallNow } from './clock.ts';
import { attempt, getItem, removeItem, setItem } from './local-rows.ts';
import type { StorageEvents } from './storage.ts';

/** What stands there for one event (protocol facts, section 2.7). Anybody may have written it. */
type PeerItem = { payload?: unknown; svrAnon?: unknown } | null;

/** Offers the events in the queue of that tracker, and removes those that were taken. What is no event, and what there
 * is no room for, stays as it is. Never throws. */
export const takePeerQueue = (trackerId: string, { take, adopted }: Pick<StorageEvents, 'take' | 'adopted'>): void => {
  const key = `snowplowOutQueue_${trackerId}`;
  const items = attempt(() => JSON.parse(getItem(key) as string) as unknown, undefined);
  if (!Array.isArray(items)) return;
  const nowMs = wallNow();
  const left = (items as PeerItem[]).filter((item) => {
    const row = rowOf(item?.payload, item?.svrAnon, nowMs);
    return !row || !take(row);
  });
  if (left.length === items.length) return;
  // What is nested too deeply to be written was no event.
  if (left.length)
    setItem(
      key,
      attempt(() => JSON.stringify(left), '[]'),
    );
  else removeItem(key);
  adopted();
};
