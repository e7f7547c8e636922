// Any consent banner: its states are read at the start, whenever it says so, and when the visitor comes back.
import { attempt } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { onReturn } from '../ports/returns.ts';
import { createTell, isState } from './decisions.ts';
import type { Consent, ConsentState, ConsentStates } from './types.ts';

/** What a banner says now, at once or later; undefined: nothing yet. */
type Answer = ConsentStates | undefined | null;

/** How a banner is read. */
export type BannerOptions = {
  readonly read: () => Answer | PromiseLike<Answer>;
  /** Makes the banner call `changed` after each change. If it gives a function, that one ends it. */
  readonly subscribe?: ((changed: () => void) => unknown) | undefined;
  /** Default `banner`. */
  readonly source?: string | undefined;
};

/** The states in what a banner says, whatever that is. */
const statesIn = (answer: unknown): ConsentStates => {
  const all = typeof answer === 'object' && !Array.isArray(answer) ? Object.entries({ ...answer }) : [];
  return Object.fromEntries(all.filter((pair): pair is [string, ConsentState] => isState(pair[1])));
};

const isLater = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof answer === 'object' && typeof (answer as PromiseLike<unknown> | null)?.then === 'function';

/** Takes over what a banner says, until what it returns is called. Never throws, nor do your functions. */
export const connectBanner = (consent: Consent, options: BannerOptions): (() => void) => {
  const ended = new AbortController();
  const { read, subscribe, source = 'banner' } = attempt((): Partial<BannerOptions> => ({ ...options }), {});
  const tell = createTell(consent);
  let asked = 0;
  let taken = 0;
  let isReading = false;
  const look = (acts?: readonly ConsentState[]): void =>
    attempt(() => {
      if (isReading) return; // some say that they have changed when they are asked
      const turn = ++asked;
      const take = (answer: unknown): void =>
        attempt(() => {
          // Of two answers under way the later question counts.
          const states = statesIn(answer);
          if (ended.signal.aborted || turn < taken || Object.keys(states).length === 0) return;
          taken = turn;
          tell(states, source, acts);
        }, undefined);
      isReading = true;
      const answer: unknown = attempt(() => read?.(), undefined);
      isReading = false;
      if (isLater(answer)) Promise.resolve(answer).then(take, () => {});
      else take(answer);
    }, undefined);
  const changed = (): void => {
    // Who says no once more means it.
    if (!ended.signal.aborted) look(['denied']);
  };
  look();
  const end = attempt(() => subscribe?.(changed), undefined);
  if (hasPage()) onReturn(() => look(), ended.signal);
  return () => {
    if (!ended.signal.aborted && typeof end === 'function') attempt(() => void (end as () => unknown)(), undefined);
    ended.abort();
  };
};
