// Makes the consent of a site's visitor: what its trackers heed, on this page and on the others of its origin.
import { openChannel } from '../ports/channel.ts';
import { wallNow } from '../ports/clock.ts';
import { attempt } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { onRestore } from '../ports/returns.ts';
import type { Entity } from '../types.ts';
import { attachedBy, guardingBy } from './added.ts';
import { heldEntity, heldName } from './entity.ts';
import type { ConsentKeeper } from './keeper.ts';
import { createKeeper } from './keeper.ts';
import { bySchema, digitOf, fieldsWithPurposes } from './purposes.ts';
import type { ConsentRules, ConsentTaker, JoinableConsent } from './rules.ts';
import { clean, mayOpen } from './traces.ts';
import type { Consent, ConsentOptions, ConsentState } from './types.ts';

const CHANNEL = 'piste/consent';

/** In a text of Key.Consent: of the purposes besides what is necessary. */
const hasGranted = (text: string): boolean => text.slice(3).includes('g');

/** What another page says, whatever that is: of the purposes that are known here, since it may know others. */
const heardBy =
  (keeper: ConsentKeeper) =>
  (message: unknown): void => {
    const { states, source } = attempt(() => ({ ...(message as { states?: object; source?: unknown }) }), {});
    const known = attempt(
      () => Object.entries({ ...states }).filter(([name]) => keeper.numberOf(name) !== undefined),
      [],
    );
    keeper.apply(Object.fromEntries(known), source, false);
  };

/** Purposes of events and entities that are none. */
const unknownPurposes = (keeper: ConsentKeeper, { events, entities }: ConsentOptions): object[] =>
  [events, entities]
    .flatMap((purposes) => Object.entries({ ...purposes }))
    .filter(([, purpose]) => keeper.numberOf(purpose) === undefined)
    .map(([name, purpose]) => ({ [name]: purpose }));

/** What only a full core can do; any other holds and refuses instead. */
const anonymising = ({ ifUnknown, ifDenied }: ConsentOptions): object[] =>
  [{ ifUnknown }, { ifDenied }].filter((policy) => Object.values(policy).includes('anonymise'));

const rulesOf = (keeper: ConsentKeeper, own: ConsentOptions, isFull: boolean | undefined): ConsentRules => {
  // What ids are for.
  const identityState = (): ConsentState => keeper.stateOf('analytics');
  const numberOf = (purpose: unknown): number | undefined => keeper.numberOf(purpose);
  const isGranted = isFull ? undefined : (purpose: string) => keeper.stateOf(purpose) === 'granted';
  // One that knows nothing of marks holds all that it does not refuse: see PISTE_KEY_CONSENT.
  const isHeld = (purpose: string): boolean => keeper.text()[0] !== 'r' && keeper.stateOf(purpose) === 'unknown';
  const markOf = (purpose: string): Entity | undefined =>
    own.markHeld && !isFull && numberOf(purpose) !== undefined && isHeld(purpose) ? heldEntity(purpose) : undefined;
  const needsOf = (entity: unknown): string =>
    attempt(() => digitOf(bySchema((entity as Entity).schema, own.entities), numberOf), '');
  return {
    text: () => keeper.text(),
    identityState,
    fieldsOf: (kind, event) => fieldsWithPurposes(kind, event, own, numberOf, isGranted, markOf),
    heldNames: own.markHeld ? Object.keys(keeper.get()).map(heldName).join('\n') : '',
    attached: own.entities ? attachedBy(needsOf) : String,
    guarding: guardingBy(needsOf),
    mayRead: () => identityState() !== 'unknown',
    mayOpen: (options, hash) => mayOpen(identityState(), options, hash),
    clean(options) {
      if (identityState() === 'denied') clean(options);
    },
  };
};

/** Makes the consent of the visitor, for all trackers that are given it as `consent`. Never throws. */
export const createConsent = (options?: ConsentOptions): Consent => {
  const own: ConsentOptions = attempt(() => ({ ...options }), {});
  /** Weak: a tracker that nobody holds any more has nothing to take back. */
  let takers: WeakRef<ConsentTaker>[] = [];
  const each = (call: (taker: ConsentTaker) => void): void => {
    for (const taker of takers.map((one) => one.deref())) if (taker) call(taker);
  };
  const keeper = createKeeper(own, {
    changed: (text, isDecidedHere) => each((taker) => taker.heed(text, isDecidedHere)),
    invalid: (what) => each((taker) => taker.invalid(what)),
    nowMs: wallNow,
  });
  const tell = openChannel(CHANNEL, heardBy(keeper));
  // Before those of trackers that are made later: they find the answer.
  if (hasPage()) onRestore(() => keeper.askAgain());
  const consent: JoinableConsent = {
    set(states, source) {
      const before = keeper.text();
      // Pages that have nothing to release, and nothing to take back, need not hear of it.
      if (keeper.apply(states, source) && (hasGranted(before) || hasGranted(keeper.text()))) tell({ states, source });
    },
    get: () => keeper.get(),
    onChange: (listener) => keeper.onChange(listener),
    join(taker, isFull) {
      takers = [...takers.filter((one) => one.deref()), new WeakRef(taker)];
      const mistakes = [...unknownPurposes(keeper, own), ...(isFull ? [] : anonymising(own))];
      for (const mistake of mistakes) taker.invalid(mistake);
      taker.heed(keeper.text(), false);
      return rulesOf(keeper, own, isFull);
    },
  };
  return consent;
};
