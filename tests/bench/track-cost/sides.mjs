// The two trackers under test, and a third that does nothing: what timing itself costs.
import * as snowplow from '@snowplow/browser-tracker';
import { createTracker } from 'piste';
import { entities, SCHEMA, data, structured } from './events.mjs';

const NAMESPACE = 'bench';
const APP = 'shop';

/** More than will ever wait. */
const NEVER_COUNT = 1e9;
const NEVER_MS = 3_600_000;

/**
 * @typedef {object} Side
 * @property {string} name
 * @property {string} host of its collector
 * @property {(value: number) => void} structured
 * @property {(value: number) => void} selfDescribing
 * @property {() => number} stored how many events are in localStorage
 * @property {() => void} send starts sending everything
 */

const countOurs = () => Object.keys(localStorage).filter((key) => key.startsWith(`piste/${NAMESPACE}/`)).length;

/** Events wait until they are told to go. @returns {Side} */
export function makeOurs() {
  const host = 'ours.example.com';
  const tracker = createTracker({
    collector: `https://${host}`,
    namespace: NAMESPACE,
    appId: APP,
    batchWaitMs: NEVER_MS,
    maxBatchBytes: 40_000,
    onProblem: (problem) => {
      throw new Error(`piste: ${JSON.stringify(problem)}`);
    },
  });
  return {
    name: 'ours',
    host,
    structured: (value) => tracker.trackStructured(structured(value)),
    selfDescribing: () => tracker.trackSelfDescribing({ schema: SCHEMA, data, entities }),
    stored: countOurs,
    send: () => void tracker.flush(),
  };
}

/** @param {object} configuration @returns {Side} */
export function makePeer(configuration) {
  const host = 'peer.example.com';
  snowplow.newTracker(NAMESPACE, `https://${host}`, { appId: APP, bufferSize: NEVER_COUNT, ...configuration });
  const queue = () =>
    /** @type {unknown[]} */ (JSON.parse(localStorage.getItem(`snowplowOutQueue_${NAMESPACE}`) ?? '[]'));
  return {
    name: 'peer',
    host,
    structured: (value) => snowplow.trackStructEvent(structured(value)),
    selfDescribing: () => snowplow.trackSelfDescribingEvent({ event: { schema: SCHEMA, data }, context: entities }),
    stored: () => queue().length,
    send: () => snowplow.flushBuffer({}),
  };
}

/** @returns {Side} */
export function makeNothing() {
  const nothing = () => {};
  return {
    name: 'nothing',
    host: 'none.example.com',
    structured: nothing,
    selfDescribing: nothing,
    stored: () => 0,
    send: nothing,
  };
}
