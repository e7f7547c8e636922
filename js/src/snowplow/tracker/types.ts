// The types of the face `piste/snowplow` for trackers: how one is made, what it can do, and what plugins see of it.
// They have the names and shapes of `@snowplow/browser-tracker`, and take and refuse the same values.
import type {
  CommonEventProperties,
  CorePlugin,
  CorePluginConfiguration,
  SelfDescribingJson,
  TrackerCore,
} from '../tracker-core/types.ts';
import type { EmitterConfigurationBase, LocalStorageEventStoreConfigurationBase } from '../emitter/types.ts';

/** What all trackers of a page have in common. */
export interface SharedState {
  bufferFlushers: Array<(sync: boolean) => void>;
  /** Whether the page has loaded. */
  hasLoaded: boolean;
  registeredOnLoadHandlers: Array<() => void>;
  pageViewId?: string;
  /** The URL to which `pageViewId` belongs. */
  pageViewUrl?: string;
}

/** Makes the state of a page without trackers. */
export interface SharedStateConstructor {
  new (): SharedState;
  prototype: SharedState;
}

/** A plugin of a browser's tracker. */
export interface BrowserPlugin extends CorePlugin {
  /** Called once, when the plugin joins a tracker; the tracker has its ids by then. */
  activateBrowserPlugin?: (tracker: BrowserTracker) => void;
}

/** A plugin to be added. */
export interface BrowserPluginConfiguration extends CorePluginConfiguration {
  plugin: BrowserPlugin;
}

/** The entities that the tracker itself knows. */
type ContextSwitches = {
  /** The page view's id. Default true. */
  webPage: boolean;
  /** Visitor and session. Default false. */
  session: boolean;
  /** Screen, languages and further facts of the browser. Default false. */
  browser: boolean;
};

/** Which of them go with each event: at least one is named, or none with `{}`. */
export type BuiltInContexts =
  | { [K in keyof ContextSwitches]: Pick<ContextSwitches, K> & Partial<ContextSwitches> }[keyof ContextSwitches]
  | Record<string, never>;

/** Whether the visitor stays unknown, and how far. */
export type AnonymousTrackingOptions =
  | boolean
  | {
      /** Keeps the session, but not the visitor. */
      withSessionTracking?: boolean;
      /** Asks the collector to keep neither address nor network user id. */
      withServerAnonymisation?: boolean;
    };

/** Where visitor and session are kept. */
export type StateStorageStrategy = 'cookieAndLocalStorage' | 'cookie' | 'localStorage' | 'none';

/** Where the application runs (`p`). */
export type Platform = 'web' | 'mob' | 'pc' | 'srv' | 'app' | 'tv' | 'cnsl' | 'iot';

/** SameSite attribute of cookies. */
export type CookieSameSite = 'None' | 'Lax' | 'Strict';

/** What a decorated link tells the next site. */
export type ExtendedCrossDomainLinkerAttributes = {
  userId?: boolean;
  sessionId?: boolean;
  /** The application's id. */
  sourceId?: boolean;
  sourcePlatform?: boolean;
  /** The link's text, or what a function makes of the click. */
  reason?: boolean | ((evt: Event) => string);
};

/** Whether links get the longer form, or with which parts. */
export type ExtendedCrossDomainLinkerOptions = boolean | ExtendedCrossDomainLinkerAttributes;

/** The part of the URL whose change makes a new page view id, the whole with true. With false, only page views do. */
export type PreservePageViewIdForUrl = boolean | 'full' | 'pathname' | 'pathnameAndSearch';

