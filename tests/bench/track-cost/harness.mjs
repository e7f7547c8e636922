// Runs in the page: times events one by one, in blocks that alternate between the sides, and checks that each is
// stored.
import { answerAll, fallSilent, takePayloads } from './network.mjs';
import { deferredElsewhere, rest, runDue } from './timers.mjs';

/** @typedef {import('./sides.mjs').Side} Side */
/** @typedef {'structured' | 'selfDescribing'} Kind */
/** Microseconds: all of it, and the call alone. @typedef {{ all: number[], call: number[] }} Times */

/**
 * @typedef {object} Plan
 * @property {Kind} kind
 * @property {number} queue events that wait already
 * @property {number} events to time, for each side
 * @property {number} warmUp events before these
 */

/** Events of one side in a row. */
const BLOCK = 25;
/** Events until a long queue is made anew, so that it stays about as long as it should be. */
const MOST_ON_TOP = 100;
/**
 * Deferred work that makes more deferred work: so often it is run. The same for every event, so that it can be
 * subtracted.
 */
const PASSES = 3;
/** Promises that wait for promises: so deep. */
const MICROTASK_TURNS = 12;

/** After a queue was made: the browser writes it down meanwhile, which is nobody's event. */
const REST_MS = 200;

let lastValue = 0;

async function settleMicrotasks() {
  for (let i = 0; i < MICROTASK_TURNS; ++i) await Promise.resolve();
}

/** Everything that the page still has to do for what was called. */
async function drain() {
  for (let pass = 0; pass < PASSES; ++pass) {
    await settleMicrotasks();
    runDue();
  }
  await settleMicrotasks();
}

/** @param {Side} side @param {Kind} kind @param {Times} times */
async function timeOne(side, kind, times) {
  const value = ++lastValue;
  const start = performance.now();
  side[kind](value);
  const returned = performance.now();
  await drain();
  const end = performance.now();
  times.all.push((end - start) * 1000);
  times.call.push((returned - start) * 1000);
  if (runDue() > 0) throw new Error(`${side.name}: work was left over after ${PASSES} passes`);
}

/** @param {Side} side @param {number} count */
function expectStored(side, count) {
  const stored = side.stored();
  if (side.name !== 'nothing' && stored !== count) {
    throw new Error(`${side.name}: ${stored} events in localStorage instead of ${count}`);
  }
}

/** Sends everything, outside of what is timed. @param {Side} side */
export async function empty(side) {
  answerAll(side.host);
  side.send();
  for (let i = 0; i < 2000 && side.stored() > 0; ++i) {
    await drain();
    if (i > 0) await rest(0);
  }
  expectStored(side, 0);
}

/**
 * Lets `count` structured events wait for a collector that does not answer.
 * @param {Side} side
 * @param {number} count
 */
async function fill(side, count) {
  await empty(side);
  await takePayloads(side.host);
  fallSilent(side.host);
  for (let i = 0; i < count; ++i) {
    side.structured(i);
    if (i % BLOCK === 0) await drain();
  }
  await drain();
  expectStored(side, count);
  await rest(REST_MS);
}

/** With nothing waiting. @param {Side} side @param {Kind} kind @param {number} count @param {Times} times */
async function timeAlone(side, kind, count, times) {
  for (let i = 0; i < count; ++i) {
    await timeOne(side, kind, times);
    expectStored(side, 1);
    await empty(side);
  }
  await takePayloads(side.host);
}

/** @param {Side} side @param {Kind} kind @param {number} count @param {Times} times @param {number} waiting */
async function timeOnTop(side, kind, count, times, waiting) {
  for (let i = 0; i < count; ++i) await timeOne(side, kind, times);
  expectStored(side, waiting + count);
}

/**
 * Calls `task` for each side in turn; every other time in the opposite order.
 * @param {Side[]} sides
 * @param {(side: Side) => Promise<void>} task
 * @param {number} round
 */
async function alternate(sides, task, round) {
  for (const side of round % 2 ? [...sides].reverse() : sides) await task(side);
}

/** @param {Side[]} sides @param {Plan} plan @param {number} events @param {Record<string, Times>} times */
async function timeEvents(sides, plan, events, times) {
  for (let done = 0, block = 0; done < events; done += BLOCK, ++block) {
    const onTop = done % MOST_ON_TOP;
    if (plan.queue > 0 && onTop === 0) await alternate(sides, (side) => fill(side, plan.queue), block);
    const count = Math.min(BLOCK, events - done);
    const task = (/** @type {Side} */ side) => {
      const own = (times[side.name] ??= { all: [], call: [] });
      if (plan.queue === 0) return timeAlone(side, plan.kind, count, own);
      return timeOnTop(side, plan.kind, count, own, plan.queue + onTop);
    };
    await alternate(sides, task, block);
  }
  for (const side of sides) await empty(side);
}

/** Times one case. @param {Side[]} sides @param {Plan} plan @returns {Promise<Record<string, Times>>} */
export async function measure(sides, plan) {
  if (!crossOriginIsolated) throw new Error('the page is not isolated: its clock is too coarse');
  /** @type {Record<string, Times>} */
  const times = {};
  await timeEvents(sides, plan, plan.warmUp, {});
  await timeEvents(sides, plan, plan.events, times);
  if (deferredElsewhere()) throw new Error('work was deferred in a way that the harness does not know');
  return times;
}

/** What one event of each side looks like when it is sent. @param {Side[]} sides @param {Kind} kind */
export async function payloads(sides, kind) {
  /** @type {Record<string, import('./network.mjs').Payload>} */
  const found = {};
  for (const side of sides) {
    await takePayloads(side.host);
    side[kind](1);
    await drain();
    await empty(side);
    found[side.name] = (await takePayloads(side.host))[0] ?? {};
  }
  return found;
}

/** Events of one side in a row, for a profile. @param {Side} side @param {Kind} kind @param {number} count */
export async function repeat(side, kind, count) {
  fallSilent(side.host);
  for (let i = 0; i < count; ++i) {
    side[kind](++lastValue);
    await drain();
  }
}
