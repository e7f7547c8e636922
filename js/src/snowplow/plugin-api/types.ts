// The types of the face `piste/snowplow` for those who write plugins: the functions that plugins take from
// `@snowplow/tracker-core` and `@snowplow/browser-tracker-core`, each with the signature it has there.
import type {
  DynamicContext,
  JsonProcessor,
  Logger,
  PayloadBuilder,
  SelfDescribingJson,
} from '../tracker-core/types.ts';
import type * as Events from '../events/types.ts';
import type { BrowserTracker, SharedState, SharedStateConstructor } from '../tracker/types.ts';

/** What plugins use of `@snowplow/tracker-core`. Builders leave out null and undefined. */
export interface TrackerCoreApi {
  version: string;
  LOG: Logger;
  /** The levels of `setLogLevel`. */
  LOG_LEVEL: { none: 0; error: 1; warn: 2; debug: 3; info: 4 };
  buildPageView: (event: Events.PageViewEvent) => PayloadBuilder;
  buildPagePing: (event: Events.PagePingEvent) => PayloadBuilder;
  buildStructEvent: (event: Events.StructuredEvent) => PayloadBuilder;
  /** Its data stays as it is, with null. */
  buildSelfDescribingEvent: <T = Record<string, unknown>>(event: Events.SelfDescribingEvent<T>) => PayloadBuilder;
  buildEcommerceTransaction: (event: Events.EcommerceTransactionEvent) => PayloadBuilder;
  buildEcommerceTransactionItem: (event: Events.EcommerceTransactionItemEvent) => PayloadBuilder;
  buildScreenView: (event: Events.ScreenViewEvent) => PayloadBuilder;
  buildLinkClick: (event: Events.LinkClickEvent) => PayloadBuilder;
  buildAdImpression: (event: Events.AdImpressionEvent) => PayloadBuilder;
  buildAdClick: (event: Events.AdClickEvent) => PayloadBuilder;
  buildAdConversion: (event: Events.AdConversionEvent) => PayloadBuilder;
  buildSocialInteraction: (event: Events.SocialInteractionEvent) => PayloadBuilder;
  buildAddToCart: (event: Events.AddToCartEvent) => PayloadBuilder;
  buildRemoveFromCart: (event: Events.RemoveFromCartEvent) => PayloadBuilder;
  buildFormFocusOrChange: (event: Events.FormFocusOrChangeEvent) => PayloadBuilder;
  buildFormSubmission: (event: Events.FormSubmissionEvent) => PayloadBuilder;
  buildSiteSearch: (event: Events.SiteSearchEvent) => PayloadBuilder;
  buildConsentWithdrawn: (event: Events.ConsentWithdrawnEvent) => Events.EventPayloadAndContext;
  buildConsentGranted: (event: Events.ConsentGrantedEvent) => Events.EventPayloadAndContext;
  /** A copy without null and undefined; members that `exemptFields` names stay. */
  removeEmptyProperties: (
    event: Record<string, unknown>,
    exemptFields?: Record<string, boolean>,
  ) => Record<string, unknown>;
  /** Whether it is an object or a list as JSON has them. */
  isJson: (property?: Record<string, unknown>) => boolean;
  isNonEmptyJson: (property?: Record<string, unknown>) => boolean;
  payloadBuilder: () => PayloadBuilder;
  payloadJsonProcessor: (encodeBase64: boolean) => JsonProcessor;
  /** Calls what are functions, with `extraParams`; what throws or gives nothing is left out. */
  resolveDynamicContext: (
    dynamicOrStaticContexts?: DynamicContext | null,
    ...extraParams: unknown[]
  ) => Array<SelfDescribingJson>;
  /** Vendor, name, model, revision and addition of an Iglu URI. */
  getSchemaParts: (input: string) => Array<string> | undefined;
}

/** Which elements a plugin takes: those of an allowlist, those not of a denylist, or those that a function chooses. */
export interface FilterCriterion<T> {
  allowlist?: string[];
  denylist?: string[];
  filter?: (elt: T) => boolean;
}

/** What plugins use of `@snowplow/browser-tracker-core`. */
export interface BrowserCoreApi {
  SharedState: SharedStateConstructor;
  createSharedState: () => SharedState;
  getTracker: (trackerId: string) => BrowserTracker | null;
  /** Those of the ids that there are. */
  getTrackers: (trackerIds: Array<string>) => Array<BrowserTracker>;
  /** By their ids. */
  allTrackers: () => Record<string, BrowserTracker>;
  allTrackerNames: () => string[];
  trackerExists: (trackerId: string) => boolean;
  /** Calls `fn` for the trackers of these ids, or for all. */
  dispatchToTrackers: (trackers: Array<string> | undefined, fn: (t: BrowserTracker) => void) => void;
  /** As `dispatchToTrackers`, among the trackers of a plugin. */
  dispatchToTrackersInCollection: (
    trackers: Array<string> | undefined,
    trackerCollection: Record<string, BrowserTracker>,
    fn: (t: BrowserTracker) => void,
  ) => void;
  /** By the classes of an element. Without a criterion, all. */
  getFilterByClass: (criterion?: FilterCriterion<HTMLElement> | null) => (elt: HTMLElement) => boolean;
  /** By the name of an element. Without a criterion, all. */
  getFilterByName: <T extends { name: string }>(criterion?: FilterCriterion<T>) => (elt: T) => boolean;
  getCssClasses: (elt: Element) => RegExpMatchArray;
  addEventListener: (
    element: HTMLElement | EventTarget,
    eventType: string,
    eventHandler: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ) => true | void;
  /** Reads a cookie, or writes it if there is a value. Gives the value. */
  cookie: (
    name: string,
    value?: string,
    ttl?: number,
    path?: string,
    domain?: string,
    samesite?: string,
    secure?: boolean,
  ) => string;
  deleteCookie: (cookieName: string, path?: string, domainName?: string, sameSite?: string, secure?: boolean) => void;
  getCookiesWithPrefix: (cookiePrefix: string) => string[];
  /** Writes the cookies that wait for their turn. */
  flushPendingCookies: () => void;
  /** Undefined if local storage cannot be read. */
  attemptGetLocalStorage: (key: string) => string | null | undefined;
  /** `ttl` in seconds, two years if not given. Whether it was written. */
  attemptWriteLocalStorage: (key: string, value: string, ttl?: number) => boolean;
  attemptDeleteLocalStorage: (key: string) => boolean;
  attemptGetSessionStorage: (key: string) => string | null | undefined;
  attemptWriteSessionStorage: (key: string, value: string) => boolean;
  hasLocalStorage: () => boolean;
  hasSessionStorage: () => boolean;
  /** Whether local storage takes what is written. */
  localStorageAccessible: () => boolean;
  getHostName: (url: string) => string;
  /** Host, URL and referrer of the page itself, where it is shown from a cache or translated. */
  fixupUrl: (hostName: string, href: string, referrer: string) => string[];
  /** A parameter of a query, decoded; null if it is not there. */
  fromQuerystring: (field: string, url: string) => string | null;
  /** As `Europe/Paris`. */

  getTimeZone: () => string | void;
  urlSafeBase64Encode: (str: string) => string;
  /** Whether it is text, and not empty. */
  // eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- so it is written there
  isString: (str: Object) => str is string;
  // eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- so it is written there
  isInteger: (int: Object) => int is number;
  isFunction: (func: unknown) => boolean;
  isValueInArray: <T>(val: T, array: T[]) => boolean;
  parseAndValidateInt: (obj: unknown) => number | undefined;
  parseAndValidateFloat: (obj: unknown) => number | undefined;
}
