// The public types of `piste/snowplow`: the names of `@snowplow/browser-tracker`, and which functions it has.
import type { CommonEventProperties, ConditionalContextProvider, ContextPrimitive } from './tracker-core/types.ts';
import type { SelfDescribingEvent, StructuredEvent } from './events/types.ts';
import type {
  ActivityTrackingConfiguration,
  ActivityTrackingConfigurationCallback,
  BrowserPluginConfiguration,
  BrowserTracker,
  ClearUserDataConfiguration,
  DisableAnonymousTrackingConfiguration,
  EnableAnonymousTrackingConfiguration,
  FlushBufferConfiguration,
  PageViewEvent,
  SharedStateConstructor,
  TrackerConfiguration,
} from './tracker/types.ts';

export type {
  CommonEventProperties,
  ConditionalContextProvider,
  ContextEvent,
  ContextFilter,
  ContextGenerator,
  ContextPrimitive,
  CorePlugin,
  CorePluginConfiguration,
  DeviceTimestamp,
  EventJson,
  FilterProvider,
  JsonProcessor,
  Logger,
  Payload,
  PayloadBuilder,
  RuleSet,
  RuleSetProvider,
  SelfDescribingJson,
  Timestamp,
  TrackerCore,
  TrueTimestamp,
} from './tracker-core/types.ts';
export type {
  EmitterConfigurationBase,
  EventBatch,
  EventMethod,
  EventStore,
  EventStoreConfiguration,
  EventStoreIterator,
  EventStorePayload,
  LocalStorageEventStoreConfigurationBase,
  RequestFailure,
} from './emitter/types.ts';
export type { EventPayloadAndContext, SelfDescribingEvent, StructuredEvent } from './events/types.ts';
export type {
  ActivityCallback,
  ActivityCallbackData,
  ActivityMetrics,
  ActivityTrackingConfiguration,
  ActivityTrackingConfigurationCallback,
  AnonymousTrackingOptions,
  BrowserPlugin,
  BrowserPluginConfiguration,
  BrowserTracker,
  BuiltInContexts,
  ClearUserDataConfiguration,
  ClientSession,
  CookieSameSite,
  DisableAnonymousTrackingConfiguration,
  EnableAnonymousTrackingConfiguration,
  ExtendedCrossDomainLinkerAttributes,
  ExtendedCrossDomainLinkerOptions,
  FlushBufferConfiguration,
  PageViewEvent,
  ParsedIdCookie,
  Platform,
  PreservePageViewIdForUrl,
  SharedState,
  StateStorageStrategy,
  TrackerConfiguration,
} from './tracker/types.ts';

/**
 * What the module exports besides types. `trackers` are ids; without it a function is for all trackers. A tracker that
 * there is not is logged, and so is what goes wrong: nothing is thrown.
 */
export interface SnowplowApi {
  /** Version of the tracker, as in `tv`. */
  version: string;
  SharedState: SharedStateConstructor;
  /** Null if there is a tracker of this id; undefined without a window. Keeps the configuration, and changes it. */
  newTracker: (
    trackerId: string,
    endpoint: string,
    configuration?: TrackerConfiguration,
  ) => BrowserTracker | null | undefined;
  newSession: (trackers?: Array<string>) => void;
  /** Of the first tracker, if no id is given. */
  getDomainSessionId: (trackerId?: string) => string | undefined;
  setReferrerUrl: (url: string, trackers?: Array<string>) => void;
  setCustomUrl: (url: string, trackers?: Array<string>) => void;
  setDocumentTitle: (title: string, trackers?: Array<string>) => void;
  discardHashTag: (enable: boolean, trackers?: Array<string>) => void;
  discardBrace: (enable: boolean, trackers?: Array<string>) => void;
  setCookiePath: (path: string, trackers?: Array<string>) => void;
  /** Of the `id` cookie, in seconds. */
  setVisitorCookieTimeout: (timeout: number, trackers?: Array<string>) => void;
  /** Which links tell the next site who comes. */
  crossDomainLinker: (
    crossDomainLinkerCriterion: (elt: HTMLAnchorElement | HTMLAreaElement) => boolean,
    trackers?: Array<string>,
  ) => void;
  /** Sends page pings from the next page view on. */
  enableActivityTracking: (configuration: ActivityTrackingConfiguration, trackers?: Array<string>) => void;
  /** Calls back from the next page view on, instead of page pings. */
  enableActivityTrackingCallback: (
    configuration: ActivityTrackingConfiguration & ActivityTrackingConfigurationCallback,
    trackers?: Array<string>,
  ) => void;
  disableActivityTracking: (trackers?: Array<string>) => void;
  disableActivityTrackingCallback: (trackers?: Array<string>) => void;
  /** The visitor is still there, though nothing shows it: a video plays. */
  updatePageActivity: (trackers?: Array<string>) => void;
  /** Nothing is tracked while there is a cookie of this name. */
  setOptOutCookie: (name?: string | null, trackers?: Array<string>) => void;
  /** Null or undefined: nobody. */
  setUserId: (userId?: string | null, trackers?: Array<string>) => void;
  setUserIdFromLocation: (querystringField: string, trackers?: Array<string>) => void;
  setUserIdFromReferrer: (querystringField: string, trackers?: Array<string>) => void;
  setUserIdFromCookie: (cookieName: string, trackers?: Array<string>) => void;
  setCollectorUrl: (collectorUrl: string, trackers?: Array<string>) => void;
  setBufferSize: (newBufferSize: number, trackers?: Array<string>) => void;
  flushBuffer: (configuration?: FlushBufferConfiguration, trackers?: Array<string>) => void;
  trackPageView: (event?: PageViewEvent & CommonEventProperties, trackers?: Array<string>) => void;
  trackStructEvent: (event: StructuredEvent & CommonEventProperties, trackers?: Array<string>) => void;
  trackSelfDescribingEvent: <T = Record<string, unknown>>(
    event: SelfDescribingEvent<T> & CommonEventProperties,
    trackers?: Array<string>,
  ) => void;
  /** Adds entities to events from now on. A record gives them names, under which they can be replaced and removed. */
  addGlobalContexts: (
    contexts:
      | Array<ConditionalContextProvider | ContextPrimitive>
      | Record<string, ConditionalContextProvider | ContextPrimitive>,
    trackers?: Array<string>,
  ) => void;
  /** Removes by name, or what is equal to the given ones. */
  removeGlobalContexts: (
    contexts: Array<ConditionalContextProvider | ContextPrimitive | string>,
    trackers?: Array<string>,
  ) => void;
  clearGlobalContexts: (trackers?: Array<string>) => void;
  /** The page view's id stays as it is from now on. */
  preservePageViewId: (trackers?: Array<string>) => void;
  disableAnonymousTracking: (configuration?: DisableAnonymousTrackingConfiguration, trackers?: Array<string>) => void;
  enableAnonymousTracking: (configuration?: EnableAnonymousTrackingConfiguration, trackers?: Array<string>) => void;
  /** Deletes visitor and session from cookies and local storage. */
  clearUserData: (configuration?: ClearUserDataConfiguration, trackers?: Array<string>) => void;
  addPlugin: (configuration: BrowserPluginConfiguration, trackers?: Array<string>) => void;
}
