// What has arrived, by the application that sent it: each sample has an application id of its own.

/** Of one sample. @typedef {{ pageViews: number, copies: Map<string, number>, lastMs: number }} Arrived */

/** A request body, as far as it is of interest. @typedef {{ data?: Record<string, string>[] }} Body */

/**
 * Notes events, and lets a sample wait for its own. "Quiet" is: for `quietMs` none of this sample's events has arrived.
 * @param {{ quietMs: number, limitMs: number }} bounds `limitMs`: longest wait, after which a sample is a mistake
 */
export function createArrivals({ quietMs, limitMs }) {
  /** @type {Map<string, Arrived>} */
  const samples = new Map();
  /** Called after each request. @type {Set<() => void>} */
  const watchers = new Set();

  /** @param {string} sample @returns {Arrived} */
  function of(sample) {
    const found = samples.get(sample) ?? { pageViews: 0, copies: new Map(), lastMs: 0 };
    samples.set(sample, found);
    return found;
  }

  /**
   * Waits until `isOver`, which is asked after each request, or until it is quiet.
   * @param {string} sample @param {() => boolean} isOver @param {boolean} quietEnds
   * @returns {Promise<void>} rejected after the limit
   */
  function waitFor(sample, isOver, quietEnds) {
    const startMs = performance.now();
    return new Promise((resolve, reject) => {
      /** @type {NodeJS.Timeout} */
      let timer;
      /** @param {() => void} settle */
      const end = (settle) => {
        clearTimeout(timer);
        watchers.delete(look);
        settle();
      };
      const look = () => {
        const nowMs = performance.now();
        const quietLeftMs = Math.max(startMs, of(sample).lastMs) + quietMs - nowMs;
        const limitLeftMs = startMs + limitMs - nowMs;
        if (isOver() || (quietEnds && quietLeftMs <= 0)) return end(resolve);
        if (limitLeftMs <= 0)
          return end(() => reject(new Error(`sample ${sample}: still waiting after ${limitMs} ms`)));
        clearTimeout(timer);
        timer = setTimeout(look, Math.ceil(quietEnds ? Math.min(quietLeftMs, limitLeftMs) : limitLeftMs));
      };
      watchers.add(look);
      look();
    });
  }

  return {
    /** @param {Body} body */
    note({ data = [] }) {
      for (const { aid = '', e, eid = '' } of data) {
        const arrived = of(aid);
        arrived.lastMs = performance.now();
        if (e === 'pv') ++arrived.pageViews;
        else arrived.copies.set(eid, (arrived.copies.get(eid) ?? 0) + 1);
      }
      for (const look of [...watchers]) look();
    },
    /** @param {string} sample @param {number} count */
    pageViews: (sample, count) => waitFor(sample, () => of(sample).pageViews >= count, false),
    /** Waits until all `count` events are there or it is quiet. @param {string} sample @param {number} count */
    allOrQuiet: (sample, count) => waitFor(sample, () => of(sample).copies.size >= count, true),
    /** @param {string} sample */
    quiet: (sample) => waitFor(sample, () => false, true),
    /** Events of the sample, and copies beyond the first of each. @param {string} sample */
    count(sample) {
      const { copies } = of(sample);
      const total = [...copies.values()].reduce((sum, one) => sum + one, 0);
      return { events: copies.size, duplicates: total - copies.size };
    },
  };
}
