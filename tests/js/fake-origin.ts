// Several pages of one origin that is not there: each has a storage of its own, on what they share.
import type { TestContext } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { openStorage } from '../../js/src/ports/storage.ts';
import { openDatabase } from './fake-database.ts';
import { makeWindow, settled, shareGlobals } from './fake-globals.ts';
import { FakeLocks } from './fake-locks.ts';
import { FakeStorage } from './fake-storage.ts';

/** A page before its name is its own; it has none yet if it may not read what others have left. Its rows are taken
 * under ids from 1000 on, as long as there is room. */
function startPage(namespace: string, mayRead = true) {
  const seen = { stored: [] as number[], taken: [] as string[], adopted: 0, lost: 0, room: Infinity, mayRead };
  let nextId = 1000;
  const storage = openStorage(namespace, {
    stored: (id) => void seen.stored.push(id),
    take: (row) => {
      if (seen.taken.length >= seen.room) return 0;
      seen.taken.push(row);
      return row.startsWith('bad') ? -Status.UnreadableRow : nextId++;
    },
    adopted: () => void ++seen.adopted,
    lost: () => void ++seen.lost,
    mayRead: () => seen.mayRead,
  });
  const page = {
    seen,
    put: (id: number, row: string, lasts: boolean) => storage.put(id, row, lasts),
    erase: (id: number) => storage.erase(id),
    resume: () => storage.resume(),
    release: () => storage.release(),
    stop: () => storage.stop(),
    hurry: (hurried: boolean) => storage.hurry(hurried),
    /** Gives all that it has ever taken over. */
    adopt: async (): Promise<string[]> => {
      storage.adopt();
      await settled();
      return seen.taken;
    },
    /** As the host does when the page is put away. */
    leave: async (): Promise<void> => {
      storage.hurry(true);
      storage.release();
      await settled();
    },
    /** As the host does when the page is taken out of the back/forward cache. */
    comeBack: async (): Promise<void> => {
      storage.hurry(false);
      await page.adopt();
    },
  };
  storage.resume(); // takes a name
  return page;
}

/** One origin, empty. Each page() in it is one that lives. */
export function openOrigin(t: TestContext) {
  const database = openDatabase(t);
  const locks = new FakeLocks();
  const { addEventListener, happens } = makeWindow();
  const navigator = { locks: locks as FakeLocks | undefined };
  const origin = { localStorage: new FakeStorage(), navigator, addEventListener };
  // A browser tells the other pages only; to its own rows a page pays no heed.
  origin.localStorage.written = (key) => happens('storage', { key });
  shareGlobals(t, origin);
  const { rows } = origin.localStorage;
  /** A page whose name is its own. */
  const page = async (namespace = 'shop', mayRead = true) => {
    const started = startPage(namespace, mayRead);
    await settled();
    return started;
  };
  /** A page that kept these rows, then went: odd ids in localStorage, even ones in IndexedDB. */
  const leaveRows = async (ids: Record<number, string>, namespace?: string): Promise<void> => {
    const gone = await page(namespace);
    for (const [id, row] of Object.entries(ids)) gone.put(+id, row, +id % 2 === 0);
    await settled();
    await gone.leave();
  };
  /** Keys of rows by place, without the owners' names. */
  const places = async (): Promise<[local: string[], lasting: string[]]> => {
    const short = (key: string): string => key.replace(/\/[\da-f]{8}\//, '/…/');
    return [
      [...rows.keys()].map(short).sort(),
      Object.keys(await database.rows())
        .map(short)
        .sort(),
    ];
  };
  return { origin, database, locks, rows, start: () => startPage('shop'), page, leaveRows, places };
}
