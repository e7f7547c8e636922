// The IAB's Transparency and Consent Framework 2.2: what the visitor has told a banner that has its interface.
import { attempt } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { keepLooking } from '../ports/returns.ts';
import { findTcf, openTcf, type TcfCall } from '../ports/tcf-api.ts';
import { createTell, mapped, NOT_APPLICABLE } from './decisions.ts';
import { parseTcString } from './tc-string.ts';
import type { Consent, ConsentState, PurposeMap } from './types.ts';

/** How the framework's purposes are read. */
export type TcfOptions = {
  /** Numbers of the framework's purposes, from 1. Default: `analytics` is 1, 7, 8, 9 and 10, `marketing` is 1, 2, 3
   * and 4. */
  readonly purposes?: PurposeMap<number> | undefined;
  /** Whether a legitimate interest counts as consent, where the framework knows one: for purposes 2 and 7 to 11.
   * Default false. */
  readonly legitimateInterest?: boolean | undefined;
  /** How long the banner's interface may take to be there, in ms. Default one minute. */
  readonly waitMs?: number | undefined;
};

/** Source of what the visitor has answered. */
const TCF = 'tcf';
const WAIT_MS = 60_000;
/** Purposes for which the framework knows a legitimate interest. */
const INTERESTS: readonly number[] = [2, 7, 8, 9, 10, 11];
/** Most banners that are asked while none has answered. Reason: a page could put a new one there at each look. */
const MOST_ASKED = 5;
const PURPOSES: PurposeMap<number> = { analytics: [1, 7, 8, 9, 10], marketing: [1, 2, 3, 4] };

/** Of `TCData`, what is read here. Anything may be anything. */
type TcData = {
  readonly eventStatus?: unknown;
  readonly gdprApplies?: unknown;
  readonly tcString?: unknown;
  readonly purpose?: { readonly consents?: unknown; readonly legitimateInterests?: unknown } | null;
  readonly listenerId?: unknown;
};

const isTrue = (ids: unknown, id: number): boolean =>
  typeof ids === 'object' && ids !== null && Object.hasOwn(ids, id) && Reflect.get(ids, id) === true;

/** Whether the visitor consents to a purpose; undefined where the data have no good answers. */
const consentsIn = (
  { purpose, tcString, eventStatus }: TcData,
  hasInterest: (id: number) => boolean,
): ((id: number) => boolean) | undefined => {
  const consents = purpose?.consents;
  if (typeof consents === 'object' && consents !== null && !Array.isArray(consents)) {
    const values = Object.values({ ...consents });
    // Who has answered and has nothing listed has said no to all.
    const isAnswered = values.length > 0 || (eventStatus === 'useractioncomplete' && !tcString);
    const isGood = isAnswered && values.every((one) => typeof one === 'boolean');
    const interests = purpose?.legitimateInterests;
    if (isGood) return (id) => isTrue(consents, id) || (hasInterest(id) && isTrue(interests, id));
  }
  const parsed = parseTcString(tcString);
  if (!parsed) return undefined;
  const { purposeConsents, purposeLegitimateInterests } = parsed;
  return (id) => purposeConsents.includes(id) || (hasInterest(id) && purposeLegitimateInterests.includes(id));
};

/** Gives what takes the data of a banner. */
const createTake = (consent: Consent, { purposes = PURPOSES, legitimateInterest }: TcfOptions) => {
  const all = mapped(purposes);
  const tell = createTell(consent);
  let isAnswered = false;
  const hasInterest = (id: number): boolean => legitimateInterest === true && INTERESTS.includes(id);
  const say = (
    source: string,
    stateOf: (ids: readonly number[]) => ConsentState,
    acts?: readonly ConsentState[],
  ): void => tell(Object.fromEntries(all.map(([purpose, ids]) => [purpose, stateOf(ids)])), source, acts);
  return (data: TcData): void => {
    const { eventStatus, gdprApplies } = data;
    // While the banner is shown once more, what was answered before holds.
    if (eventStatus === 'cmpuishown' && !isAnswered) say(TCF, () => 'unknown');
    if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return;
    if (gdprApplies === false) return say(NOT_APPLICABLE, () => 'granted');
    const has = consentsIn(data, hasInterest);
    if (!has) return;
    isAnswered = true;
    // What the visitor has just chosen counts more than what was said elsewhere before.
    const acts: ConsentState[] = eventStatus === 'useractioncomplete' ? ['granted', 'denied'] : [];
    say(TCF, (ids) => (ids.every(has) ? 'granted' : 'denied'), acts);
  };
};

/** Listens to a banner. Returns what ends that: once, and not before the banner has said what we are called. */
const listen = (call: TcfCall, take: (data: TcData) => void, signal: AbortSignal): (() => void) => {
  let listenerId: unknown;
  let isRemoved = false;
  const remove = (): void =>
    attempt(() => {
      if (isRemoved || listenerId === undefined) return;
      isRemoved = true;
      call('removeEventListener', () => {}, listenerId);
    }, undefined);
  const hear = (data: unknown, isGood: unknown): void =>
    attempt(() => {
      if (isGood !== true || !data) return;
      listenerId ??= (data as TcData).listenerId;
      if (signal.aborted) remove();
      else take(data);
    }, undefined);
  attempt(() => call('addEventListener', hear), undefined);
  return remove;
};

/** Takes over what the visitor tells a banner of the framework, as soon as there is one, until what it returns is
 * called. Never throws. */
export const connectTcf = (consent: Consent, options?: TcfOptions): (() => void) => {
  const ended = new AbortController();
  const { signal } = ended;
  const chosen = attempt((): TcfOptions => ({ ...options }), {});
  const take = createTake(consent, chosen);
  const asked = new Map<object, () => void>();
  let isHeard = false;
  const hear = (data: TcData): void => {
    isHeard = true;
    take(data);
  };
  /** Until one has answered: what was asked may be a placeholder that nobody serves any more. */
  const look = (): boolean => {
    const place = isHeard ? undefined : findTcf();
    if (place && !asked.has(place) && asked.size < MOST_ASKED) {
      asked.set(place, listen(openTcf(place, signal), hear, signal));
    }
    return isHeard;
  };
  if (hasPage()) keepLooking(look, chosen.waitMs ?? WAIT_MS, signal);
  return () => {
    ended.abort();
    for (const remove of asked.values()) remove();
  };
};
