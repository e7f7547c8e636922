// What a site says to `newTracker`, as options of ours.
import type { FullOptions } from '../full/options.ts';
import { isInWebView } from '../ports/web-view.ts';
import type { TrackerOptions } from '../types.ts';
import type { AnonymousTrackingOptions, StateStorageStrategy, TrackerConfiguration } from './types.ts';

/** How much of the visitor goes out. */
export const anonymousOf = (options: AnonymousTrackingOptions | undefined): TrackerOptions['anonymous'] =>
  options && (options === true || !options.withSessionTracking ? true : 'session');

/** Whether the collector is to forget whom it talks to. */
export const isServerAnonymous = (options: AnonymousTrackingOptions | undefined): boolean =>
  !!(options as { withServerAnonymisation?: boolean } | undefined)?.withServerAnonymisation;

/** Where the visitor's identity is kept. */
export const identityOfStrategy = (strategy: StateStorageStrategy | undefined): TrackerOptions['identity'] =>
  strategy === 'localStorage' ? 'local' : strategy === 'none' ? 'memory' : 'cookie';

const keepsEvents = ({
  useLocalStorage,
  stateStorageStrategy = 'cookieAndLocalStorage',
}: TrackerConfiguration): boolean => useLocalStorage ?? /LocalStorage|localStorage/.test(stateStorageStrategy);

/** Most bytes of a request that the core allows: see kMaxBatchBytes. */
const MOST_BATCH_BYTES = 60_000;

const isGet = ({ eventMethod = 'post' }: TrackerConfiguration): boolean => !/^post$/i.test(eventMethod);

/** The options of a tracker; what the site left out has our defaults where they are the same. */
export const optionsOf = (
  id: string,
  namespace: string,
  endpoint: string,
  given: TrackerConfiguration,
): FullOptions => {
  const { anonymousTracking, contexts, maxPostBytes } = given;
  const { webPage = true, session = false, browser = false } = { ...(contexts as Record<string, boolean | undefined>) };
  return {
    collector: endpoint,
    namespace,
    appId: given.appId,
    platform: given.platform,
    method: isGet(given) ? 'get' : 'post',
    postPath: given.postPath,
    base64: given.encodeBase64,
    serverAnonymisation: isServerAnonymous(anonymousTracking),
    webPage,
    storage: keepsEvents(given) ? 'local' : 'memory',
    identity: identityOfStrategy(given.stateStorageStrategy),
    anonymous: anonymousOf(anonymousTracking),
    sessionEntity: session && !(given.disableSessionContextWithinWebView && isInWebView()),
    sessionTimeoutSeconds: given.sessionCookieTimeout,
    userLifetimeSeconds: given.cookieLifetime,
    cookies: {
      domain: given.cookieDomain ?? (given.discoverRootDomain === false ? '' : undefined),
      prefix: given.cookieName,
      sameSite: given.cookieSameSite,
      secure: given.cookieSecure ?? true,
    },
    credentials: given.credentials,
    headers: given.customHeaders,
    maxBatchBytes: maxPostBytes && Math.min(maxPostBytes, MOST_BATCH_BYTES),
    requestTimeoutMs: given.connectionTimeout,
    minBatchEvents: given.bufferSize,
    appVersion: given.appVersion,
    browserEntity: browser,
    preserveOriginalReferrer: given.preserveOriginalReferrer,
    pageViewUrl: given.preservePageViewIdForUrl,
    keepActivity: given.resetActivityTrackingOnPageView === false,
    plugins: given.plugins as FullOptions['plugins'],
    respectDoNotTrack: given.respectDoNotTrack,
    fetch: given.customFetch,
    cookieExtensionUrl: given.cookieExtensionService ?? given.idService,
    onRequestSuccess: given.onRequestSuccess,
    onRequestFailure: given.onRequestFailure,
    retryFailedRequests: given.retryFailedRequests,
    retryStatusCodes: given.retryStatusCodes,
    dontRetryStatusCodes: given.dontRetryStatusCodes,
    eventStore: given.eventStore,
    peerQueue: id,
  };
};
