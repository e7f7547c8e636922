// The entry `piste/consent`: what tells consent of the visitor's decisions, and events that tell the pipeline of them.
// A bundler keeps what is used.
export { createConsent } from './consent/create.ts';
export { connectBanner, type BannerOptions } from './consent/banner.ts';
export { CONSENT_SCHEMA, consentEntity } from './consent/entity.ts';
export * from './consent/events.ts';
export { connectGoogleConsent, type GoogleConsentOptions } from './consent/google.ts';
export { connectSignals, type SignalOptions } from './consent/signals.ts';
export { parseTcString, type TcString } from './consent/tc-string.ts';
export { connectTcf, type TcfOptions } from './consent/tcf.ts';
export type * from './consent/types.ts';
