// What all trackers of a page have under way in keepalive requests: they share one allowance, so they share one count.

/** A count on the page itself: another copy of this package knows it by the same name. */
const SHARED = Symbol.for('piste');

const page = globalThis as { [SHARED]?: number };

/** Bytes of keepalive requests under way. */
export const keepaliveBytes = (): number => page[SHARED] ?? 0;

/** Counts a request that begins, or with a negative number one that has ended. */
export const countKeepalive = (bytes: number): void => void (page[SHARED] = keepaliveBytes() + bytes);
