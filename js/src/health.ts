// The entry `piste/health`: a tracker that tells its pipeline, now and then, what it has lost.
import { every } from './ports/timer.ts';
import type { Tracker } from './types.ts';

/** The schema of health events: docs/schemas has it. */
export const HEALTH_SCHEMA = 'iglu:piste/tracker_health/jsonschema/1-0-1';

/** How health is reported. */
export interface HealthOptions {
  /** Between two reports, in ms. Default one minute. */
  everyMs?: number | undefined;
}

const DEFAULT_MS = 60_000;

/** Tracks the statistics of `tracker` as a self-describing event, each time that others were tracked since the last
 * one. Returns what ends it. */
export const reportHealth = (tracker: Tracker, { everyMs = DEFAULT_MS }: HealthOptions = {}): (() => void) => {
  const ended = new AbortController();
  let known = 0;
  every(
    everyMs,
    () => {
      const data = tracker.stats();
      if (data.accepted === known) return;
      tracker.trackSelfDescribing({ schema: HEALTH_SCHEMA, data });
      known = tracker.stats().accepted;
    },
    ended.signal,
  );
  return () => ended.abort();
};
