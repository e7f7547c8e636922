// Events of consent that every Snowplow pipeline knows, and what sends one after each change.
import { maker } from '../event-makers.ts';
import { attempt } from '../ports/local-rows.ts';
import { readUrl } from '../ports/navigation.ts';
import type { EventOptions, SelfDescribingEvent } from '../types.ts';
import { isDecision } from './decisions.ts';
import type { Consent, ConsentDecisions, ConsentListener, ConsentTracker } from './types.ts';

export { consentDocument, consentGranted, consentWithdrawn } from '../events.ts';
export type { ConsentDocument, ConsentGrant, ConsentWithdrawal } from '../events.ts';

export type CmpVisible = {
  /** From the start of the page until the banner was shown, in ms. Not below 0. */
  readonly elapsedTime: number;
};
/** The banner was shown. */
export const cmpVisible = /* @__PURE__ */ maker<CmpVisible>('cmp_visible', 'elapsedTime');

/** What the visitor was asked to agree to, and where that holds. */
export type ConsentPolicy = {
  /** Of the privacy policy. */
  readonly consentUrl: string;
  /** Of the privacy policy. At most 16 characters. */
  readonly consentVersion: string;
  /** Where the decision holds: at least one. */
  readonly domainsApplied: readonly string[];
  /** Why data may be processed (GDPR, article 6). */
  readonly basisForProcessing:
    'consent' | 'contract' | 'legal_obligation' | 'vital_interests' | 'public_task' | 'legitimate_interests';
  readonly gdprApplies?: boolean | null | undefined;
};

export type ConsentEventType =
  'allow_all' | 'allow_selected' | 'deny_all' | 'pending' | 'implicit_consent' | 'withdrawn' | 'expired';

export type ConsentPreferences = ConsentPolicy & {
  readonly eventType: ConsentEventType;
  /** What is allowed now: at least one, of at most 1,024 characters. */
  readonly consentScopes: readonly string[];
};
/** The visitor has chosen, or his choice has ended. */
export const consentPreferences = /* @__PURE__ */ maker<ConsentPreferences>(
  'consent_preferences',
  'eventType basisForProcessing consentUrl consentVersion consentScopes domainsApplied gdprApplies',
);

/** The purpose that needs nobody's consent. */
const NECESSARY = 'necessary';

const grantedIn = (decisions: ConsentDecisions): string[] =>
  Object.keys(decisions).filter((purpose) => decisions[purpose]?.state === 'granted');
const isChoice = (purpose: string): boolean => purpose !== NECESSARY;

/** What a change of decisions is called. */
const typeOf = (before: ConsentDecisions, now: ConsentDecisions): ConsentEventType => {
  const all = Object.keys(now).filter(isChoice);
  const granted = grantedIn(now).filter(isChoice);
  if (granted.length > 0) {
    if (!granted.some((purpose) => isDecision(now[purpose]))) return 'implicit_consent';
    return granted.length === all.length ? 'allow_all' : 'allow_selected';
  }
  if (grantedIn(before).some((purpose) => isChoice(purpose) && now[purpose]?.state === 'denied')) return 'withdrawn';
  return all.some((purpose) => now[purpose]?.state === 'unknown') ? 'pending' : 'deny_all';
};

/** What {@link trackConsentChanges} needs to know: `domainsApplied` is the page's host, and `basisForProcessing`
 * `consent`, unless they are said. */
export type ConsentChangeOptions = Pick<ConsentPolicy, 'consentUrl' | 'consentVersion'> & {
  readonly [Name in 'domainsApplied' | 'basisForProcessing' | 'gdprApplies']?: ConsentPolicy[Name] | undefined;
} & Omit<EventOptions, 'trueTimestamp' | 'deviceTimestamp'>;

/** Tracks `consent_preferences` after each change of consent that was decided on this page, for the purpose
 * `necessary`. Returns what ends it. Never throws. */
export const trackConsentChanges = (
  tracker: ConsentTracker,
  consent: Consent,
  document: ConsentChangeOptions,
): (() => void) => {
  const read = (): ConsentDecisions => attempt(() => ({ ...consent.get() }), {});
  const textOf = (decisions: ConsentDecisions): string =>
    JSON.stringify(Object.keys(decisions).map((purpose) => [purpose, decisions[purpose]?.state]));
  let before = read();
  const changed: ConsentListener = (_, isDecidedHere = true) =>
    attempt(() => {
      const now = read();
      if (textOf(now) === textOf(before)) return;
      const eventType = typeOf(before, now);
      before = now;
      if (!isDecidedHere) return; // the page where it was tracks it
      const { entities, priority } = document;
      const granted = grantedIn(now);
      const preferences: ConsentPreferences = {
        ...document,
        basisForProcessing: document.basisForProcessing ?? 'consent',
        domainsApplied: document.domainsApplied ?? [readUrl().hostname],
        eventType,
        // The schema wants one; this very event is for it.
        consentScopes: granted.length > 0 ? granted : [NECESSARY],
      };
      const event: SelfDescribingEvent = consentPreferences(preferences, { entities, priority });
      tracker.trackSelfDescribing({ ...event, purpose: NECESSARY });
    }, undefined);
  const end = attempt(() => consent.onChange(changed), undefined);
  return () => attempt(() => end?.(), undefined);
};
