// What has arrived, by the application that sent it: each sample has an application id of its own.

/** Of one sample. @typedef {{ pageViews: number, copies: Map<string, number>, lastMs: number }} Arrived */

/** A request body, as far as it is of interest. @typedef {{ data?: Record<string, string>[] }} Body */

/** Notes events, and lets a sample wait for its own. "Quiet": for a while none of the sample's events has arrived. */
export class Arrivals {
  #quietMs;
  #limitMs;
  /** @type {Map<string, Arrived>} */
  #samples = new Map();
  /** Called after each request. @type {Set<() => void>} */
  #watchers = new Set();

  /** @param {{ quietMs: number, limitMs: number }} bounds `limitMs`: a longer wait is an error */
  constructor({ quietMs, limitMs }) {
    this.#quietMs = quietMs;
    this.#limitMs = limitMs;
  }

  /** @param {Body} body */
  note({ data = [] }) {
    for (const { aid = '', e, eid = '' } of data) {
      const arrived = this.#of(aid);
      arrived.lastMs = performance.now();
      if (e === 'pv') ++arrived.pageViews;
      else arrived.copies.set(eid, (arrived.copies.get(eid) ?? 0) + 1);
    }
    for (const look of [...this.#watchers]) look();
  }

  /** Waits until so many page views are there. @param {string} sample @param {number} count */
  pageViews(sample, count) {
    return this.#wait(sample, () => this.#of(sample).pageViews >= count, Infinity);
  }

  /** Waits until all `count` events are there or it is quiet. @param {string} sample @param {number} count */
  allOrQuiet(sample, count) {
    return this.#wait(sample, () => this.#of(sample).copies.size >= count, this.#quietMs);
  }

  /** @param {string} sample */
  quiet(sample) {
    return this.#wait(sample, () => false, this.#quietMs);
  }

  /** Events of the sample, and copies beyond the first of each. @param {string} sample */
  count(sample) {
    const { copies } = this.#of(sample);
    const total = [...copies.values()].reduce((sum, one) => sum + one, 0);
    return { events: copies.size, duplicates: total - copies.size };
  }

  /** @param {string} sample @returns {Arrived} */
  #of(sample) {
    const found = this.#samples.get(sample) ?? { pageViews: 0, copies: new Map(), lastMs: 0 };
    this.#samples.set(sample, found);
    return found;
  }

  /**
   * Waits until `isOver`, which is asked after each request, or until for `quietMs` nothing has arrived.
   * @param {string} sample @param {() => boolean} isOver @param {number} quietMs
   * @returns {Promise<void>} rejected after the limit
   */
  #wait(sample, isOver, quietMs) {
    const startMs = performance.now();
    return new Promise((resolve, reject) => {
      /** @type {NodeJS.Timeout} */
      let timer;
      /** @param {() => void} settle */
      const end = (settle) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = () => {
        const nowMs = performance.now();
        const quietLeftMs = Math.max(startMs, this.#of(sample).lastMs) + quietMs - nowMs;
        const limitLeftMs = startMs + this.#limitMs - nowMs;
        if (isOver() || quietLeftMs <= 0) return end(resolve);
        const late = `sample ${sample}: still waiting after ${this.#limitMs} ms`;
        if (limitLeftMs <= 0) return end(() => reject(new Error(late)));
        clearTimeout(timer);
        timer = setTimeout(look, Math.ceil(Math.min(quietLeftMs, limitLeftMs)));
      };
      this.#watchers.add(look);
      look();
    });
  }
}
