// The public types of `piste/consent`: the visitor's decisions, and what its functions need of them and of a tracker.
import type { SelfDescribingEvent } from '../types.ts';

/** What the visitor said about a purpose. */
export type ConsentState = 'granted' | 'denied' | 'unknown';

/** By the name of the purpose. What is left out stays as it is. */
export type ConsentStates = Readonly<Record<string, ConsentState>>;

/** What is known of one purpose. */
export type ConsentDecision = {
  state: ConsentState;
  /** Unix ms; undefined while nobody has decided. */
  decidedMs: number | undefined;
  /** Who decided, as `banner`, `gpc` or `tcf`. */
  source: string | undefined;
};

export type ConsentDecisions = Readonly<Record<string, Readonly<ConsentDecision>>>;

/** By the name of the purpose, as the site has kept it. */
export type KnownConsent = Readonly<Record<string, ConsentState | Readonly<Partial<ConsentDecision>>>>;

/** Told of each change. `isDecidedHere`: it was decided on this page, and not on another; undefined: nobody knows. */
export type ConsentListener = (decisions: ConsentDecisions, isDecidedHere?: boolean) => void;

/** The visitor's decisions, for all trackers that are given them. No method throws. */
export type Consent = {
  /** Takes decisions. What is granted releases the events that were held for it; what is denied destroys them, what
   * waits to be sent, and with `analytics` the visitor's ids, on this page and on the others of its origin. */
  set: (states: ConsentStates, source?: string) => void;
  get: () => ConsentDecisions;
  /** Called when a state has changed. Returns what ends that. */
  onChange: (listener: ConsentListener) => () => void;
};

/** How consent is asked for. */
export type ConsentOptions = {
  /** Purposes besides `necessary`, `analytics` (which ids are for) and `marketing`: up to five. */
  purposes?: readonly string[] | undefined;
  /** What is known at the start: states, or what `get()` gave on an earlier page, with times and sources. A function is
   * asked again when the page comes out of the back/forward cache, since the visitor may have decided otherwise
   * meanwhile. Default: `necessary` is granted, all others are unknown. */
  initial?: KnownConsent | (() => KnownConsent | undefined) | undefined;
  /** What becomes of events while nobody knows: they are held in memory (the default), sent without what shows the
   * visitor or his device (docs/privacy.md has each field), or refused. */
  ifUnknown?: 'hold' | 'anonymise' | 'refuse' | undefined;
  /** What becomes of those that are denied. Default `refuse`. */
  ifDenied?: 'anonymise' | 'refuse' | undefined;
  /** Which purpose events need that do not say it: by type (`page_view`, `structured`, `self_describing`,
   * `page_ping`, `transaction`, `transaction_item`) or, of self-describing ones, by schema. Default `analytics`. */
  events?: Readonly<Record<string, string>> | undefined;
  /** True: an event that is held carries the entity `iglu:piste/held/jsonschema/1-0-0`, in docs/schemas. A pipeline
   * that does not know it fails the event. Default false. */
  markHeld?: boolean | undefined;
  /** Which purpose entities need besides that of their event: by schema, wherever they come from. Default: none. */
  entities?: Readonly<Record<string, string>> | undefined;
};

/** Purposes by their names, each with what it is made of: it is granted when all of that is. */
export type PurposeMap<T> = Readonly<Record<string, readonly T[]>>;

/** A tracker, as far as events of consent need one. */
export type ConsentTracker = {
  trackSelfDescribing: (event: SelfDescribingEvent) => void;
};
