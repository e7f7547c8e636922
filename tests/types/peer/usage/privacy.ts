// Visitors who stay unknown, who say no, and who say yes later.
import {
  clearUserData,
  disableAnonymousTracking,
  enableAnonymousTracking,
  newTracker,
  setOptOutCookie,
  type AnonymousTrackingOptions,
  type ClearUserDataConfiguration,
  type DisableAnonymousTrackingConfiguration,
  type EnableAnonymousTrackingConfiguration,
} from '@snowplow/browser-tracker';

export const startUnknown = (): void => {
  newTracker('site', 'collector.example.com', { anonymousTracking: true });
};

/** With sessions, and nothing kept at the collector either. */
export const startInSessions = (): void => {
  const anonymousTracking: AnonymousTrackingOptions = { withSessionTracking: true, withServerAnonymisation: true };
  newTracker('site', 'collector.example.com', { anonymousTracking, stateStorageStrategy: 'cookieAndLocalStorage' });
};

/** What a banner calls. */
export function onConsent(given: boolean): void {
  if (given) disableAnonymousTracking();
  else enableAnonymousTracking();
}

/** Where it is kept may change with it. */
export function onStorageConsent(given: boolean): void {
  const known: DisableAnonymousTrackingConfiguration = { stateStorageStrategy: 'cookie' };
  const unknown: EnableAnonymousTrackingConfiguration = {
    options: { withServerAnonymisation: true },
    stateStorageStrategy: 'none',
  };
  if (given) disableAnonymousTracking(known, ['site']);
  else enableAnonymousTracking(unknown, ['site']);
}

export function forget(): void {
  clearUserData();
  clearUserData({ preserveSession: true, preserveUser: false });
}

export const forgetFor = (tracker: string, keep: ClearUserDataConfiguration): void => clearUserData(keep, [tracker]);

export function onOptOut(): void {
  setOptOutCookie('no-tracking');
  setOptOutCookie('no-tracking', ['site']);
}

export function onOptIn(): void {
  setOptOutCookie();
  setOptOutCookie(null);
}
