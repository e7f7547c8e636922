// Holds the page's deferred work back, so that the harness can run it within the timed region.

/** What waits longer than this is no part of storing an event: requests' time-outs, waits for company, page pings. */
const HORIZON_MS = 900;

/** @typedef {{ id: number, run: () => void }} Due */

/** @type {Due[]} */
let due = [];
let lastId = 1e9;
let unknownWays = 0;

const real = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window) };
/** The real timers behind the held ones, by our id. @type {Map<number, number>} */
const shadows = new Map();
const nothing = () => {};

/**
 * Makes the real timer too, which does nothing: so its making is paid for where it happens.
 * @param {() => void} run
 * @param {number} ms
 */
function hold(run, ms) {
  const id = ++lastId;
  shadows.set(id, real.setTimeout(nothing, ms));
  if (ms <= HORIZON_MS) due.push({ id, run });
  return id;
}

/** @param {number | undefined} id */
function drop(id) {
  if (id === undefined) return;
  real.clearTimeout(shadows.get(id));
  shadows.delete(id);
  const place = due.findIndex((one) => one.id === id);
  if (place >= 0) due.splice(place, 1);
}

const deadline = { didTimeout: false, timeRemaining: () => 50 };

/** Replaces the page's timers, and its fetch. @param {typeof import('./network.mjs').fetchNothing} fetch */
export function takeOver(fetch) {
  const replacements = {
    fetch,
    /** @param {(...args: unknown[]) => void} task @param {number} [ms] @param {unknown[]} args */
    setTimeout: (task, ms = 0, ...args) => hold(() => task(...args), ms),
    clearTimeout: drop,
    setInterval: (/** @type {() => void} */ task, ms = 0) => hold(task, ms),
    clearInterval: drop,
    requestIdleCallback: (/** @type {IdleRequestCallback} */ task) => hold(() => task(deadline), 0),
    cancelIdleCallback: drop,
    requestAnimationFrame: (/** @type {FrameRequestCallback} */ task) => hold(() => task(performance.now()), 0),
    cancelAnimationFrame: drop,
  };
  Object.assign(window, replacements);
  // Further ways to defer work. The harness cannot run what goes through them: it says so instead.
  for (const name of ['postTask', 'yield']) {
    if ('scheduler' in window) Object.assign(/** @type {object} */ (window.scheduler), { [name]: () => ++unknownWays });
  }
  Object.assign(window, {
    MessageChannel: class {
      constructor() {
        ++unknownWays;
      }
    },
  });
}

/** Runs the deferred work that is due; tells how much that was. */
export function runDue() {
  const tasks = due;
  due = [];
  for (const task of tasks) task.run();
  return tasks.length;
}

/** How often work was deferred in a way that the harness does not know. */
export const deferredElsewhere = () => unknownWays;

/** Lets the browser do what it has to. @param {number} ms */
export const rest = (ms) => new Promise((resolve) => real.setTimeout(resolve, ms));
