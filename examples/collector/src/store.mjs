// Keeps the newest good and bad events within bounds, counts all of them, and tells who listens.

/** @typedef {import('./types.mjs').Judged} Judged */
/** @typedef {import('./types.mjs').RequestFacts} RequestFacts */
/** @typedef {import('./types.mjs').StoredEvent} StoredEvent */
/** @typedef {'good' | 'bad'} Verdict */
/** @typedef {{ good: number, bad: number }} PerVerdict */

/**
 * @typedef {object} Counts
 * @property {number} good Good events since the last reset, evicted ones included.
 * @property {number} bad Bad events and bad requests since the last reset, evicted ones included.
 * @property {PerVerdict} kept
 * @property {PerVerdict} evicted The oldest, gone to make room.
 * @property {number} requests Requests whose events were stored.
 * @property {number} brokenOff Requests whose connection ended before their body did. Nothing of them is stored.
 * @property {number} lastSeq Number of the newest event. Never starts again, not by a reset either.
 */

/** @typedef {{ type: 'stored', events: StoredEvent[] } | { type: 'reset' } | { type: 'brokenOff' }} Change */

/** A queue of events, oldest first, bounded by number and by bytes. The newest is always kept. */
class Shelf {
  /** @type {Map<number, { event: StoredEvent, bytes: number }>} By number; a Map keeps their order. */
  #rows = new Map();
  #bytes = 0;
  #maxCount;
  #maxBytes;
  evicted = 0;

  /** @param {number} maxCount @param {number} maxBytes */
  constructor(maxCount, maxBytes) {
    this.#maxCount = maxCount;
    this.#maxBytes = maxBytes;
  }

  get size() {
    return this.#rows.size;
  }

  /** @param {StoredEvent} event */
  add(event) {
    const bytes = weigh(event);
    this.#rows.set(event.seq, { event, bytes });
    this.#bytes += bytes;
    for (const [seq, oldest] of this.#rows) {
      if (this.size <= this.#maxCount && (this.#bytes <= this.#maxBytes || this.size === 1)) break;
      this.#rows.delete(seq);
      this.#bytes -= oldest.bytes;
      this.evicted++;
    }
  }

  /** @param {number} seq @returns {StoredEvent[]} Those after it. */
  after(seq) {
    const rows = [...this.#rows.values()];
    return rows.filter(({ event }) => event.seq > seq).map(({ event }) => event);
  }
}

/** About what an event costs in memory: its own text, and the same once more decoded. @param {StoredEvent} event */
function weigh(event) {
  let bytes = 500 + (event.body?.length ?? 0);
  for (const value of Object.values(event.payload)) bytes += 2 * value.length;
  return bytes;
}

export class Store {
  #bounds;
  #seq = 0;
  #total = { good: 0, bad: 0 };
  #requests = 0;
  #brokenOff = 0;
  #shelves;
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();

  /** @param {{ keep: number, keepBytes: number }} bounds For good and bad events each. */
  constructor(bounds) {
    this.#bounds = bounds;
    this.#shelves = this.#emptyShelves();
  }

  #emptyShelves() {
    const { keep, keepBytes } = this.#bounds;
    return { good: new Shelf(keep, keepBytes), bad: new Shelf(keep, keepBytes) };
  }

  /**
   * Stores what one request brought, in order.
   * @param {Judged[]} judged
   * @param {RequestFacts} request
   */
  add(judged, request) {
    const receivedAt = new Date().toISOString();
    const events = judged.map((one) => ({ seq: ++this.#seq, receivedAt, ...one, request }));
    for (const event of events) {
      this.#total[event.verdict]++;
      this.#shelves[event.verdict].add(event);
    }
    this.#requests++;
    this.#tell({ type: 'stored', events });
  }

  countBrokenOff() {
    this.#brokenOff++;
    this.#tell({ type: 'brokenOff' });
  }

  /**
   * @param {{ since?: number, verdict?: Verdict | undefined, limit?: number }} [query]
   * @returns {StoredEvent[]} The newest `limit` of those after `since`, oldest first.
   */
  events({ since = 0, verdict, limit = Infinity } = {}) {
    const shelves = verdict ? [this.#shelves[verdict]] : [this.#shelves.good, this.#shelves.bad];
    const events = shelves.flatMap((shelf) => shelf.after(since)).sort((a, b) => a.seq - b.seq);
    return events.length > limit ? events.slice(-limit) : events;
  }

  /** @returns {Counts} */
  counts() {
    const { good, bad } = this.#shelves;
    return {
      ...this.#total,
      kept: { good: good.size, bad: bad.size },
      evicted: { good: good.evicted, bad: bad.evicted },
      requests: this.#requests,
      brokenOff: this.#brokenOff,
      lastSeq: this.#seq,
    };
  }

  /** Forgets all events and starts every count again, except `lastSeq`. */
  reset() {
    this.#shelves = this.#emptyShelves();
    this.#total = { good: 0, bad: 0 };
    this.#requests = 0;
    this.#brokenOff = 0;
    this.#tell({ type: 'reset' });
  }

  /**
   * @param {(change: Change) => void} listener
   * @returns {() => void} Stops it.
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }
}
