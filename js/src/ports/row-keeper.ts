// Keeps rows by key: in localStorage what must survive the page, in IndexedDB what must last, and in both what was not
// confirmed when the page is being left (docs/decisions/0008-storage.md).
import { createLocalShare } from './local-rows.ts';
import type { RowDatabase } from './row-database.ts';

/** Nothing here throws. */
export interface RowKeeper {
  /** Keeps a row; `stored` is called once it is kept. */
  put(key: string, row: string, lasts: boolean, stored: () => void): void;
  erase(key: string): void;
  /** A key of which there is a row in the database. */
  add(key: string): void;
  /** True: the page may be gone in a moment, so each row is kept at once. */
  hurry(hurried: boolean): void;
  /** From here on rows may be written, as before nobody could tell whose they are; false: until then they wait, and
   * those of before are another's. */
  open(opened: boolean): void;
}

export const createRowKeeper = (database: RowDatabase): RowKeeper => {
  /** What must not be written yet. */
  const waiting = new Map<string, [row: string, lasts: boolean, stored: () => void]>();
  /** Keys that may be in the database; true: they are. */
  const lasting = new Map<string, boolean>();
  let local = createLocalShare();
  let opened = false;
  let hurried = false;

  const put: RowKeeper['put'] = (key, row, lasts, stored) => {
    if (lasts && lasting.get(key)) return stored();
    if (!opened) waiting.set(key, [row, lasts, stored]);
    // Also what is to last: the page may be gone before its transaction is complete.
    if ((opened || hurried) && local.put(key, row)) stored();
    if (!opened || !lasts) return;
    lasting.set(key, false);
    // Not if it is erased, or another's, by the time the database is open: it would come back.
    const isWanted = (): boolean => lasting.has(key);
    void database.write(key, row, isWanted).then((kept) => {
      if (!kept || !isWanted()) return;
      local.free(key);
      stored();
    });
  };

  const putAll = (): void => waiting.forEach((row, key) => put(key, ...row));
  return {
    put,
    erase(key) {
      waiting.delete(key);
      local.free(key);
      if (lasting.delete(key)) void database.write(key);
    },
    add: (key) => void lasting.set(key, true),
    hurry(now) {
      hurried = now;
      if (now) putAll();
    },
    open(now) {
      opened = now;
      if (now) putAll();
      else {
        local = createLocalShare();
        lasting.clear();
      }
      waiting.clear();
    },
  };
};
