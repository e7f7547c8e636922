// A page of either side: tracks events in bursts, and tells the witness which calls have returned and which requests
// were answered.
import { createRandom } from '../random.mjs';

/** A tracker as the pages use it. @typedef {object} Side
 * @property {(label: string) => void} track tracks one structured event
 * @property {() => Promise<number>} waiting how many events are stored or pending
 * @property {boolean} needsEvents whether what is stored is only sent when further events come */

/** @typedef {{ waiting: () => Promise<number>, needsEvents: boolean, track: (label: string) => void }} Chaos */

const plan = /** @type {typeof globalThis & { plan: import('../site.mjs').PagePlan }} */ (globalThis).plan;
const random = createRandom(plan.seed);
/** The browser's own, before anything is put in its place. */
const request = globalThis.fetch.bind(globalThis);

/** Tells the witness, so that it arrives even if the page is gone. @param {string} what @param {object} said */
export function tell(what, said) {
  const query = new URLSearchParams({ page: plan.page, ...said });
  request(`/${what}?${query}`, { keepalive: true }).catch(() => {});
}

/** Lets the witness know of each 2xx answer, once the tracker has had it; not of those that come after the page was put
 * away, when its rows are another's already. */
function watchAnswers() {
  let isAway = false;
  addEventListener('pagehide', () => (isAway = true));
  addEventListener('pageshow', () => (isAway = false));
  globalThis.fetch = (...given) => {
    const promise = request(...given);
    promise
      .then(async (response) => {
        const delivery = response.headers.get('X-Delivery');
        if (isAway || !response.ok || !delivery) return;
        // Whoever waits for the end of the body has it too when the task is over.
        await response.clone().arrayBuffer();
        setTimeout(() => tell('settled', { delivery }));
      })
      .catch(() => {});
    return promise;
  };
}

/** Tracks until the plan is fulfilled. @param {Side} side */
function run({ track }) {
  let next = 0;
  const burst = (/** @type {number} */ count) => {
    const from = next;
    while (next < from + count) track(`${plan.page}-${next++}`);
    tell('witness', { from, to: next - 1 });
  };
  const go = () => {
    if (next >= plan.events) return;
    const count = Math.min(plan.events - next, random.below(3) ? 1 + random.below(3) : 1 + random.below(12));
    burst(count);
    setTimeout(go, 2 * random.next() * count * plan.paceMs);
  };
  // As a site that measures how long its pages were seen; not all do.
  if (random.below(2)) addEventListener('pagehide', () => next < plan.events && burst(1));
  go();
}

/** Makes the tracker with `make`, and uses it. @param {(collector: string) => Side} make */
export function start(make) {
  // In the address, so that the collector sees in the referrer who sends.
  history.replaceState(null, '', `${location.pathname}?${new URLSearchParams({ page: plan.page, tab: tab() })}`);
  watchAnswers();
  const side = make(plan.collector);
  Object.assign(globalThis, { chaos: side });
  run(side);
}

const tab = () => new URLSearchParams(location.search).get('tab') ?? '';
