// Whose word counts more: a visitor who decided; then a signal of the browser; then what is only presumed.
import { attempt } from '../ports/local-rows.ts';
import type { Consent, ConsentDecision, ConsentState, ConsentStates, PurposeMap } from './types.ts';

/** Source of what Global Privacy Control denies. */
export const GPC = 'gpc';
/** Source of what Do Not Track denies. */
export const DNT = 'dnt';
/** Source where the law that the framework is for does not apply to the visitor. */
export const NOT_APPLICABLE = 'tcf: not applicable';
/** Source of what holds until the visitor answers. */
export const GOOGLE_DEFAULT = 'google: default';
/** Source of what the site began with. */
export const INITIAL = 'initial';

const SIGNALS: readonly unknown[] = [GPC, DNT];
const PRESUMED: readonly unknown[] = [NOT_APPLICABLE, GOOGLE_DEFAULT, INITIAL];

/** Most purposes that one adapter tells of. Reason: a banner without bounds must not fill the memory. */
const MOST_PURPOSES = 32;

type Known = Readonly<ConsentDecision> | undefined;

/** The browser has said it, and nobody else since. */
export const isSignal = (known: Known): boolean => SIGNALS.includes(known?.source);

/** Somebody decided: neither a signal nor what is presumed. */
export const isDecision = (known: Known): boolean =>
  !!known && known.state !== 'unknown' && !isSignal(known) && !PRESUMED.includes(known.source);

/** Whether `next` is news, and may take the place of what is known. */
const replaces = (known: Known, next: ConsentDecision): boolean => {
  const isSame = known?.source === next.source;
  if (known?.state === next.state && (isSame || next.state === 'unknown')) return false;
  // What nobody decided gives way, but for what the same source said before.
  return isDecision(next) || isSame || !(isDecision(known) || isSignal(known));
};

/** Whether `state` is a state, whoever says so. */
export const isState = (state: unknown): state is ConsentState =>
  state === 'granted' || state === 'denied' || state === 'unknown';

/** Tells consent what a banner says. States of `acts` are what the visitor has just done: they count once more. */
export type Tell = (states: ConsentStates, source: string, acts?: readonly ConsentState[]) => void;

/** Makes what tells consent the states of one adapter: each once, and only what may stand. What was said before and is
 * said again does not undo what others have said since, unless somebody has done it again. Never throws. */
export const createTell = (consent: Consent): Tell => {
  const told = new Map<string, string>();
  return (states, source, acts) =>
    attempt(() => {
      const known = consent.get();
      const news: Record<string, ConsentState> = {};
      for (const [purpose, state] of Object.entries(states)) {
        const said = `${state} ${source}`;
        if (told.get(purpose) === said && !acts?.includes(state)) continue;
        if (told.size >= MOST_PURPOSES && !told.has(purpose)) continue;
        told.set(purpose, said);
        if (replaces(known[purpose], { state, source, decidedMs: undefined })) news[purpose] = state;
      }
      // One call: nobody sees a state in between.
      if (Object.keys(news).length > 0) consent.set(news, source);
    }, undefined);
};

/** A list of the site's, copied; empty if it is none. */
export const listOf = <T>(list: unknown): readonly T[] =>
  attempt(() => (Array.isArray(list) ? [...(list as readonly T[])] : []), []);

/** The purposes of an adapter's options, each with what it is made of. Without the empty ones: what is made of nothing
 * would always be granted. */
export const mapped = <T>(purposes: PurposeMap<T> | undefined): [purpose: string, list: readonly T[]][] =>
  attempt(
    () =>
      Object.entries({ ...purposes })
        .map(([purpose, list]): [string, readonly T[]] => [purpose, listOf<T>(list)])
        .filter(([, list]) => list.length > 0),
    [],
  );
