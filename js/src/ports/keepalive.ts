// What all trackers of a page have under way in keepalive requests: they share one allowance, so they share one count.

/** A count on the page itself: another copy of this package knows it by the same name. */
const SHARED = Symbol.for('piste');

const page = globalThis as { [SHARED]?: number };

/** One tracker's part of it. */
export interface KeepaliveShare {
  /** Counts a request that begins, or with a negative number one that has ended. */
  count(bytes: number): void;
  /** Bytes that others have under way. */
  others(): number;
}

export const createKeepaliveShare = (): KeepaliveShare => {
  let own = 0;
  return {
    count(bytes) {
      own += bytes;
      page[SHARED] = (page[SHARED] ?? 0) + bytes;
    },
    others: () => (page[SHARED] ?? 0) - own,
  };
};
