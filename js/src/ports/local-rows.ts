// localStorage, which the site, its extensions and its visitor may deny, fill or empty at any time: nothing throws.

/** False if it could not be kept. */
export const setItem = (key: string, text: string): boolean => {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false; // full, or denied
  }
};

export const getItem = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

export const removeItem = (key: string): void => {
  try {
    localStorage.removeItem(key);
  } catch {
    // denied: then there is nothing
  }
};

/** The keys that begin with `prefix`. */
export const keysOf = (prefix: string): string[] => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
};
