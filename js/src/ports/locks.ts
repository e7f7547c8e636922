// Web Locks: held until a signal ends it, or until the page is gone.

/** Asks for a lock and calls `given` when it is there, or, with `ifAvailable`, with false when it is another's. Rejects
 * when the lock is stolen. Not where `navigator.locks` is missing. */
export const holdLock = async (
  name: string,
  options: LockOptions,
  signal: AbortSignal,
  given: (held: boolean) => void,
): Promise<void> => {
  await navigator.locks.request(name, options, async (lock) => {
    if (signal.aborted) return;
    given(!!lock);
    if (lock) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
};

/** False on plain http, where browsers have no Web Locks. */
export const hasLocks = (): boolean => !!navigator.locks;
