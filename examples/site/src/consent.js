// What the visitor has agreed to: asked and kept by the site itself, told to its trackers. Made to be copied, with
// tracking.js; the banner that calls it is consent-banner.js.
import { connectBanner, connectSignals, createConsent } from 'piste/consent';

const KEY = 'silvaun-consent';
const ANSWERED = 'consent-answered';

/** What the visitor is asked about. With a new version everybody is asked again: an old yes is not one to new rules. */
export const POLICY = { consentUrl: new URL('/privacy/', location.href).href, consentVersion: '1' };

/** @typedef {import('piste/consent').ConsentState} State */
/** @typedef {{ version: string, atMs: number, states: Readonly<Record<string, State>> }} Answer */

/** What trackers heed. Until something is known, they hold everything in memory. */
export const consent = createConsent();

/** Where localStorage is forbidden or full, the answer lives as long as the page. @type {Answer | null} */
let unkept = null;

/** @returns {Answer | null} null: the visitor has to be asked. */
export function answered() {
  try {
    const kept = unkept ?? /** @type {Answer | null} */ (JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return kept?.version === POLICY.consentVersion ? kept : null;
  } catch {
    return null;
  }
}

/** The visitor answers, or answers anew. What he leaves open is `unknown`. @param {Answer['states']} states */
export function answer(states) {
  unkept = { version: POLICY.consentVersion, atMs: Date.now(), states };
  try {
    // That he answered is necessary to know, and needs no consent itself.
    localStorage.setItem(KEY, JSON.stringify(unkept));
    unkept = null;
  } catch {
    // kept above
  }
  dispatchEvent(new Event(ANSWERED));
}

/**
 * Calls `listener` when the visitor has answered: here, in another tab, or while this page was put away.
 * @param {() => void} listener
 */
export function onAnswer(listener) {
  for (const name of [ANSWERED, 'pageshow']) addEventListener(name, listener);
  addEventListener('storage', ({ key }) => key === KEY && listener());
}

// Who asks by Global Privacy Control not to be sold is not marketed to, unless he says otherwise here.
connectSignals(consent);
// As of a banner of somebody else's: what was answered on an earlier page counts as the visitor's word, too.
connectBanner(consent, { read: () => answered()?.states, subscribe: onAnswer });
