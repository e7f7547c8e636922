// Google's consent mode: the commands `consent default` and `consent update` in the page's data layer.
import { findLayer, hearPushes } from '../ports/data-layer.ts';
import { attempt } from '../ports/local-rows.ts';
import { hasPage } from '../ports/page.ts';
import { keepLooking } from '../ports/returns.ts';
import { after } from '../ports/timer.ts';
import { createTell, GOOGLE_DEFAULT, listOf, mapped } from './decisions.ts';
import type { Consent, ConsentState, PurposeMap } from './types.ts';

/** Source of what the visitor has answered. */
const GOOGLE = 'google';
const WAIT_MS = 60_000;
/** Most that a default waits for an update, in ms. Reason: a page may say anything. */
const MOST_WAIT_MS = 60_000;

/** How the types of the consent mode are read. */
export type GoogleConsentOptions = {
  /** Types of each purpose. Default: `analytics` is `analytics_storage`, `marketing` is `ad_storage`, `ad_user_data`
   * and `ad_personalization`. */
  readonly purposes?: PurposeMap<string> | undefined;
  /** Name of the array in the window. Default `dataLayer`. */
  readonly dataLayer?: string | undefined;
  /** Where the visitor is, as `FR` or `US-CA` (ISO 3166-2), for defaults with regions. Default: nobody knows. */
  readonly region?: string | undefined;
  /** How long the array may take to be there, or to be replaced, in ms. Default one minute. */
  readonly waitMs?: number | undefined;
};

const PURPOSES: PurposeMap<string> = {
  analytics: ['analytics_storage'],
  marketing: ['ad_storage', 'ad_user_data', 'ad_personalization'],
};

type Said = 'granted' | 'denied';

/** What was said of one type. */
type Type = {
  /** The visitor's answer. */
  update: Said | undefined;
  /** The default for him. */
  general: Said | undefined;
  /** How narrow the regions of that default are: none, a country, a part of one. */
  rank: number;
  /** Some region that may be his has this default, and it is denied. */
  isDeniedSomewhere: boolean;
  /** The update has come since it was told last. */
  isFresh: boolean;
};

/** How narrow the default for `regions` is for who is in `region`; undefined: it is not for him, or nobody knows. */
const rankOf = (regions: readonly unknown[], region: string | undefined): number | undefined => {
  if (regions.length === 0) return 0;
  if (!region) return undefined;
  const names = regions.map((one) => `${one as string}`.toUpperCase());
  const mine = region.toUpperCase();
  if (names.includes(mine)) return 2;
  return names.includes(mine.split('-')[0] as string) ? 1 : undefined;
};

const createTypes = (names: readonly string[], region: string | undefined) => {
  const types = new Map<string, Type>(
    names.map((name) => [
      name,
      { update: undefined, general: undefined, rank: 0, isDeniedSomewhere: false, isFresh: false },
    ]),
  );
  /** Takes one item of the data layer, whatever it is. Gives how long its default waits for an update, in ms; undefined
   * if it says nothing of consent. Throws what getters throw. */
  const take = (item: unknown): number | undefined => {
    const { 0: command, 1: how, 2: given } = Object(item) as ArrayLike<unknown>;
    if (command !== 'consent' || (how !== 'default' && how !== 'update')) return undefined;
    const values = { ...(given as Readonly<Record<string, unknown>>) };
    const list = typeof values['region'] === 'string' ? [values['region']] : listOf(values['region']);
    const rank = rankOf(list, region);
    for (const [name, type] of types) {
      const said = values[name];
      if (said !== 'granted' && said !== 'denied') continue;
      if (how === 'update') Object.assign(type, { update: said, isFresh: true });
      else if (rank === undefined) type.isDeniedSomewhere ||= !region && said === 'denied';
      else if (rank >= type.rank) Object.assign(type, { general: said, rank });
    }
    return how === 'default' ? Number(values['wait_for_update']) || 0 : 0;
  };
  /** What follows for a purpose of these types; undefined: nothing yet. A default that denies is no answer, but the
   * question. */
  const stateOf = (names: readonly string[]): [ConsentState, source: string] | undefined => {
    const all = names.map((name) => types.get(name) as Type);
    if (!all.some(({ update, general, isDeniedSomewhere }) => update || general || isDeniedSomewhere)) return undefined;
    const source = all.some(({ update }) => update) ? GOOGLE : GOOGLE_DEFAULT;
    if (all.some(({ update }) => update === 'denied')) return ['denied', source];
    const isGranted = ({ update, general, isDeniedSomewhere }: Type): boolean =>
      !!update || (general === 'granted' && !isDeniedSomewhere);
    return [all.every(isGranted) ? 'granted' : 'unknown', source];
  };
  /** Whether an update has denied some of them, since that was asked last. */
  const takeRefusal = (names: readonly string[]): boolean => {
    const fresh = names.map((name) => types.get(name) as Type).filter(({ isFresh }) => isFresh);
    for (const type of fresh) type.isFresh = false;
    return fresh.some(({ update }) => update === 'denied');
  };
  return { take, stateOf, takeRefusal };
};

/** Takes over what the site's banner says to Google's tags, by the commands that are there and those that follow, until
 * what it returns is called. Never throws. */
export const connectGoogleConsent = (consent: Consent, options?: GoogleConsentOptions): (() => void) => {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  if (!hasPage()) return end; // on a server
  const {
    purposes = PURPOSES,
    dataLayer = 'dataLayer',
    region,
    waitMs = WAIT_MS,
  } = attempt((): GoogleConsentOptions => ({ ...options }), {});
  const all = mapped(purposes);
  const types = createTypes(
    all.flatMap(([, names]) => names),
    attempt(() => region && `${region}`, undefined),
  );
  const tell = createTell(consent);
  const tellThose = (wanted: string): void => {
    const states = all.flatMap(([purpose, names]) => {
      const [state, source] = types.stateOf(names) ?? [];
      return state && source === wanted ? [[purpose, state] as const] : [];
    });
    tell(Object.fromEntries(states), wanted);
  };
  // What is only presumed can wait for the next default, which may restrict it, and for an update.
  let endWait = (): void => {};
  let waitedMs = 0;
  let isNews = false;
  const tellAll = (): void => {
    if (!isNews) return;
    isNews = false;
    // Who says no once more means it, whatever was said elsewhere meanwhile.
    const refused = all
      .filter(([, names]) => types.takeRefusal(names))
      .map(([purpose]) => [purpose, 'denied'] as const);
    tellThose(GOOGLE);
    tell(Object.fromEntries(refused), GOOGLE, ['denied']);
    endWait();
    endWait = after(waitedMs, () => tellThose(GOOGLE_DEFAULT));
  };
  const take = (item: unknown): void => {
    const ms = types.take(item);
    if (ms === undefined) return;
    isNews = true;
    waitedMs = Math.min(Math.max(ms, waitedMs), MOST_WAIT_MS);
  };
  ended.signal.addEventListener('abort', () => endWait());
  let known: unknown[] | undefined;
  keepLooking(
    () => {
      const layer = findLayer(dataLayer);
      if (layer && layer !== known) hearPushes((known = layer), take, tellAll, ended.signal);
      return false; // pages put another in its place
    },
    waitMs,
    ended.signal,
  );
  return end;
};
