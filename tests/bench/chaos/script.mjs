// What happens to the collector and to the tabs, and when: at which part of all events, so that a slow machine sees the
// same. The same seed gives the same script.

/** @typedef {import('./collector.mjs').Mode} Mode */
/** @typedef {'close' | 'navigate' | 'visit' | 'reload' | 'crash' | 'killRenderer' | 'killBrowser'} Blow */

/** From which part of the events on the collector is how. @type {[part: number, mode: Mode][]} */
const PHASES = [
  [0.1, 'refuse'],
  [0.35, 'unavailable'],
  [0.5, 'drop'],
  [0.65, 'refuse'],
  [0.8, 'up'],
];

/** How often in a run of `WHOLE` events; at least once. @type {[blow: Blow, count: number][]} */
const BLOWS = [
  ['close', 8],
  ['navigate', 8],
  ['visit', 3],
  ['reload', 6],
  ['crash', 2],
  ['killRenderer', 2],
];
const WHOLE = 1600;

/** When the browser is killed: while the collector is away, and when it is back. */
const BROWSER_KILLS = [
  [0.3, 0.6],
  [0.84, 0.92],
];

const FIRST = 0.03;
const LAST = 0.98;

/**
 * @param {import('./random.mjs').Random} random
 * @param {number} events of all tabs together
 * @returns {({ at: number, mode: Mode } | { at: number, blow: Blow })[]} by the number of events
 */
export function writeScript(random, events) {
  const within = (/** @type {number} */ from, /** @type {number} */ to) =>
    Math.ceil(events * (from + (to - from) * random.next()));
  const steps = [
    ...PHASES.map(([part, mode]) => ({ at: Math.ceil(events * part), mode })),
    ...BLOWS.flatMap(([blow, count]) =>
      Array.from({ length: Math.max(1, Math.round((count * events) / WHOLE)) }, () => ({
        at: within(FIRST, LAST),
        blow,
      })),
    ),
    ...BROWSER_KILLS.map(([from = 0, to = 1]) => ({
      at: within(from, to),
      blow: /** @type {Blow} */ ('killBrowser'),
    })),
  ];
  return steps.sort((a, b) => a.at - b.at);
}
