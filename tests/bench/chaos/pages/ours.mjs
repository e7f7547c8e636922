// The pages with Piste.
import { createTracker } from 'piste';
import { start, tell } from './page.mjs';

/** Keys of rows: `piste/<namespace>/<owner>/<id>`. */
const ROW = /^piste\/[^/]*\/[^/]*\/\d+$/;

/** How many rows are in IndexedDB; nothing is made that is not there. */
async function countLasting() {
  const there = (await indexedDB.databases()).some(({ name }) => name === 'piste');
  if (!there) return 0;
  return new Promise((/** @type {(count: number) => void} */ resolve, reject) => {
    const opening = indexedDB.open('piste');
    opening.onerror = () => reject(opening.error ?? new Error('indexedDB.open'));
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains('rows')) return void (database.close(), resolve(0));
      const keys = database.transaction('rows').objectStore('rows').getAllKeys();
      keys.onsuccess = () => {
        database.close();
        resolve(keys.result.filter((key) => typeof key === 'string' && ROW.test(key)).length);
      };
    };
  });
}

start((collector) => {
  const tracker = createTracker({
    collector,
    onProblem: ({ code, during, detail }) => {
      const facts = detail instanceof Error ? detail.message : (JSON.stringify(detail) ?? '');
      tell('told', { what: `${during} ${code} ${facts}` });
    },
  });
  return {
    needsEvents: false,
    track: (label) => tracker.trackStructured({ category: 'chaos', action: 'event', label }),
    waiting: async () => {
      const kept = Object.keys(localStorage).filter((key) => ROW.test(key)).length;
      return Math.max(tracker.stats().pending, kept + (await countLasting()));
    },
  };
});
