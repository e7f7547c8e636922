// Listens to the collector's stream and hands on what arrives, once per frame however much it is.

/** @typedef {import('../src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {import('../src/store.mjs').Counts} Counts */
/** @typedef {'connecting' | 'live' | 'lost'} State */

/**
 * @typedef {object} Listener
 * @property {(events: StoredEvent[]) => void} onEvents Oldest first, at most `most`.
 * @property {(counts: Counts) => void} onCounts
 * @property {() => void} onForget All events shown so far are gone.
 * @property {(state: State) => void} onState
 */

/**
 * Keeps the stream open for as long as the page is; the browser connects again by itself.
 * @param {Listener} listener
 * @param {number} most Of what arrives in one frame, the newest are kept.
 */
export function follow(listener, most) {
  /** @type {StoredEvent[]} */
  let arrived = [];
  let scheduled = false;
  let run = '';

  function handOn() {
    scheduled = false;
    const events = arrived;
    arrived = [];
    listener.onEvents(events);
  }

  function forget() {
    arrived = [];
    listener.onForget();
  }

  const source = new EventSource('/api/stream');
  source.addEventListener('hello', (message) => {
    const hello = JSON.parse(message.data);
    if (run !== '' && run !== hello.run) forget();
    run = hello.run;
    listener.onState('live');
  });
  source.addEventListener('stored', (message) => {
    arrived.push(JSON.parse(message.data));
    if (arrived.length > 2 * most) arrived = arrived.slice(-most);
    if (!scheduled) requestAnimationFrame(handOn);
    scheduled = true;
  });
  source.addEventListener('counts', (message) => listener.onCounts(JSON.parse(message.data)));
  source.addEventListener('reset', forget);
  source.addEventListener('error', () => listener.onState('lost'));
}
