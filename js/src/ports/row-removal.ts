// Takes the database of rows away once there is none in it: a visitor who denies finds nothing of us.
import { NAME, STORE } from './row-database.ts';

const ended = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });

/** Rejects if there is none. */
const openExisting = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(NAME);
  // Another page has deleted it meanwhile: it would be made anew, and empty.
  request.onupgradeneeded = () => request.transaction?.abort();
  return ended(request);
};

const countRows = async (): Promise<number> => {
  const database = await openExisting();
  try {
    // After what was written before: a transaction that reads waits for those that write.
    return await ended(database.transaction(STORE).objectStore(STORE).count());
  } finally {
    database.close();
  }
};

/** Deletes the database if it is empty. Pages that have it open let go of it. Gives whether it is gone; never
 * rejects. */
export const removeEmptyDatabase = async (): Promise<boolean> => {
  try {
    const isThere = async (): Promise<boolean> => (await indexedDB.databases()).some(({ name }) => name === NAME);
    // Where they cannot be listed (Firefox before 126) it stays, empty: it would be made by looking.
    if ((await isThere()) && (await countRows()) === 0) await ended(indexedDB.deleteDatabase(NAME));
    return !(await isThere());
  } catch {
    return false;
  }
};
