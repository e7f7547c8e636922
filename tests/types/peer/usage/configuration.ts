// Configurations: every option there is, and the ways in which sites put them together.
import {
  newTracker,
  type BuiltInContexts,
  type CookieSameSite,
  type EmitterConfigurationBase,
  type EventMethod,
  type LocalStorageEventStoreConfigurationBase,
  type Platform,
  type StateStorageStrategy,
  type TrackerConfiguration,
} from '@snowplow/browser-tracker';

/** All of them but for the functions, which have files of their own. */
export const everything: TrackerConfiguration = {
  appId: 'shop',
  appVersion: '1f3a9c',
  platform: 'web',
  encodeBase64: true,
  cookieDomain: '.example.com',
  cookieName: '_shop_',
  cookieSameSite: 'Strict',
  cookieSecure: true,
  cookieLifetime: 86400 * 365,
  sessionCookieTimeout: 900,
  synchronousCookieWrite: true,
  discoverRootDomain: false,
  respectDoNotTrack: true,
  useExtendedCrossDomainLinker: true,
  stateStorageStrategy: 'cookie',
  resetActivityTrackingOnPageView: false,
  anonymousTracking: { withSessionTracking: true, withServerAnonymisation: true },
  contexts: { webPage: true, session: true, browser: true },
  plugins: [],
  preservePageViewIdForUrl: 'pathnameAndSearch',
  preserveOriginalReferrer: true,
  disableSessionContextWithinWebView: true,
  eventMethod: 'post',
  postPath: '/com.acme/track',
  bufferSize: 5,
  maxPostBytes: 60_000,
  maxGetBytes: 2_000,
  useStm: false,
  connectionTimeout: 8_000,
  customHeaders: { 'X-Shop': '1' },
  credentials: 'same-origin',
  retryFailedRequests: true,
  retryStatusCodes: [403],
  dontRetryStatusCodes: [418],
  cookieExtensionService: 'https://id.example.com/cookies',
  keepalive: true,
  maxSize: 500,
  maxLocalStorageQueueSize: 200,
  useLocalStorage: true,
};

export const older: TrackerConfiguration = { idService: 'https://id.example.com' };

/** A subdomain's site without anything that needs a cookie. */
export const withoutCookies: TrackerConfiguration = { stateStorageStrategy: 'none', anonymousTracking: true };

/** Entities: one is enough, and none is possible. */
export const entities: TrackerConfiguration[] = [
  { contexts: { webPage: false } },
  { contexts: { browser: true } },
  { contexts: { session: true, browser: false } },
  { contexts: {} },
];

/** By a setting; there is no way to say `{ session: undefined }`. */
export const entitiesOf = (session: boolean): BuiltInContexts => ({ webPage: true, ...(session && { session }) });

/** What several sites share, and what each adds. */
export function startShared(appId: string, extra: Partial<TrackerConfiguration>): void {
  const shared: TrackerConfiguration = { cookieSameSite: 'Lax', keepalive: true };
  newTracker('site', 'collector.example.com', { ...shared, ...extra, appId });
}

/** Options that come from a file of settings, as its narrower types. */
export function startFrom(settings: {
  platform: Platform;
  sameSite: CookieSameSite;
  storage: StateStorageStrategy;
  method: EventMethod;
}): void {
  newTracker('site', 'collector.example.com', {
    platform: settings.platform,
    cookieSameSite: settings.sameSite,
    stateStorageStrategy: settings.storage,
    eventMethod: settings.method,
  });
}

/** One part of a configuration each. */
export function startInParts(sending: EmitterConfigurationBase, store: LocalStorageEventStoreConfigurationBase): void {
  newTracker('site', 'collector.example.com', { ...sending, ...store });
}

/** An option that is only there where it is wanted. */
export function startMaybe(domain: string | undefined): void {
  const configuration: TrackerConfiguration = {};
  if (domain !== undefined) configuration.cookieDomain = domain;
  newTracker('site', 'collector.example.com', configuration);
}
