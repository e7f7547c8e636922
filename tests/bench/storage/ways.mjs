// Runs in the page: the ways to store rows that are compared, one that stores nothing, and what a page may ask first.

/** @typedef {{ key: string, text: string }} Row */

/**
 * @typedef {object} Way
 * @property {(rows: Row[]) => void | Promise<void>} store done when the storage has confirmed them
 * @property {(rows: Row[]) => void | Promise<void>} erase
 */

const DATABASE = 'piste';
export const OWNER = 'piste/bench/0f8fad5bd9cb469fa165/';
const OTHERS = 'piste/bench/7c9e6679f5e14f3ab3d4/';
const ROW_BYTES = 1000;
/** After this, a row that nobody has acknowledged goes to where it lasts. */
const LASTING_MS = 1000;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the request failed'));
  });

/** Opens the database of rows, or makes it. @param {string} [name] @returns {Promise<IDBDatabase>} */
export function openDatabase(name = DATABASE) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('rows');
  return result(request);
}

/** @type {IDBDatabase | undefined} */
let database;

/** The page's own connection, made when first asked for. */
export async function openOnce() {
  database ??= await openDatabase();
}

/**
 * One transaction; done when it is complete.
 * @param {(rows: IDBObjectStore) => void} task
 * @param {boolean} [isCommitted] false: left to the engine, which first asks the page whether it wants anything else
 * @returns {Promise<void>}
 */
export const transact = (task, isCommitted = true) =>
  new Promise((resolve, reject) => {
    if (!database) throw new Error('the database is not open');
    const transaction = database.transaction('rows', 'readwrite', { durability: 'relaxed' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
    task(transaction.objectStore('rows'));
    if (isCommitted) transaction.commit();
  });

/** @param {Row[]} rows */
const putAll = (rows) =>
  transact((store) => {
    for (const { key, text } of rows) store.put(text, key);
  });

/** @param {Row[]} rows */
const deleteAll = (rows) =>
  transact((store) => {
    for (const { key } of rows) store.delete(key);
  });

/** @param {Row[]} rows */
const setItems = (rows) => {
  for (const { key, text } of rows) localStorage.setItem(key, text);
};

/** @param {Row[]} rows */
const removeItems = (rows) => {
  for (const { key } of rows) localStorage.removeItem(key);
};

/** What a page holds besides: which rows are not acknowledged, and one timer for all of them. */
function makeBook() {
  /** @type {Map<string, Row>} */
  const waiting = new Map();
  let isArmed = false;
  return {
    /** @param {Row[]} rows */
    add(rows) {
      for (const row of rows) waiting.set(row.key, row);
      if (isArmed) return;
      isArmed = true;
      setTimeout(() => (isArmed = false), LASTING_MS);
    },
    /** @param {Row[]} rows */
    drop(rows) {
      for (const { key } of rows) waiting.delete(key);
    },
  };
}

/** localStorage for what is acknowledged soon. @returns {Way} */
function makeMixEarly() {
  const book = makeBook();
  return {
    store(rows) {
      book.add(rows);
      setItems(rows);
    },
    erase(rows) {
      book.drop(rows);
      removeItems(rows);
    },
  };
}

/** The same for what is not: the rows of a task go on to IndexedDB, and the first copies go. @returns {Way} */
function makeMixLate() {
  const book = makeBook();
  return {
    async store(rows) {
      book.add(rows);
      setItems(rows);
      await putAll(rows);
      removeItems(rows);
    },
    erase(rows) {
      book.drop(rows);
      return deleteAll(rows);
    },
  };
}

const nothing = () => {};

/** By name. @type {Record<string, Way>} */
export const ways = {
  nothing: { store: nothing, erase: nothing },
  localStorage: { store: setItems, erase: removeItems },
  indexedDbEach: {
    store: async (rows) => void (await Promise.all(rows.map((row) => putAll([row])))),
    erase: async (rows) => void (await Promise.all(rows.map((row) => deleteAll([row])))),
  },
  indexedDbBatched: { store: putAll, erase: deleteAll },
  mixAcknowledged: makeMixEarly(),
  mixLasting: makeMixLate(),
};

/** Ways that are right even if they store nothing. */
export const storesNothing = (/** @type {string} */ name) => name === 'nothing';

/** Tabs of one site begin at different ids. */
let lastId = Math.floor(Math.random() * 1e12);

/** A row of about 1 KB, as the core writes them. @param {string} [owner] @returns {Row} */
export function makeRow(owner = OWNER) {
  const payload = { e: 'ue', eid: crypto.randomUUID(), dtm: String(Date.now()), p: 'web', tv: 'bench', ue_px: '' };
  payload.ue_px = 'eyJzY2hlbWEi'.repeat(Math.ceil(ROW_BYTES / 12)).slice(0, ROW_BYTES - JSON.stringify(payload).length);
  return { key: owner + ++lastId, text: `2p-1${1e13 + Date.now()}${JSON.stringify(payload)}` };
}

/** Rows of a namespace in both storages. */
export async function countRows() {
  const inLocalStorage = Object.keys(localStorage).filter((key) => key.startsWith(OWNER)).length;
  if (!database) return { inLocalStorage, inIndexedDb: 0 };
  const range = IDBKeyRange.bound(OWNER, `${OWNER}\uffff`);
  const request = database.transaction('rows').objectStore('rows').count(range);
  return { inLocalStorage, inIndexedDb: await result(request) };
}

/** Puts so many rows of another page into both storages. @param {number} count */
export async function fill(count) {
  await openOnce();
  const rows = Array.from({ length: count }, () => makeRow(OTHERS));
  setItems(rows);
  await putAll(rows);
}
