// What trackers and their consent say to each other. The two may stand in different bundles, so these names stay.
import type { EventOptions } from '../types.ts';
import type { Consent, ConsentState } from './types.ts';

/** A tracker, as its consent sees it. */
export type ConsentTaker = {
  /** There is a new text of Key.Consent. `isDecidedHere`: on this page, and not on another. */
  heed: (text: string, isDecidedHere: boolean) => void;
  /** A name that is no purpose, or a state that is none. */
  invalid: (what: unknown) => void;
};

/** What a tracker asks its consent. */
export type ConsentRules = {
  /** Of Key.Consent. */
  text: () => string;
  /** Of what ids are for. */
  identityState: () => ConsentState;
  /** The fields of an event, with its purpose and those of its entities. Throws as fieldsOf() does. */
  fieldsOf: (kind: number, event: EventOptions) => string[];
  /** What an entity is for besides its event, as the core numbers it; empty: nothing. What is no purpose gets a number
   * that the core does not know. */
  purposeOf: (schema: unknown) => string;
};

/** What createConsent() makes. */
export type JoinableConsent = Consent & {
  /** The tracker is told of each change from now on, as long as there is anybody who holds `taker`. */
  join: (taker: ConsentTaker) => ConsentRules;
};
