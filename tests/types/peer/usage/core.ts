// The tracker object and its core, for those who go below the functions.
import {
  SharedState,
  type BrowserTracker,
  type EventJson,
  type EventPayloadAndContext,
  type JsonProcessor,
  type Payload,
  type PayloadBuilder,
  type Timestamp,
  type TrackerCore,
} from '@snowplow/browser-tracker';

/** Keys of each event. */
export function pairs(core: TrackerCore): void {
  core.addPayloadPair('ip', '10.0.0.1');
  core.addPayloadDict({ lang: 'en', cd: 24 });
  core.resetPayloadPairs({ p: 'web' });
}

export function facts({ core }: BrowserTracker): void {
  core.setTrackerVersion('own-1.0');
  core.setTrackerNamespace('own');
  core.setAppId('shop');
  core.setPlatform('iot');
  core.setUserId('u1');
  core.setScreenResolution('800', '600');
  core.setViewport('400', '300');
  core.setColorDepth('24');
  core.setTimezone('Europe/Vienna');
  core.setLang('de');
  core.setIpAddress('10.0.0.1');
  core.setUseragent('robot');
}

/** Decides by event whether JSON is written as base64url. */
export function plainly(core: TrackerCore, track: () => void): void {
  const before = core.getBase64Encoding();
  core.setBase64Encoding(false);
  track();
  core.setBase64Encoding(before);
}

export function entities(core: TrackerCore): void {
  const entity = { schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: { a: 1 } };
  core.addGlobalContexts([entity]);
  core.addGlobalContexts({ named: entity });
  core.removeGlobalContexts(['named', entity]);
  core.clearGlobalContexts();
}

/** An event that a builder made, and whether it passed. */
export function track(tracker: BrowserTracker, builder: PayloadBuilder, timestamp: Timestamp): string | undefined {
  const payload: Payload | undefined = tracker.core.track(builder, [], timestamp);
  return payload === undefined ? undefined : String(payload['eid']);
}

export const trackBoth = (core: TrackerCore, { event, context }: EventPayloadAndContext): Payload | undefined =>
  core.track(event, context);

/** Writes JSON in a way of the site's own. */
export const processor: JsonProcessor = (builder, jsons: EventJson, entities) => {
  for (const { keyIfNotEncoded, json } of jsons) builder.add(keyIfNotEncoded, JSON.stringify(json));
  builder.add('n', entities.length);
};

export function build(builder: PayloadBuilder): Payload {
  builder.withJsonProcessor(processor);
  return builder.build();
}

/** The functions of one tracker. */
export function useTracker(tracker: BrowserTracker): void {
  tracker.setUserId('u1');
  tracker.enableActivityTracking({ minimumVisitLength: 10, heartbeatDelay: 10 });
  tracker.trackPageView({ title: 'Own' });
  tracker.flushBuffer({ newBufferSize: 3 });
  tracker.enableAnonymousTracking({ options: true });
  tracker.addPlugin({ plugin: {} });
  tracker.core.deactivate();
}

export function state({ sharedState }: BrowserTracker): string {
  const fresh = new SharedState();
  fresh.bufferFlushers.push(() => undefined);
  sharedState.registeredOnLoadHandlers.push(() => undefined);
  return `${sharedState.pageViewId ?? 'none'} ${fresh.hasLoaded ? sharedState.pageViewUrl : ''}`;
}
