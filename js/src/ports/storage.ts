// The Storage port: rows in localStorage, one key for each, in the name of the page that owns them.
import { randomName } from './random.ts';

/** Keeps rows beyond the page. Nothing here throws. */
export interface RowStorage {
  /** False if the row could not be kept. */
  put(id: number, row: string): boolean;
  erase(id: number): void;
  /** Gives the rows of pages that are gone to `take`, oldest first for each page, and forgets those that it takes.
   * `finished` is called after each such page. */
  adopt(take: (row: string) => boolean, finished: () => void): void;
  /** From here on another page may adopt the rows. */
  release(): void;
  /** After release(): from here on none may. Those that were adopted are sent twice, with the same event ids. */
  hold(): void;
}

/** Of the keys of rows, `piste/<namespace>/<page>/<id>`, and of the locks of living pages, the same without the id. */
const PREFIX = 'piste/';

/** Asks for a Web Lock. Where there are none (plain http), every page counts as gone: its rows may be sent twice, with
 * the same event ids, but are never lost. */
const withLock = (name: string, options: LockOptions, task: (held: boolean) => void | Promise<void>): void => {
  if (navigator.locks) navigator.locks.request(name, options, (lock) => task(!!lock)).catch(() => {});
  else void task(!!options.ifAvailable);
};

/** The keys of rows in `prefix`, by the page that owns them, each in the order of its ids. */
const rowsByOwner = (prefix: string): Map<string, string[]> => {
  const owners = new Map<string, string[]>();
  for (let i = 0; i < localStorage.length; ++i) {
    const key = localStorage.key(i) ?? '';
    if (!key.startsWith(prefix)) continue;
    const owner = key.slice(0, key.lastIndexOf('/') + 1);
    const keys = owners.get(owner);
    if (keys) keys.push(key);
    else owners.set(owner, [key]);
  }
  for (const [owner, keys] of owners) keys.sort((a, b) => +a.slice(owner.length) - +b.slice(owner.length));
  return owners;
};

/** Rows of `namespace` in localStorage. */
export const openLocalStorage = (namespace: string): RowStorage => {
  const prefix = `${PREFIX}${encodeURIComponent(namespace)}/`;
  const own = `${prefix}${randomName()}/`;
  let release = (): void => {};
  const hold = (): void => {
    // Made before the lock is given, which may be after release().
    const released = new Promise<void>((resolve) => (release = resolve));
    withLock(own, {}, () => released);
  };
  hold();

  return {
    hold,
    put(id, row) {
      try {
        localStorage.setItem(own + id, row);
        return true;
      } catch {
        return false; // full, or denied
      }
    },
    erase(id) {
      try {
        localStorage.removeItem(own + id);
      } catch {
        // denied: then nothing was put either
      }
    },
    adopt(take, finished) {
      try {
        for (const [owner, keys] of rowsByOwner(prefix)) {
          if (owner === own) continue;
          withLock(owner, { ifAvailable: true }, (held) => {
            if (!held) return;
            for (const key of keys) {
              const row = localStorage.getItem(key);
              if (row !== null && take(row)) localStorage.removeItem(key);
            }
            finished();
          });
        }
      } catch {
        // denied
      }
    },
    release: () => release(),
  };
};

/** Keeps nothing: rows live as long as the page. */
export const noStorage: RowStorage = { put: () => false, erase() {}, adopt() {}, release() {}, hold() {} };
