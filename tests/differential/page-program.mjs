// What every page of a scenario runs: finds the step's code and hands it the library, and keeps what it notes.
import { faults } from './faults.mjs';
import { all } from './scenarios/all.mjs';

/** @typedef {import('./scenario.mjs').Face} Face */
/** @typedef {import('@snowplow/browser-tracker').TrackerConfiguration} Configuration */
/** @typedef {import('@snowplow/browser-tracker').BrowserTracker} Tracker */

/**
 * What the code of a page has besides the library.
 * @typedef {object} Tools
 * @property {string} collector its URL
 * @property {(id?: string, configuration?: Configuration) => Tracker} start a tracker as most scenarios want it
 * @property {(label: string, value?: unknown) => void} note is compared, in order
 * @property {(label: string, call: () => unknown) => void} attempt notes what a call gives, or that it throws
 */

/** @typedef {{ scenario: string, step: number, collector: string, fault?: string }} Place */

/** What JSON cannot say, said. @param {unknown} value */
const plain = (value) =>
  JSON.parse(
    JSON.stringify(value === undefined ? '(undefined)' : value, (_key, part) => {
      if (part === undefined) return '(undefined)';
      if (typeof part === 'function') return '(function)';
      if (typeof part === 'number' && !Number.isFinite(part)) return `(${part})`;
      return part instanceof Error ? '(error)' : part;
    }),
  );

/** @param {Face} face @param {string} collector @param {[string, unknown][]} notes @returns {Tools} */
export const toolsOf = (face, collector, notes) => ({
  collector,
  start(id = 'sp', configuration = {}) {
    const tracker = face.newTracker(id, collector, { appId: 'shop', cookieSecure: false, ...configuration });
    if (!tracker) throw new Error(`no tracker ${id}`);
    return tracker;
  },
  note: (label, value = true) => void notes.push([label, plain(value)]),
  attempt(label, call) {
    try {
      notes.push([label, plain(call())]);
    } catch {
      notes.push([label, '(throws)']);
    }
  },
});

/** @param {Face} library */
function differential(library) {
  /** @type {[string, unknown][]} */
  const notes = [];
  return {
    /** @param {Place} place */
    async perform({ scenario, step, collector, fault }) {
      const run = all.find(({ name }) => name === scenario)?.steps[step]?.run;
      const face = fault === undefined ? library : { ...library, ...faults[fault]?.alter(library) };
      await run?.(face, toolsOf(face, collector, notes));
    },
    /** The last event of a page: when it has arrived, all have. @param {string} label @param {string[]} trackers */
    mark(label, trackers) {
      library.trackStructEvent({ category: 'marker', action: label }, trackers);
      library.flushBuffer({}, trackers);
    },
    /** @param {string[]} trackers */
    flush: (trackers) => library.flushBuffer({}, trackers),
    takeNotes: () => notes.splice(0),
  };
}

/** @typedef {{ differential: ReturnType<typeof differential> }} PageGlobals */

/** @param {Face} library */
export const install = (library) => Object.assign(globalThis, { differential: differential(library) });
