// Makes the collector misbehave on purpose, so that what a tracker does then can be tested.

/**
 * How the next requests of trackers are treated. Members may be combined; `delayMs` comes before the rest.
 * @typedef {object} Fault
 * @property {number} [status] Answered instead of 200. Only a 2xx stores the events.
 * @property {string} [retryAfter] Value of a `Retry-After` header.
 * @property {number} [delayMs] How long the answer is held back. The events are stored at once.
 * @property {'before' | 'after'} [drop] The connection is destroyed before, or after, the events are stored.
 * @property {boolean} [garbage] 200 with a megabyte of junk. The events are stored.
 * @property {boolean} [hang] Never answered. The events are not stored.
 * @property {number} [count] For so many requests; without it until the fault is replaced.
 */

/** The JSON Schema of a fault, for the route that takes one. */
export const FAULT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: { type: 'integer', minimum: 200, maximum: 599 },
    retryAfter: { type: 'string', maxLength: 100, pattern: '^[\\x20-\\x7e]*$' },
    delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
    drop: { enum: ['before', 'after'] },
    garbage: { type: 'boolean' },
    hang: { type: 'boolean' },
    count: { type: 'integer', minimum: 1 },
  },
};

const GARBAGE_BYTES = 1024 * 1024;

/** A megabyte that is neither JSON nor UTF-8. */
export function garbage() {
  return Buffer.alloc(GARBAGE_BYTES, Uint8Array.of(0x7b, 0xff, 0x00, 0x3c, 0xc3, 0x28));
}

/** @param {Fault} fault */
export function storesEvents({ status = 200, drop, hang }) {
  return status < 300 && drop !== 'before' && !hang;
}

export class Faults {
  /** @type {Fault} */
  #fault = {};
  /** @type {Set<() => void>} Ends each answer that is held back. */
  #held = new Set();

  /** The fault in force; `{}` when there is none. */
  get current() {
    return this.#fault;
  }

  /** @param {Fault} fault Replaces the one before; `{}` ends it. Answers held back already stay so. */
  set(fault) {
    this.#fault = { ...fault };
  }

  /** The fault for one request. @returns {Fault} */
  take() {
    const { count, ...fault } = this.#fault;
    if (count !== undefined) this.#fault = count > 1 ? { ...fault, count: count - 1 } : {};
    return fault;
  }

  /**
   * Resolves after the time, or when the connection is gone, or when the collector closes.
   * @param {number} ms `Infinity` waits for one of the other two.
   * @param {import('node:http').ServerResponse} response
   * @returns {Promise<void>}
   */
  hold(ms, response) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#held.delete(end);
        resolve();
      };
      const timer = ms === Infinity ? undefined : setTimeout(end, ms);
      this.#held.add(end);
      response.once('close', end);
    });
  }

  /** Lets go of every answer that is held back. */
  release() {
    for (const end of [...this.#held]) end();
  }
}
