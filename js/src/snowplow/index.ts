// The entry `piste/snowplow`: the functions of `@snowplow/browser-tracker`, so that a site changes its import and no
// more.
import { WASM } from '../../generated/wasm-face.ts';
import { decode } from '../decode.ts';
import { createDraftingEngine } from '../full/drafting-engine.ts';
import { loadFrom } from '../load.ts';
import { createSnowplow } from './api.ts';
import { SharedState } from './shared-state.ts';

export type * from './types.ts';
export { SharedState };

export const {
  version,
  newTracker,
  newSession,
  getDomainSessionId,
  setReferrerUrl,
  setCustomUrl,
  setDocumentTitle,
  discardHashTag,
  discardBrace,
  setCookiePath,
  setVisitorCookieTimeout,
  crossDomainLinker,
  enableActivityTracking,
  enableActivityTrackingCallback,
  disableActivityTracking,
  disableActivityTrackingCallback,
  updatePageActivity,
  setOptOutCookie,
  setUserId,
  setUserIdFromLocation,
  setUserIdFromReferrer,
  setUserIdFromCookie,
  setCollectorUrl,
  setBufferSize,
  flushBuffer,
  trackPageView,
  trackStructEvent,
  trackSelfDescribingEvent,
  addGlobalContexts,
  removeGlobalContexts,
  clearGlobalContexts,
  preservePageViewId,
  disableAnonymousTracking,
  enableAnonymousTracking,
  clearUserData,
  addPlugin,
  /** For `piste/snowplow-core`, whose plugins find the trackers by it. */
  dispatchToTrackers,
} = /* @__PURE__ */ createSnowplow(loadFrom(() => decode(WASM), createDraftingEngine));
