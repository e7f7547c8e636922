// Runs in the page: what a page may ask of the browser before its first row, or at its start.
import { openDatabase, result } from './ways.mjs';

/** Done when the browser has answered, and everything is as it was. @typedef {() => unknown} Question */

const HELD = 'piste/bench/held';

/** Never let go while the page lives. */
export const holdLock = () =>
  new Promise((resolve, reject) => {
    const held = new Promise(() => {});
    navigator.locks
      .request(HELD, () => {
        resolve(undefined);
        return held;
      })
      .catch(reject);
  });

const nothing = () => {};
let lastName = 0;

/** Asked again and again: they leave nothing behind. @type {Record<string, Question>} */
export const repeatable = {
  nothing,
  lockIfAvailable: () => navigator.locks.request(`piste/bench/${++lastName}`, { ifAvailable: true }, nothing),
  lockRefused: () => navigator.locks.request(HELD, { ifAvailable: true }, nothing),
  lockHeld: () => navigator.locks.request(`piste/bench/${++lastName}`, nothing),
  databases: () => indexedDB.databases(),
  open: async () => (await openDatabase()).close(),
};

/** Asked once in a page that has just started. @type {Record<string, Question>} */
export const atStart = {
  nothing,
  localStorage: () => localStorage.length,
  localStorageReadAll: () => Object.keys(localStorage).map((key) => localStorage.getItem(key)).length,
  open: () => openDatabase(),
  openNew: () => openDatabase(`piste-${Math.random()}`),
  openReadAll: async () => result((await openDatabase()).transaction('rows').objectStore('rows').getAll()),
  databases: () => indexedDB.databases(),
  lockIfAvailable: () => navigator.locks.request('piste/bench/free', { ifAvailable: true }, nothing),
  lockHeld: () => new Promise((resolve) => void navigator.locks.request('piste/bench/own', () => resolve(undefined))),
};
