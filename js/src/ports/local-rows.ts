// localStorage, which the site, its extensions and its visitor may deny, fill or empty at any time: nothing throws.

const attempt = <T>(task: () => T, otherwise: T): T => {
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
