// The visitor's decisions in words, and what is held for want of one: for the panel and the page on privacy.
import { answered, consent } from './consent.js';

/** @typedef {{ purpose: string, words: string, atMs: number | undefined }} DecisionInWords */

const STATES = { granted: 'allowed', denied: 'denied', unknown: 'not answered' };
/** Who decided. @type {Record<string, string>} */
const SOURCES = { banner: ' by you', gpc: ' by your browser’s signal', initial: ', needs no consent' };

/** @returns {DecisionInWords[]} One for each purpose. */
export const decisionsInWords = () =>
  Object.entries(consent.get()).map(([purpose, { state, decidedMs, source = '' }]) => ({
    purpose,
    words: STATES[state] + (state === 'unknown' ? '' : (SOURCES[source] ?? '')),
    // Piste's own time is that at which this page was told; the answer may be of an earlier one.
    atMs: source === 'banner' ? answered()?.atMs : source === 'initial' ? undefined : decidedMs,
  }));

/**
 * While the visitor has not answered, all that waits is held: the site tracks nothing necessary before.
 * @param {import('piste').Stats} stats
 */
export const heldCount = ({ pending }) => (consent.get().analytics?.state === 'unknown' ? pending : 0);
