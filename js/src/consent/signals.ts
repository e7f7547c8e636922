// Signals of the browser, Global Privacy Control and Do Not Track: they deny what the visitor has not decided.
import { attempt } from '../ports/local-rows.ts';
import { hasDnt, hasGpc } from '../ports/privacy-signals.ts';
import { DNT, GPC, isDecision, isSignal, listOf } from './decisions.ts';
import type { Consent, ConsentState } from './types.ts';

/** Which purposes each signal denies; false: none. */
export type SignalOptions = {
  /** Global Privacy Control. Default: `marketing`. */
  readonly gpc?: readonly string[] | false | undefined;
  /** Do Not Track, which most browsers have given up. Default: none. */
  readonly dnt?: readonly string[] | false | undefined;
};

/** Denies what the signals of this visitor's browser deny, unless he has decided otherwise, before or after. Returns
 * what ends it: decisions stay as they are. Never throws. */
export const connectSignals = (consent: Consent, options?: SignalOptions): (() => void) => {
  const { gpc = ['marketing'], dnt } = attempt((): SignalOptions => ({ ...options }), {});
  const signals: [source: string, purposes: readonly string[]][] = [
    [GPC, hasGpc() ? listOf(gpc) : []],
    [DNT, hasDnt() ? listOf(dnt) : []],
  ];
  const apply = (): void =>
    attempt(() => {
      for (const [source, purposes] of signals) {
        const known = consent.get();
        const open = purposes.filter((one) => known[one] && !isDecision(known[one]) && !isSignal(known[one]));
        const denied = open.map((one): [string, ConsentState] => [one, 'denied']);
        if (denied.length > 0) consent.set(Object.fromEntries(denied), source);
      }
    }, undefined);
  apply();
  // A decision that is taken back leaves it to the signal again.
  const end = attempt(() => consent.onChange(apply), undefined);
  return () => attempt(() => end?.(), undefined);
};
