// Rows in IndexedDB: they survive the sudden death of the browser from the end of their transaction on.
import { hasPage } from './page.ts';
import { after } from './timer.ts';

/** A database of rows by key, opened when it is needed. IndexedDB may be denied, full or broken: nothing throws. */
export interface RowDatabase {
  /** Writes a row, if it is still wanted when its transaction begins, or forgets it: with all others of this task in
   * one transaction, in order. False if that failed. */
  write(key: string, row?: string, isWanted?: () => boolean): Promise<boolean>;
  /** The rows whose keys begin with `prefix`; none if there is no database. `bare`: the keys are all that is asked
   * for. */
  rows(prefix: string, bare?: boolean): Promise<Map<string, string>>;
}

export const NAME = 'piste';
export const STORE = 'rows';

/** How long to wait, in ms, for a database to open. In Chromium a page that goes into the back/forward cache while it
 * makes the database keeps it shut for all others, up to ten minutes. */
const OPEN_MS = 5000;

/** Rejects if there is no database and none is to be made, or it does not open in time. */
const connect = async (make: boolean): Promise<IDBDatabase> => {
  // Firefox before 126 cannot list them: there one is made.
  if (!make && (await indexedDB.databases?.())?.every(({ name }) => name !== NAME)) throw Error();
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      const database = request.result;
      // Somebody deletes it, or a newer version of this package changes it: not hindered, and opened anew when needed.
      database.onversionchange = () => database.close();
      resolve(database);
    };
    request.onerror = reject;
    after(OPEN_MS, reject);
  });
};

export const createRowDatabase = (): RowDatabase => {
  let opening: Promise<IDBDatabase> | undefined;
  let batch: Parameters<RowDatabase['write']>[] = [];
  let writing: Promise<boolean>;

  /** Runs `task` in a transaction, and gives what it gave when that is complete; undefined if that failed. */
  const run = async <T>(writes: boolean, task: (store: IDBObjectStore) => T): Promise<T | undefined> => {
    try {
      // A page that may be put away in a moment makes none.
      if (writes) opening ??= connect(!(hasPage() && document.hidden));
      const database = await (opening ?? connect(false));
      opening ??= Promise.resolve(database);
      return await new Promise<T>((resolve, reject) => {
        // Not flushed to the disk: what dies is the browser, not the machine.
        const transaction = database.transaction(STORE, writes ? 'readwrite' : 'readonly', { durability: 'relaxed' });
        const result = task(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = reject;
      });
    } catch {
      opening = undefined; // it may have been closed under us
      return undefined;
    }
  };

  const writeBatch = async (): Promise<boolean> => {
    await Promise.resolve(); // the other writes of this task
    const writes = batch;
    batch = [];
    const done = await run(true, (store) => {
      for (const [key, row, isWanted] of writes) {
        if (row === undefined) store.delete(key);
        else if (!isWanted || isWanted()) store.put(row, key);
      }
      store.transaction.commit?.(); // now: the page may be gone before it would happen by itself
      return true;
    });
    return !!done;
  };

  return {
    write(...write) {
      if (batch.push(write) === 1) writing = writeBatch();
      return writing;
    },
    async rows(prefix, bare) {
      const found = await run(false, (store) => {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
        return [store.getAllKeys(range), bare ? undefined : store.getAll(range)] as const;
      });
      return new Map(found ? found[0].result.map((key, i) => [key as string, `${found[1]?.result[i] as string}`]) : []);
    },
  };
};
