// Makes the consent of a site's visitor: what its trackers heed, on this page and on the others of its origin.
import { openChannel } from '../ports/channel.ts';
import { wallNow } from '../ports/clock.ts';
import { attempt } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { onRestore } from '../ports/returns.ts';
import type { ConsentKeeper } from './keeper.ts';
import { createKeeper } from './keeper.ts';
import { bySchema, digitOf, fieldsWithPurposes } from './purposes.ts';
import type { ConsentTaker, JoinableConsent } from './rules.ts';
import type { Consent, ConsentOptions } from './types.ts';

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
    keeper.apply(Object.fromEntries(known), source);
  };

/** Makes the consent of the visitor, for all trackers that are given it as `consent`. Never throws. */
export const createConsent = (options?: ConsentOptions): Consent => {
  const own: ConsentOptions = attempt(() => ({ ...options }), {});
  let isDecidedHere = false;
  /** Weak: a tracker that nobody holds any more has nothing to take back. */
  let takers: WeakRef<ConsentTaker>[] = [];
  const each = (call: (taker: ConsentTaker) => void): void => {
    for (const taker of takers.map((one) => one.deref())) if (taker) call(taker);
  };
  const keeper = createKeeper(own, {
    changed: (text) => each((taker) => taker.heed(text, isDecidedHere)),
    invalid: (what) => each((taker) => taker.invalid(what)),
    nowMs: wallNow,
  });
  const tell = openChannel(CHANNEL, heardBy(keeper));
  // Before those of trackers that are made later: they find the answer.
  if (hasPage()) onRestore(() => keeper.askAgain());
  const consent: JoinableConsent = {
    set(states, source) {
      const before = keeper.text();
      isDecidedHere = true;
      const isNews = keeper.apply(states, source);
      isDecidedHere = false;
      // Pages that have nothing to release, and nothing to take back, need not hear of it.
      if (isNews && (hasGranted(before) || hasGranted(keeper.text()))) tell({ states, source });
    },
    get: () => keeper.get(),
    onChange: (listener) => keeper.onChange(listener),
    join(taker) {
      takers = [...takers.filter((one) => one.deref()), new WeakRef(taker)];
      return {
        text: () => keeper.text(),
        identityState: () => keeper.identityState(),
        fieldsOf: (kind, event) => fieldsWithPurposes(kind, event, own, (purpose) => keeper.numberOf(purpose)),
        purposeOf: (schema) => digitOf(bySchema(schema, own.entities), (purpose) => keeper.numberOf(purpose)),
      };
    },
  };
  return consent;
};
