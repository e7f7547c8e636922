// The right to try a collector that is down, which one tracker among all pages has: a Web Lock.
import { hasLocks, holdLock } from './locks.ts';

/** One tracker's claim to the right. */
export interface Probe {
  claim(): void;
  /** Gives the right up, or the place in the queue for it. */
  yield(): void;
  /** The page is seen: it no longer waits behind pages that may not be. */
  hasten(): void;
}

/** `granted` is called when the right is given: at once where there are no Web Locks. `lost`: another page took it. */
export const createProbe = (collector: string, granted: () => void, lost: () => void): Probe => {
  let claimed = new AbortController();
  let waits = false;
  const queue = (steal: boolean): void => {
    const { signal } = claimed;
    const give = (): void => {
      waits = false;
      if (!signal.aborted) granted();
    };
    waits = true;
    if (!hasLocks()) return queueMicrotask(give); // not inside of the claim
    holdLock(`piste ${collector}`, { steal }, signal, give).catch(() => {
      // Refused, as where a page has no origin: then there is nobody to share with.
      if (waits) return give();
      if (signal.aborted) return;
      lost();
      queue(false);
    });
  };
  // A page that nobody sees may be slowed down or frozen: one that is seen does not wait for it.
  const claim = (): void => {
    claimed = new AbortController();
    queue(!document.hidden);
  };
  const stop = (): void => {
    waits = false;
    claimed.abort();
  };
  return {
    claim,
    yield: stop,
    hasten() {
      if (!waits) return;
      stop();
      claim();
    },
  };
};
