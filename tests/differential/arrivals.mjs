// What has arrived at the collector of one run, and waiting for it.

/** @typedef {import('./site.mjs').Asked} Asked */
/** @typedef {import('./site.mjs').Payload} Payload */

/** How long a run may wait for anything. */
const PATIENCE_MS = 15_000;
/** After so long without a request, the page is asked to flush again. */
const URGE_MS = 100;

/** @param {Asked} asked */
export const isAccepted = ({ answer }) => typeof answer === 'number' && answer >= 200 && answer < 300;

export class Arrivals {
  /** @type {Asked[]} since the last `take` */
  #asked = [];
  #wake = () => {};

  /** @param {Asked} asked */
  hear(asked) {
    this.#asked.push(asked);
    this.#wake();
  }

  /** Something else has happened that somebody may wait for. */
  stir() {
    this.#wake();
  }

  /** @returns {Payload[]} */
  events() {
    return this.#asked.filter(isAccepted).flatMap(({ events }) => events);
  }

  refused() {
    return this.#asked.filter((asked) => asked.events.length && !isAccepted(asked)).length;
  }

  take() {
    return this.#asked.splice(0);
  }

  /**
   * Until it holds; `urge` is called now and then, with nothing else to go by.
   * @param {string} what
   * @param {() => boolean} holds
   * @param {() => Promise<unknown>} [urge]
   */
  async until(what, holds, urge) {
    const end = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`${what} did not come; there are ${JSON.stringify(this.#asked)}`);
      await new Promise((resolve) => {
        this.#wake = () => resolve(undefined);
        setTimeout(resolve, URGE_MS);
      });
      if (!holds()) await urge?.();
    }
  }
}
