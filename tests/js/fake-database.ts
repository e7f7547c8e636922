// IndexedDB of one origin, for pages that are not there: fake-indexeddb, and what can go wrong with it.
import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { TestContext } from 'node:test';
import { countTasks, shareGlobals } from './fake-globals.ts';

const NAME = 'piste';
const STORE = 'rows';

/** What becomes of the next uses of the database. */
export type Fault = 'none' | 'denied' | 'broken' | 'aborting' | 'silent' | 'shut';

const request = <T>({ ...asked }: { request: IDBRequest<T> }): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.request.onsuccess = () => resolve(asked.request.result);
    asked.request.onerror = reject;
  });

export class FakeDatabase {
  readonly factory = new IDBFactory();
  fault: Fault = 'none';
  /** Modes of the transactions that were begun, in order. */
  readonly transactions: string[] = [];
  readonly connections: IDBDatabase[] = [];

  constructor() {
    const { factory } = this;
    const open = factory.open.bind(factory);
    factory.open = (name, version) => this.#open(() => open(name, version));
  }

  #open(open: () => IDBOpenDBRequest): IDBOpenDBRequest {
    if (this.fault === 'denied') throw new DOMException('denied', 'SecurityError');
    if (this.fault === 'broken') {
      const broken = new EventTarget() as IDBOpenDBRequest;
      setImmediate(() => void broken.onerror?.(new Event('error')));
      return broken;
    }
    // Another page is making it, and does not go on.
    if (this.fault === 'shut') return new EventTarget() as IDBOpenDBRequest;
    const opening = open();
    opening.addEventListener('success', () => this.#watch(opening.result));
    return opening;
  }

  #watch(database: IDBDatabase): void {
    this.connections.push(database);
    const begin = database.transaction.bind(database);
    database.transaction = (stores, mode, options) => {
      const transaction = begin(stores, mode, options);
      this.transactions.push(mode ?? 'readonly');
      if (this.fault === 'aborting') {
        if (mode === 'readwrite') transaction.commit = () => transaction.abort();
        else setImmediate(() => transaction.abort());
      }
      if (this.fault === 'silent') Object.defineProperty(transaction, 'oncomplete', { set() {} });
      return transaction;
    };
  }

  /** As when the visitor clears the site's data. */
  close(): void {
    for (const connection of this.connections.splice(0)) forceCloseDatabase(connection as never);
  }

  /** What is in the database, by key, without any fault. */
  async rows(): Promise<Record<string, string>> {
    if (!(await this.factory.databases()).length) return {};
    const store = await this.#store('readonly');
    const [keys, rows] = [store.getAllKeys(), store.getAll()];
    await Promise.all([request({ request: keys }), request({ request: rows })]);
    return Object.fromEntries(keys.result.map((key, i) => [key as string, rows.result[i] as string]));
  }

  /** Writes as another page would. */
  async put(key: string, row: string): Promise<void> {
    await request({ request: (await this.#store('readwrite')).put(row, key) });
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    const { fault } = this;
    this.fault = 'none';
    const opening = this.factory.open(NAME, 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    const database = await request({ request: opening });
    database.onversionchange = () => database.close();
    const store = database.transaction(STORE, mode).objectStore(STORE);
    this.transactions.pop();
    this.fault = fault;
    return store;
  }
}

/** The globals of IndexedDB, empty, until the test ends. */
export function openDatabase(t: TestContext): FakeDatabase {
  countTasks(t);
  const database = new FakeDatabase();
  shareGlobals(t, { indexedDB: database.factory, IDBKeyRange });
  return database;
}
