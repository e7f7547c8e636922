// What sites build around the module: services, hooks, doubles for their tests, and loading it late.
import * as snowplow from '@snowplow/browser-tracker';
import type {
  BrowserTracker,
  CommonEventProperties,
  DeviceTimestamp,
  PageViewEvent,
  SelfDescribingEvent,
  SelfDescribingJson,
  SharedState,
  StructuredEvent,
  Timestamp,
  TrackerConfiguration,
  TrueTimestamp,
} from '@snowplow/browser-tracker';

/** A service that all components use. */
export class Analytics {
  private readonly tracker: BrowserTracker | null | undefined;

  constructor(endpoint: string, configuration?: TrackerConfiguration) {
    this.tracker =
      configuration === undefined
        ? snowplow.newTracker('site', endpoint)
        : snowplow.newTracker('site', endpoint, configuration);
  }

  page(event?: PageViewEvent & CommonEventProperties): void {
    this.tracker?.trackPageView(event);
  }

  event(event: StructuredEvent & CommonEventProperties): void {
    snowplow.trackStructEvent(event, [this.tracker?.id ?? '']);
  }
}

/** The part that a package needs, so that its caller may bring any. */
export interface Tracking {
  trackSelfDescribingEvent(event: SelfDescribingEvent & CommonEventProperties, trackers?: Array<string>): void;
  trackPageView(event?: PageViewEvent & CommonEventProperties): void;
}

export const tracking: Tracking = snowplow;

/** A double for tests. */
export function double(calls: string[]): Pick<BrowserTracker, 'trackPageView' | 'setUserId'> {
  return {
    trackPageView: (event) => void calls.push(event?.title ?? ''),
    setUserId: (userId) => void calls.push(userId ?? ''),
  };
}

/** By the types of the functions. */
export type PageViewArguments = Parameters<typeof snowplow.trackPageView>;
export const later = (queue: PageViewArguments[]): void => queue.forEach((args) => snowplow.trackPageView(...args));

/** Only when it is needed. */
export async function load(): Promise<typeof snowplow> {
  const module = await import('@snowplow/browser-tracker');
  module.newTracker('site', 'collector.example.com');
  return module;
}

/** A route change, as a hook sees it. */
export function onChange(path: string, previous: { current: string | undefined }): () => void {
  if (previous.current !== path) snowplow.trackPageView({ title: path });
  previous.current = path;
  return () => snowplow.flushBuffer();
}

export const timeOf = (event: { at?: Date; exact?: boolean }): Timestamp | null => {
  if (!event.at) return null;
  const value = event.at.getTime();
  const exactly: TrueTimestamp = { type: 'ttm', value };
  const about: DeviceTimestamp = { type: 'dtm', value };
  return event.exact ? exactly : about;
};

/** Everything that takes a list of trackers, for one. */
export const forOne =
  (id: string) =>
  (entities: SelfDescribingJson[]): void => {
    snowplow.addGlobalContexts(entities, [id]);
    snowplow.newSession([id]);
    snowplow.updatePageActivity([id]);
  };

export const viewOf = (shared: SharedState | undefined): string | undefined => shared?.pageViewId;
