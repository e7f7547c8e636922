// Page pings, and what takes their place.
import {
  disableActivityTracking,
  disableActivityTrackingCallback,
  enableActivityTracking,
  enableActivityTrackingCallback,
  trackPageView,
  trackSelfDescribingEvent,
  updatePageActivity,
  type ActivityCallback,
  type ActivityCallbackData,
  type ActivityMetrics,
  type ActivityTrackingConfiguration,
  type ActivityTrackingConfigurationCallback,
} from '@snowplow/browser-tracker';

/** Before the page view: it is from there that they count. */
export function start(): void {
  enableActivityTracking({ minimumVisitLength: 30, heartbeatDelay: 10 });
  trackPageView();
}

export const startWithMetrics = (): void =>
  enableActivityTracking({ minimumVisitLength: 5, heartbeatDelay: 5, activityMetrics: true }, ['site']);

export function stop(): void {
  disableActivityTracking();
  disableActivityTrackingCallback(['site']);
}

/** Adds up how long a page was read, and sends that once. */
export function sumUp(seconds: number): () => void {
  let pings = 0;
  let furthest = 0;
  enableActivityTrackingCallback({
    minimumVisitLength: seconds,
    heartbeatDelay: seconds,
    callback: ({ maxYOffset }) => {
      pings += 1;
      furthest = Math.max(furthest, maxYOffset);
    },
  });
  return () =>
    trackSelfDescribingEvent({
      event: { schema: 'iglu:com.acme/read/jsonschema/1-0-0', data: { seconds: pings * seconds, furthest } },
    });
}

/** A callback that is written down elsewhere. */
export function startWith(callback: ActivityCallback, when: ActivityTrackingConfiguration): void {
  const what: ActivityTrackingConfigurationCallback = { callback };
  enableActivityTrackingCallback({ ...when, ...what }, ['site']);
}

/** A video plays: nobody moves, and somebody is there. */
export const onPlayed = (): void => updatePageActivity();
export const onPlayedFor = (tracker: string): void => updatePageActivity([tracker]);

/** An event with what a ping would say. */
export const send = ({ context, pageViewId, activityMetrics }: ActivityCallbackData): void => {
  const metrics: ActivityMetrics | undefined = activityMetrics;
  trackSelfDescribingEvent({
    event: {
      schema: 'iglu:com.acme/activity/jsonschema/1-0-0',
      data: { pageViewId, clicks: metrics?.clicks ?? 0, keys: metrics?.keyPresses ?? 0 },
    },
    context,
  });
};

/** Metrics are a record: they go out as they are. */
export const sendMetrics = (data: ActivityMetrics): void =>
  trackSelfDescribingEvent<Record<string, unknown>>({
    event: { schema: 'iglu:com.acme/metrics/jsonschema/1-0-0', data },
  });