/** How a tracker is made. */
export interface TrackerConfiguration extends EmitterConfigurationBase, LocalStorageEventStoreConfigurationBase {
  /** Base64url instead of plain JSON inside payloads. Default: only with `get`. */
  encodeBase64?: boolean;
  /** Default: the widest domain of which the page may set cookies. */
  cookieDomain?: string;
  /** What the names of cookies begin with. Default `_sp_`. */
  cookieName?: string;
  /** Default `Lax`. */
  cookieSameSite?: CookieSameSite;
  /** Default true. */
  cookieSecure?: boolean;
  /** In seconds. Default 63072000, which is two years. */
  cookieLifetime?: number;
  /** Seconds without an event after which a session has ended. Default 1800. */
  sessionCookieTimeout?: number;
  appId?: string;
  /** Goes with each event as an entity of schema application 1-0-0. */
  appVersion?: string;
  /** Default `web`. */
  platform?: Platform;
  /** Whether nothing is tracked for browsers that ask so. Default false. */
  respectDoNotTrack?: boolean;
  /** Which links tell the next site who comes. */
  crossDomainLinker?: (elt: HTMLAnchorElement | HTMLAreaElement) => boolean;
  /** Default false. */
  useExtendedCrossDomainLinker?: ExtendedCrossDomainLinkerOptions;
  /** Whether to look for the widest domain that takes cookies. Default: true without `cookieDomain`. */
  discoverRootDomain?: boolean;
  /** Default `cookieAndLocalStorage`. */
  stateStorageStrategy?: StateStorageStrategy;
  /** Whether each page view begins the page pings anew. Default true. */
  resetActivityTrackingOnPageView?: boolean;
  /** Default false. */
  anonymousTracking?: AnonymousTrackingOptions;
  contexts?: BuiltInContexts;
  plugins?: Array<BrowserPlugin>;
  /** Told of each new session. */
  onSessionUpdateCallback?: (updatedSession: ClientSession) => void;
  /** Default false. */
  preservePageViewIdForUrl?: PreservePageViewIdForUrl;
  /** Whether later page views keep the referrer with which the page was opened. Default false. */
  preserveOriginalReferrer?: boolean;
  /** Whether cookies are written at once and not a moment later. Default false. */
  synchronousCookieWrite?: boolean;
  /** Whether the session's entity is left to the application around a web view. Default false. */
  disableSessionContextWithinWebView?: boolean;
}

/** What a visitor did since the last ping. */
export type ActivityMetrics = {
  /** The pointer's way, in CSS pixels. */
  mouseDistance: number;
  /** Both directions added up, in CSS pixels. */
  scrollDistance: number;
  keyPresses: number;
  clicks: number;
  touches: number;
};

/** What takes the place of a page ping is told this. Offsets in CSS pixels, since the last ping. */
export type ActivityCallbackData = {
  /** The page view's entities. */
  context: Array<SelfDescribingJson>;
  pageViewId: string;
  minXOffset: number;
  minYOffset: number;
  maxXOffset: number;
  maxYOffset: number;
  activityMetrics?: ActivityMetrics;
};

/** Takes the place of a page ping. */
export type ActivityCallback = (data: ActivityCallbackData) => void;

/** When page pings are sent. */
export interface ActivityTrackingConfiguration {
  /** Whole seconds until the first. */
  minimumVisitLength: number;
  /** Whole seconds between two. */
  heartbeatDelay: number;
  /** Whether they say what the visitor did. Default false. */
  activityMetrics?: boolean;
}

/** What is called instead of a page ping. */
export interface ActivityTrackingConfigurationCallback {
  callback: ActivityCallback;
}

/** A page view. */
export interface PageViewEvent {
  /** Replaces `document.title` in this page view and its pings. */
  title?: string | null;
  /** Further entities, for the page view and for each of its pings. */
  contextCallback?: (() => Array<SelfDescribingJson>) | null;
}

/** How a tracker knows its visitor again. */
export interface DisableAnonymousTrackingConfiguration {
  stateStorageStrategy?: StateStorageStrategy;
}

/** How a tracker forgets its visitor. */
export interface EnableAnonymousTrackingConfiguration {
  options?: AnonymousTrackingOptions;
  stateStorageStrategy?: StateStorageStrategy;
}

/** What stays in memory when cookies and local storage are cleared. */
export interface ClearUserDataConfiguration {
  preserveSession: boolean;
  preserveUser: boolean;
}

/** What is different after a flush. */
export interface FlushBufferConfiguration {
  /** Nothing changes with 0. */
  newBufferSize?: number;
}

