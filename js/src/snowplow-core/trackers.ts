// The trackers of `piste/snowplow`: those that a plugin was activated with, and all of the page.
import { dispatchToTrackers, SharedState } from '../snowplow/index.ts';
import type { BrowserCoreApi } from '../snowplow/plugin-api/types.ts';
import type { BrowserTracker } from '../snowplow/tracker/types.ts';
import { LOG } from './log.ts';

export { dispatchToTrackers, SharedState };

export const createSharedState: BrowserCoreApi['createSharedState'] = () => new SharedState();

/** The trackers of these ids. A missing one is said in the log. */
const choose = (ids: readonly string[], among: Record<string, BrowserTracker>): BrowserTracker[] =>
  ids.flatMap((id) => {
    const tracker = Object.hasOwn(among, id) ? among[id] : undefined;
    if (!tracker) LOG.warn(`${id} is not configured`);
    return tracker ?? [];
  });

export const dispatchToTrackersInCollection: BrowserCoreApi['dispatchToTrackersInCollection'] = (
  trackers,
  trackerCollection,
  fn,
) => {
  try {
    const ids = trackers ?? Object.keys(trackerCollection);
    for (const tracker of choose(ids, trackerCollection)) fn(tracker);
  } catch (cause) {
    LOG.error('Function failed', cause);
  }
};

export const allTrackers: BrowserCoreApi['allTrackers'] = () => {
  const all: Record<string, BrowserTracker> = {};
  dispatchToTrackers(undefined, (tracker) => {
    all[tracker.id] = tracker;
  });
  return all;
};

export const allTrackerNames: BrowserCoreApi['allTrackerNames'] = () => Object.keys(allTrackers());
export const trackerExists: BrowserCoreApi['trackerExists'] = (trackerId) => Object.hasOwn(allTrackers(), trackerId);
export const getTrackers: BrowserCoreApi['getTrackers'] = (trackerIds) => choose(trackerIds, allTrackers());
export const getTracker: BrowserCoreApi['getTracker'] = (trackerId) => getTrackers([trackerId])[0] ?? null;
