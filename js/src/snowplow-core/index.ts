// The entry `piste/snowplow-core`: what plugins take from `@snowplow/tracker-core` and from
// `@snowplow/browser-tracker-core`, under the same names, so that a bundler puts it in the place of both.
import { VERSION } from '../version.ts';

/** Version of Piste. */
export const version: string = VERSION;

export { LOG, LOG_LEVEL } from './log.ts';
export {
  buildEcommerceTransaction,
  buildEcommerceTransactionItem,
  buildPagePing,
  buildPageView,
  buildStructEvent,
} from './flat-events.ts';
export {
  buildAdClick,
  buildAdConversion,
  buildAdImpression,
  buildAddToCart,
  buildConsentGranted,
  buildConsentWithdrawn,
  buildFormFocusOrChange,
  buildFormSubmission,
  buildLinkClick,
  buildRemoveFromCart,
  buildScreenView,
  buildSelfDescribingEvent,
  buildSiteSearch,
  buildSocialInteraction,
} from './self-describing-events.ts';
export { isJson, isNonEmptyJson, payloadBuilder, payloadJsonProcessor, removeEmptyProperties } from './json.ts';
export { getSchemaParts, resolveDynamicContext } from './entities.ts';
export {
  allTrackerNames,
  allTrackers,
  createSharedState,
  dispatchToTrackers,
  dispatchToTrackersInCollection,
  getTracker,
  getTrackers,
  SharedState,
  trackerExists,
} from './trackers.ts';
export { addEventListener, getCssClasses, getFilterByClass, getFilterByName } from './elements.ts';
export {
  isFunction,
  isInteger,
  isString,
  isValueInArray,
  parseAndValidateFloat,
  parseAndValidateInt,
} from './kinds.ts';
export { fixupUrl, fromQuerystring, getHostName, getTimeZone, urlSafeBase64Encode } from './addresses.ts';
export {
  attemptDeleteLocalStorage,
  attemptGetLocalStorage,
  attemptGetSessionStorage,
  attemptWriteLocalStorage,
  attemptWriteSessionStorage,
  cookie,
  deleteCookie,
  flushPendingCookies,
  getCookiesWithPrefix,
  hasLocalStorage,
  hasSessionStorage,
  localStorageAccessible,
} from '../ports/plugin-storage.ts';

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
  DynamicContext,
  EventJson,
  EventJsonWithKeys,
  FilterProvider,
  JsonProcessor,
  Logger,
  Payload,
  PayloadBuilder,
  RuleSet,
  RuleSetProvider,
  SelfDescribingJson,
  SelfDescribingJsonArray,
  Timestamp,
  TrackerCore,
  TrueTimestamp,
} from '../snowplow/tracker-core/types.ts';
export type {
  AdClickEvent,
  AdConversionEvent,
  AdImpressionEvent,
  AddToCartEvent,
  ConsentGrantedEvent,
  ConsentWithdrawnEvent,
  EcommerceTransactionEvent,
  EcommerceTransactionItemEvent,
  EventPayloadAndContext,
  FormElement,
  FormFocusOrChangeEvent,
  FormSubmissionEvent,
  LinkClickEvent,
  PagePingEvent,
  PageViewEvent,
  RemoveFromCartEvent,
  ScreenViewEvent,
  SelfDescribingEvent,
  SiteSearchEvent,
  SocialInteractionEvent,
  StructuredEvent,
} from '../snowplow/events/types.ts';
export type {
  EmitterConfigurationBase,
  EventBatch,
  EventMethod,
  EventStore,
  EventStoreConfiguration,
  EventStoreIterator,
  EventStoreIteratorNextResult,
  EventStorePayload,
  LocalStorageEventStoreConfigurationBase,
  RequestFailure,
} from '../snowplow/emitter/types.ts';
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
  ParsedIdCookie,
  Platform,
  PreservePageViewIdForUrl,
  StateStorageStrategy,
  TrackerConfiguration,
} from '../snowplow/tracker/types.ts';
export type { FilterCriterion } from '../snowplow/plugin-api/types.ts';
