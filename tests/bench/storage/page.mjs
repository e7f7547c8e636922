// The page of `storage`: does what the benchmark's process says, and tells how long it took by the page's own clock.
import { atStart, holdLock, repeatable } from './questions.mjs';
import { countRows, fill, makeRow, openOnce, storesNothing, transact, ways } from './ways.mjs';

/** Microseconds by the page's clock: until the call returned, and until it was done. @typedef {{ call: number[],
 * done: number[] }} Times */

/** What the browser still has to do for a block; it is part of the block. */
const REST_MS = 25;

const channel = new MessageChannel();

/** The next task of the page. @returns {Promise<void>} */
const turn = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });

/** @param {number} ms */
const rest = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));

/** @param {Times} times @param {() => unknown} task */
async function time(times, task) {
  const start = performance.now();
  const pending = task();
  const returned = performance.now();
  await pending;
  times.done.push((performance.now() - start) * 1000);
  times.call.push((returned - start) * 1000);
}

/** @param {string} name */
function wayOf(name) {
  const way = ways[name];
  if (!way) throw new Error(`no way is called ${name}`);
  return way;
}

/** Stores and erases so many rows, as many in each task. @param {string} name @param {number} events @param {number}
 * inTask */
async function block(name, events, inTask) {
  const way = wayOf(name);
  /** @type {Times} */
  const times = { call: [], done: [] };
  for (let i = 0; i < events; i += inTask) {
    await turn();
    const rows = Array.from({ length: inTask }, () => makeRow());
    await time(times, () => way.store(rows));
    await turn();
    await way.erase(rows);
  }
  await rest(REST_MS);
  return times;
}

/** Asks so often. @param {string} name @param {number} count */
async function ask(name, count) {
  const question = repeatable[name];
  if (!question) throw new Error(`no question is called ${name}`);
  /** @type {Times} */
  const times = { call: [], done: [] };
  for (let i = 0; i < count; ++i) {
    await turn();
    await time(times, question);
  }
  await rest(REST_MS);
  return times;
}

/** That a way stores what it is given, and erases it. @param {string} name */
async function check(name) {
  const rows = [makeRow(), makeRow()];
  const way = wayOf(name);
  const total = async () => {
    const { inLocalStorage, inIndexedDb } = await countRows();
    return inLocalStorage + inIndexedDb;
  };
  await way.store(rows);
  const stored = await total();
  await way.erase(rows);
  const left = await total();
  if (left || (stored !== rows.length && !storesNothing(name))) {
    throw new Error(`${name}: ${stored} rows stored instead of ${rows.length}, ${left} left`);
  }
}

/** @param {string} name */
async function once(name) {
  const question = atStart[name];
  if (!question) throw new Error(`no question is called ${name}`);
  /** @type {Times} */
  const times = { call: [], done: [] };
  await time(times, question);
  return { call: times.call[0] ?? NaN, done: times.done[0] ?? NaN };
}

/** Begins to write one row into both storages; the console says when IndexedDB has confirmed its own. @param {boolean}
 * isCommitted */
function write(isCommitted) {
  const { key, text } = makeRow();
  localStorage.setItem(key, text);
  transact((rows) => rows.put(text, key), isCommitted).then(
    () => console.log('complete'),
    () => {},
  );
}

/** Does it when the page is put away. @param {boolean} isCommitted */
const writeAtPagehide = (isCommitted) => addEventListener('pagehide', () => write(isCommitted));

const bench = {
  openOnce,
  fill,
  check,
  block,
  ask,
  holdLock,
  once,
  write,
  writeAtPagehide,
  countRows: async () => {
    await openOnce();
    return countRows();
  },
  questions: () => Object.keys(repeatable),
  /** Localstorage of this tab follows that of the others from here on. */
  touch: () => localStorage.length,
  /** @param {number} ms */
  spin: (ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  },
};

/** @typedef {typeof bench} StorageBench */

Object.assign(globalThis, { storageBench: bench });
