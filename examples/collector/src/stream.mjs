// Tells open pages of every change, as server-sent events (HTML standard, section 9.2).
import { randomUUID } from 'node:crypto';
import { MAX_REPLAYED_EVENTS, MAX_STREAM_BACKLOG_BYTES } from './limits.mjs';

/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./types.mjs').StoredEvent} StoredEvent */

const HEARTBEAT_MS = 15_000;

/** @param {string} name @param {unknown} content @param {string} [id] */
function message(name, content, id) {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(content)}\n\n`;
}

export class Streams {
  #store;
  /** Another one after each start: numbers of an earlier run mean nothing in this one. */
  #run = randomUUID();
  /** @type {Set<ServerResponse>} */
  #open = new Set();
  #unsubscribe;
  #heartbeat;

  /** @param {import('./store.mjs').Store} store */
  constructor(store) {
    this.#store = store;
    this.#unsubscribe = store.subscribe((change) => {
      if (this.#open.size === 0) return;
      this.#send(this.#news(change) + this.#counts());
    });
    this.#heartbeat = setInterval(() => this.#send(':\n\n'), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** @param {StoredEvent[]} events */
  #stored(events) {
    return events.map((event) => message('stored', event, `${this.#run}/${event.seq}`)).join('');
  }

  /** @param {import('./store.mjs').Change} change */
  #news(change) {
    if (change.type === 'stored') return this.#stored(change.events);
    return change.type === 'reset' ? message('reset', {}) : '';
  }

  #counts() {
    return message('counts', this.#store.counts());
  }

  /** @param {string} text */
  #send(text) {
    for (const response of this.#open) {
      if (response.writableLength > MAX_STREAM_BACKLOG_BYTES) response.destroy();
      else response.write(text);
    }
  }

  /**
   * Begins a stream: a `hello` with the run's id, what was missed, the counts, then every change.
   * @param {ServerResponse} response Taken over.
   * @param {string} lastId The id after which the reader missed something; '' at its first time.
   */
  open(response, lastId) {
    const [run, seq] = lastId.split('/');
    const since = run === this.#run ? Number(seq) || 0 : 0;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const missed = this.#store.events({ since, limit: MAX_REPLAYED_EVENTS });
    response.write(message('hello', { run: this.#run }) + this.#stored(missed) + this.#counts());
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    response.on('error', () => this.#open.delete(response));
  }

  /** Ends every stream. */
  close() {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    for (const response of this.#open) response.end();
  }
}
