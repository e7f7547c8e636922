// How long a tracker waits between what it does by itself.

/** How often a page looks for rows of pages that are gone, in ms. Reason: nothing tells it of the end of a page without
 * Web Locks, or of one that writes into IndexedDB only; a look costs a millisecond. */
export const SEEK_MS = 60_000;
/** How long rows that were taken over wait for those of other pages, in ms, so that all go out in order of time. */
export const GATHER_MS = 50;

/** How long what was read of the visitor's identity is good, in ms, as in the Snowplow browser tracker (protocol facts,
 * section 3.3). */
export const FRESH_MS = 50;
