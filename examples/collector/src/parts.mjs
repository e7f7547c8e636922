// What the routes work with. Types only.

/**
 * @typedef {object} Parts
 * @property {import('./settings.mjs').Settings} settings
 * @property {import('./judge.mjs').Judge} judge
 * @property {import('./store.mjs').Store} store
 * @property {import('./faults.mjs').Faults} faults
 * @property {import('./stream.mjs').Streams} streams
 */

export {};
