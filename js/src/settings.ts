// Turns the options of a tracker and the facts of its page into the settings of the core. The core checks them.
import type { Key } from './constants.ts';
import * as page from './ports/page.ts';
import type { TrackerOptions } from './types.ts';
import { VERSION } from './version.ts';

const IDENTITIES = ['none', 'cookie', 'local', 'memory'];

/** As the core numbers them; -1: no such thing. */
export const identityOf = ({ identity = 'none' }: TrackerOptions): number => IDENTITIES.indexOf(identity);
/** As the core numbers them. */
export const anonymityOf = (anonymous: TrackerOptions['anonymous']): string =>
  `${anonymous === 'session' ? 2 : +!!anonymous}`;

const inMs = (seconds: number | undefined): number | undefined => seconds && seconds * 1000;

/** The settings by key, as text. Those that are not given are left out: the core has the defaults. */
export const settingsOf = (options: TrackerOptions, start: page.PageStart): [key: Key, value: string][] => {
  const { pagePings } = options;
  // In the order of Key, from Key.TrackerVersion to Key.SessionTimeoutS: their numbers would be 100 bytes.
  const settings: (string | number | boolean | undefined)[] = [
    `piste-${VERSION}`,
    options.namespace ?? 'piste',
    options.appId,
    options.platform,
    ...page.readFixedFacts(),
    page.readTimezone(),
    ...page.readSizes(),
    undefined, // Key.UserId
    start.referrer,
    start.url,
    start.title,
    options.collector ?? '',
    options.postPath,
    options.method,
    options.base64,
    options.serverAnonymisation,
    options.webPage,
    inMs(pagePings?.minimumVisitSeconds),
    inMs(pagePings?.heartbeatSeconds),
    options.maxBatchBytes,
    options.batchWaitMs,
    options.requestTimeoutMs,
    undefined, // Key.KeepaliveTaken
    options.identity && identityOf(options),
    anonymityOf(options.anonymous),
    options.sessionEntity,
    options.userLifetimeSeconds,
    options.sessionTimeoutSeconds,
  ];
  return settings.flatMap((value, key) =>
    value === undefined || value === null ? [] : [[key, `${typeof value === 'boolean' ? +value : value}`]],
  );
};
