// Consent of which the types can tell that it is not what was meant.
import { createTracker } from 'piste';
import { createTracker as createFull } from 'piste/full';
import {
  cmpVisible,
  connectBanner,
  connectGoogleConsent,
  connectSignals,
  connectTcf,
  consentPreferences,
  createConsent,
  trackConsentChanges,
  type Consent,
} from 'piste/consent';

declare const consent: Consent;
const tracker = createTracker({ collector: 'https://collector.example' });
connectSignals(consent);

connectSignals(); // ERROR Expected 1-2 arguments
connectSignals(tracker); // ERROR is missing the following properties from type 'Consent'
connectSignals(consent, { gpc: true }); // ERROR Type 'true' is not assignable
connectSignals(consent, { gpc: 'marketing' }); // ERROR Type 'string' is not assignable
connectTcf(consent, { purposes: { analytics: ['1'] } }); // ERROR Type 'string' is not assignable to type 'number'
connectTcf(consent, { purposes: { analytics: 1 } }); // ERROR Type 'number' is not assignable
connectGoogleConsent(consent, { purposes: { analytics: [1] } }); // ERROR Type 'number' is not assignable
connectGoogleConsent(consent, { layer: 'dataLayer' }); // ERROR 'layer' does not exist in type 'GoogleConsentOptions'
connectBanner(consent); // ERROR Expected 2 arguments
connectBanner(consent, {}); // ERROR Property 'read' is missing
connectBanner(consent, { read: () => ({ analytics: true }) }); // ERROR is not assignable to type
connectBanner(consent, { read: () => ({ analytics: 'yes' }) }); // ERROR is not assignable to type
connectTcf(consent).stop(); // ERROR Property 'stop' does not exist on type '() => void'
trackConsentChanges(tracker, consent); // ERROR Expected 3 arguments
trackConsentChanges(tracker, consent, { consentUrl: '/' }); // ERROR Property 'consentVersion' is missing
cmpVisible({ elapsedTime: '5' }); // ERROR Type 'string' is not assignable to type 'number'
consentPreferences({ eventType: 'allow' }); // ERROR Type '"allow"' is not assignable
createConsent({ purposes: 'maps' }); // ERROR Type 'string' is not assignable
createConsent({ initial: { analytics: true } }); // ERROR Type 'true' is not assignable
createConsent({ markHeld: 'yes' }); // ERROR Type 'string' is not assignable to type 'boolean
createConsent({ ifUnknown: 'wait' }); // ERROR Type '"wait"' is not assignable
createFull({ collector: 'https://collector.example', consent: true }); // ERROR Type 'boolean' is not assignable
createTracker({ collector: 'https://collector.example', consent: true }); // ERROR Type 'boolean' is not assignable
createTracker({ collector: 'https://collector.example', consent: null }); // ERROR Type 'null' is not assignable
tracker.trackPageView({ purpose: 1 }); // ERROR Type 'number' is not assignable
consent.set({ analytics: 'yes' }); // ERROR Type '"yes"' is not assignable to type 'ConsentState'
