// What trackers and their consent say to each other. The two may stand in different bundles, so these names stay.
import type { JsonProcessor } from '../full/payload-builder.ts';
import type { EventOptions, TrackerOptions } from '../types.ts';
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
  /** Names of the purposes for Key.HeldNames, if what was held is to be marked. */
  heldNames: string;
  /** Key.Entities of these, which are JSON with commas between: those that need purposes stand apart. */
  attached: (entities: string) => string;
  /** A processor of an event's entities that leaves away those that need purposes and do not pass `guard`, which is
   * given these; but those that the core has put there itself have passed. */
  guarding: (
    process: JsonProcessor,
    isOwn: (entity: unknown) => boolean,
    guard: (purposes: string) => boolean,
  ) => JsonProcessor;
  /** Whether what others have left may be read: he has answered. */
  mayRead: () => boolean;
  /** Whether what is kept of the visitor may be looked at, and written: also if it is to be forgotten, and he has
   * anything there. May set the domain of the cookies. `hash`: the core's, of a scope. */
  mayOpen: (options: Pick<TrackerOptions, 'identity' | 'cookies'>, hash: (scope: string) => number) => boolean;
  /** Nothing is under way: takes away what a visitor who has denied would find, besides what the core knows of. */
  clean: (options: Pick<TrackerOptions, 'namespace'>) => void;
};

/** What createConsent() makes. */
export type JoinableConsent = Consent & {
  /** The tracker is told of what is known, and of each change from now on, as long as there is anybody who holds
   * it. `isFull`: its core is. */
  join: (taker: ConsentTaker, isFull?: boolean) => ConsentRules;
};
