// What a site says to `newTracker`, as options of ours.
import { createAddress } from '../full/address.ts';
import { createGlobalEntities } from '../full/global-entities.ts';
import type { HostOptions } from '../full/options.ts';
import type { Parts } from '../full/parts.ts';
import { createBrowserEntity } from '../ports/browser-facts.ts';
import { openEventStore } from '../ports/event-store.ts';
import { readAddress } from '../ports/page-address.ts';
import { refuses } from '../ports/refusal.ts';
import { requestTransport } from '../ports/requests.ts';
import { isInWebView } from '../ports/web-view.ts';
import { DRAFTING } from '../full/drafts.ts';
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
export const optionsOf = (namespace: string, endpoint: string, given: TrackerConfiguration): HostOptions => {
  const { anonymousTracking, contexts, maxPostBytes } = given;
  const { webPage = true, session = false } = { ...(contexts as Record<string, boolean | undefined>) };
  return {
    // Some are called the same.
    ...given,
    collector: endpoint,
    namespace,
    method: isGet(given) ? 'get' : 'post',
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
    maxBatchBytes: maxPostBytes && Math.min(maxPostBytes, MOST_BATCH_BYTES),
    requestTimeoutMs: given.connectionTimeout,
    minBatchEvents: given.bufferSize,
    pageViewUrl: given.preservePageViewIdForUrl,
    keepActivity: given.resetActivityTrackingOnPageView === false,
    plugins: given.plugins as HostOptions['plugins'],
  };
};

/** What a tracker of the face has: everything, on a page. */
export const partsOf = (given: TrackerConfiguration): Parts => {
  const { eventStore, contexts } = given;
  return {
    address: createAddress(readAddress(), given),
    ...DRAFTING,
    globalEntities: createGlobalEntities(),
    browser: (contexts as { browser?: boolean } | undefined)?.browser ? createBrowserEntity() : undefined,
    refuses,
    rows: eventStore && ((events) => openEventStore(eventStore, events)),
    transport: () =>
      requestTransport({
        ...given,
        keepsCredentials: true,
        headers: given.customHeaders,
        fetch: given.customFetch,
        cookieExtensionUrl: given.cookieExtensionService ?? given.idService,
      }),
  };
};