/** The `id` cookie, read. Times are Unix times in seconds, but for `firstEventTs`, which is in ms. */
export type ParsedIdCookie = [
  /** `0` if the cookie was there, `1` if not. */
  cookieDisabled: string,
  domainUserId: string,
  cookieCreateTs: number,
  visitCount: number,
  nowTs: number,
  lastVisitTs: number | undefined,
  sessionId: string,
  previousSessionId: string,
  firstEventId: string,
  firstEventTs: number | undefined,
  eventIndex: number,
];

/** The data of schema client_session. */
export interface ClientSession extends Record<string, unknown> {
  /** As `duid`. */
  userId: string;
  /** As `sid`. */
  sessionId: string;
  /** As `vid`. */
  sessionIndex: number;
  /** Which event of the session it is, from 1. */
  eventIndex: number;
  previousSessionId: string | null;
  /** As `COOKIE_1` or `LOCAL_STORAGE`. */
  storageMechanism: string;
  firstEventId: string | null;
  /** ISO 8601. */
  firstEventTimestamp: string | null;
}

/** A tracker. Its functions need no `this`. */
export interface BrowserTracker {
  id: string;
  /** Name of the tracker in events (`tna`). */
  namespace: string;
  core: TrackerCore;
  sharedState: SharedState;
  /** Which session of the visitor it is, from 1. */
  getDomainSessionIndex: () => number;
  getPageViewId: () => string;
  /** Null if nothing may be kept. */
  getTabId: () => string | null;
  /** The whole name of a cookie, as of `id` or `ses`. */
  getCookieName: (basename: string) => string;
  getUserId: () => string | null | undefined;
  /** Empty if there is none. */
  getDomainUserId: () => string;
  getDomainUserInfo: () => ParsedIdCookie;
  getDomainSessionId: () => string;
  setReferrerUrl: (url: string) => void;
  setCustomUrl: (url: string) => void;
  setDocumentTitle: (title: string) => void;
  discardHashTag: (enableFilter: boolean) => void;
  discardBrace: (enableFilter: boolean) => void;
  setCookiePath: (path: string) => void;
  /** Of the `id` cookie, in seconds. */
  setVisitorCookieTimeout: (timeout: number) => void;
  newSession: () => void;
  crossDomainLinker: (crossDomainLinkerCriterion: (elt: HTMLAnchorElement | HTMLAreaElement) => boolean) => void;
  enableActivityTracking: (configuration: ActivityTrackingConfiguration) => void;
  enableActivityTrackingCallback: (
    configuration: ActivityTrackingConfiguration & ActivityTrackingConfigurationCallback,
  ) => void;
  disableActivityTracking: () => void;
  disableActivityTrackingCallback: () => void;
  /** The visitor is still there, though nothing shows it: a video plays. */
  updatePageActivity: () => void;
  /** Nothing is tracked while there is a cookie of this name. */
  setOptOutCookie: (name?: string | null) => void;
  setUserId: (userId?: string | null) => void;
  setUserIdFromLocation: (querystringField: string) => void;
  setUserIdFromReferrer: (querystringField: string) => void;
  setUserIdFromCookie: (cookieName: string) => void;
  setCollectorUrl: (collectorUrl: string) => void;
  setBufferSize: (newBufferSize: number) => void;
  flushBuffer: (configuration?: FlushBufferConfiguration) => void;
  /** The page view's id stays as it is from now on. */
  preservePageViewId: () => void;
  preservePageViewIdForUrl: (preserve: PreservePageViewIdForUrl) => void;
  trackPageView: (event?: PageViewEvent & CommonEventProperties) => void;
  disableAnonymousTracking: (configuration?: DisableAnonymousTrackingConfiguration) => void;
  enableAnonymousTracking: (configuration?: EnableAnonymousTrackingConfiguration) => void;
  clearUserData: (configuration?: ClearUserDataConfiguration) => void;
  addPlugin: (configuration: BrowserPluginConfiguration) => void;
}
