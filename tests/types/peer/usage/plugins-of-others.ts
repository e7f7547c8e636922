// Plugins from npm: their types are those of the peer's own packages, whichever tracker they are given to.
import { newTracker, addPlugin, type BrowserTracker, type SelfDescribingJson } from '@snowplow/browser-tracker';
import {
  dispatchToTrackersInCollection,
  type BrowserPlugin,
  type BrowserTracker as TheirTracker,
} from '@snowplow/browser-tracker-core';
import {
  buildSelfDescribingEvent,
  type CorePlugin,
  type SelfDescribingJson as TheirJson,
} from '@snowplow/tracker-core';

const trackers: Record<string, TheirTracker> = {};

/** As an official plugin is built. */
export function timingPlugin(): BrowserPlugin {
  return {
    activateBrowserPlugin: (tracker) => {
      trackers[tracker.id] = tracker;
    },
    contexts: () => [{ schema: 'iglu:com.acme/timing/jsonschema/1-0-0', data: { ms: performance.now() } }],
  };
}

export function trackTiming(context: TheirJson[], ids: string[] = Object.keys(trackers)): void {
  dispatchToTrackersInCollection(ids, trackers, (tracker) => {
    const event = buildSelfDescribingEvent({ event: { schema: 'iglu:com.acme/t/jsonschema/1-0-0', data: {} } });
    tracker.core.track(event, context);
  });
}

export function start(others: CorePlugin[]): void {
  newTracker('site', 'collector.example.com', { plugins: [timingPlugin(), ...others] });
  addPlugin({ plugin: timingPlugin() });
}

/** What one side has, the other takes. */
export function exchange(tracker: BrowserTracker, json: SelfDescribingJson): TheirTracker {
  trackTiming([json]);
  return tracker;
}
