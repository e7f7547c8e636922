// Web Locks: held until a signal ends it, or until the page is gone.

/** Asks for a lock, waits for it, and calls `given`, with what gives it back before the signal does. Rejects when the
 * lock is stolen or refused, or the signal among the options ends the wait. Not where `navigator.locks` is missing. */
export const holdLock = async (
  name: string,
  options: LockOptions,
  signal: AbortSignal,
  given: (release: () => void) => void,
): Promise<void> => {
  await navigator.locks.request(name, options, async () => {
    if (signal.aborted) return;
    let release!: () => void;
    await new Promise<unknown>((resolve) => {
      signal.addEventListener('abort', (release = resolve as () => void));
      given(release);
    });
    signal.removeEventListener('abort', release);
  });
};

/** False on plain http, where browsers have no Web Locks. */
export const hasLocks = (): boolean => !!navigator.locks;
