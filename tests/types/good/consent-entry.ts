// Consent by `piste/consent`: what a site writes. It needs no types of the DOM.
import { createTracker, type Entity } from 'piste';
import {
  cmpVisible,
  connectBanner,
  connectGoogleConsent,
  connectSignals,
  connectTcf,
  consentEntity,
  consentGranted,
  consentPreferences,
  createConsent,
  parseTcString,
  trackConsentChanges,
  type BannerOptions,
  type Consent,
  type ConsentOptions,
  type ConsentState,
  type ConsentStates,
} from 'piste/consent';

declare const consent: Consent;
declare const choices: { statistics: boolean; answered: boolean };
declare const maybe: string | undefined;
const tracker = createTracker({ collector: 'https://collector.example.com' });

const disconnect: () => void = connectSignals(consent);
disconnect();
connectSignals(consent, { gpc: ['marketing', 'analytics'], dnt: false });
connectSignals(consent, { gpc: undefined, dnt: undefined });
connectTcf(consent, { purposes: { analytics: [1, 8] }, waitMs: 5000 });
connectGoogleConsent(consent, { purposes: { personal: ['ad_personalization'] }, dataLayer: maybe, region: 'US-CA' });

const state = (is: boolean): ConsentState => (is ? 'granted' : 'denied');
const read = (): ConsentStates | undefined => (choices.answered ? { analytics: state(choices.statistics) } : undefined);
const banner: BannerOptions = { read, subscribe: (changed) => () => changed(), source: maybe };
connectBanner(consent, banner);
connectBanner(consent, { read: () => Promise.resolve(read()) });
connectBanner(consent, { read: () => null });

const stop: () => void = trackConsentChanges(tracker, consent, {
  consentUrl: 'https://shop.example/privacy',
  consentVersion: '4',
  domainsApplied: undefined,
  gdprApplies: null,
  priority: 'high',
});
stop();
const entity: Entity = consentEntity(consent);
tracker.trackPageView({ entities: [entity] });
tracker.trackSelfDescribing(cmpVisible({ elapsedTime: 1200 }));
tracker.trackSelfDescribing(consentGranted({ id: '1', version: '4' }));
tracker.trackSelfDescribing(
  consentPreferences({
    eventType: 'allow_all',
    basisForProcessing: 'consent',
    consentUrl: 'https://shop.example/privacy',
    consentVersion: '4',
    consentScopes: ['analytics'],
    domainsApplied: ['shop.example'],
  }),
);
const vendors: readonly number[] = parseTcString(maybe)?.vendorConsents ?? [];
export const isSome: boolean = vendors.length > 0;

// The consent that trackers heed.
const options: ConsentOptions = { purposes: ['maps'], initial: { analytics: 'denied' } };
const asked = createConsent(options);
createConsent({ initial: asked.get(), markHeld: true });
asked.set({ analytics: 'granted', maps: state(choices.statistics) });
createConsent();

// What has such a face is consent: no tracker is needed.
const own: Consent = { set: () => {}, get: () => ({}), onChange: () => () => {} };
connectSignals(own);
