// The page of `track-cost`: takes the timers over, then makes both trackers, and waits for plans.
import { empty, measure, payloads, repeat } from './harness.mjs';
import { fetchNothing } from './network.mjs';
import { makeNothing, makeOurs, makePeer } from './sides.mjs';
import { rest, runDue, takeOver } from './timers.mjs';

/** Ours writes nothing down before its page's name is given: a lock, which takes the browser some milliseconds. */
async function whenNamed() {
  for (let locks; !locks?.held?.length; await rest(1)) locks = await navigator.locks.query();
}

/** Makes the sides. @param {object} peerConfiguration */
async function open(peerConfiguration) {
  takeOver(fetchNothing);
  const sides = [makeOurs(), makePeer(peerConfiguration), makeNothing()];
  // Ours makes its engine when the page is idle.
  while (runDue()) await rest(0);
  await whenNamed();
  return {
    /** @param {import('./harness.mjs').Plan} plan */
    measure: (plan) => measure(sides, plan),
    /** @param {import('./harness.mjs').Kind} kind */
    payloads: (kind) => payloads(sides.slice(0, 2), kind),
    /** @param {number} side @param {import('./harness.mjs').Kind} kind @param {number} count */
    repeat: async (side, kind, count) => sides[side] && (await repeat(sides[side], kind, count)),
    /** @param {number} side */
    empty: async (side) => sides[side] && (await empty(sides[side])),
  };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Bench */

Object.assign(globalThis, { openBench: open });
