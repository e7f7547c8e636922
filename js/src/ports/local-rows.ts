// localStorage, which the site, its extensions and its visitor may deny, fill or empty at any time: nothing throws.

/** Most characters that one page puts into localStorage. Reason: a whole origin has about five million, and they belong
 * to the site. Where IndexedDB works there is little: it takes over what waits for more than a second. */
const LOCAL_LENGTH = 1 << 20;

/** What `task` gives; `otherwise` if it throws. */
export const attempt = <T>(task: () => T, otherwise: T): T => {
  try {
    return task();
  } catch {
    return otherwise; // full, or denied
  }
};

/** False if it could not be kept. */
export const setItem = (key: string, text: string): boolean =>
  attempt(() => {
    localStorage.setItem(key, text);
    return true;
  }, false);

export const getItem = (key: string): string | null => attempt(() => localStorage.getItem(key), null);

export const removeItem = (key: string): void => attempt(() => localStorage.removeItem(key), undefined);

/** The keys that begin with `prefix`. */
export const keysOf = (prefix: string): string[] =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)), []);

/** What one page puts there, under one name. */
export interface LocalShare {
  /** False if there is no room, or it is denied. A row that is there already stays as it is. */
  put(key: string, row: string): boolean;
  free(key: string): void;
}

export const createLocalShare = (): LocalShare => {
  const lengths = new Map<string, number>();
  let room = LOCAL_LENGTH;
  return {
    put(key, row) {
      if (lengths.has(key)) return true;
      if (row.length > room || !setItem(key, row)) return false;
      lengths.set(key, row.length);
      room -= row.length;
      return true;
    },
    free(key) {
      removeItem(key);
      room += lengths.get(key) ?? 0;
      lengths.delete(key);
    },
  };
};
