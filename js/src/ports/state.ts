// Where a visitor's identity and the marker of his session are kept: in cookies or in localStorage, under the names
// that other trackers of the protocol know (protocol facts, sections 3.2 and 3.4).
import type { CookieOptions, TrackerOptions } from '../types.ts';
import { wallNow } from './clock.ts';
import { attempt, getItem, removeItem, setItem } from './local-rows.ts';
import { randomName } from './random.ts';

/** The two texts: 0 the identity, 1 the marker of the session. Nothing here throws. */
export interface State {
  /** What they are called. */
  readonly names: readonly string[];
  /** Calls `found` for each text that others have changed since it was read or written here. */
  look(found: (which: number, text: string) => void): void;
  /** Keeps a text for so many seconds; 0: until the browser ends, in localStorage for ever; negative: forgets it,
   * wherever it may be. */
  keep(which: number, text: string, maxAgeS: number): void;
}

/** The value of a cookie; empty if there is none. */
export const readCookie = (name: string): string => {
  const start = `${name}=`;
  const cookies = attempt(() => document.cookie, '').split('; ');
  const text = cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length) ?? '';
  return attempt(() => decodeURIComponent(text), text);
};

type Write = (name: string, text: string, maxAgeS: number) => void;

const cookieWriter =
  ({ path = '/', sameSite = 'Lax', secure = location.protocol === 'https:' }: CookieOptions, domain: string): Write =>
  (name, text, maxAgeS) =>
    attempt(() => {
      document.cookie = `${name}=${encodeURIComponent(text)}; Path=${path}; SameSite=${sameSite}${
        maxAgeS ? `; Max-Age=${maxAgeS}` : ''
      }${domain && `; Domain=${domain}`}${secure ? '; Secure' : ''}`;
    }, undefined);

/** The widest domain of which the page may set cookies: found by trying, since which endings are public is a list. */
const widestDomain = (options: CookieOptions, host: string): string => {
  const labels = host.split('.');
  const trial = `piste_${randomName()}`;
  for (let i = labels.length - 2; i >= 0; --i) {
    const domain = labels.slice(i).join('.');
    const write = cookieWriter(options, domain);
    write(trial, trial, 0);
    const isTaken = readCookie(trial) === trial;
    write(trial, '', -1);
    if (isTaken) return domain;
  }
  return host;
};

const EXPIRES = '.expires';

const readLocal = (name: string): string => {
  const expires = getItem(name + EXPIRES);
  return (expires && +expires < wallNow() ? '' : getItem(name)) ?? '';
};

const writeLocal: Write = (name, text, maxAgeS) => {
  if (maxAgeS < 0) {
    removeItem(name);
    removeItem(name + EXPIRES);
  } else {
    setItem(name, text);
    if (maxAgeS) setItem(name + EXPIRES, `${wallNow() + maxAgeS * 1000}`);
    else removeItem(name + EXPIRES);
  }
};

/** The names, identity first, of what is kept for `domain`. `hash`: the core's, of a scope. */
export const namesAt = (cookies: CookieOptions, domain: string, hash: (scope: string) => number): string[] => {
  const ending = (hash(domain + (cookies.path ?? '/')) + 0x10000).toString(16).slice(1);
  return ['id', 'ses'].map((what) => `${cookies.prefix ?? '_sp_'}${what}.${ending}`);
};

/** `hash`: the core's, of a scope. */
export const openState = (
  options: Pick<TrackerOptions, 'identity' | 'cookies'>,
  hash: (scope: string) => number,
): State => {
  const { identity } = options;
  const cookies = options.cookies ?? {};
  const host = location.hostname.replace(/\.$/, '');
  const isCookie = identity === 'cookie';
  const domain = cookies.domain ?? (isCookie ? widestDomain(cookies, host) : host);
  const names = namesAt(cookies, domain || host, hash);
  const writeCookie = cookieWriter(cookies, domain);
  const known = ['', ''];
  return {
    names,
    look(found) {
      if (identity === 'memory') return;
      names.forEach((name, which) => {
        const text = (isCookie ? readCookie : readLocal)(name);
        if (text !== known[which]) found(which, (known[which] = text));
      });
    },
    keep(which, text, maxAgeS) {
      const name = names[which] as string;
      known[which] = text;
      if (isCookie || maxAgeS < 0) writeCookie(name, text, maxAgeS);
      if (identity === 'local' || maxAgeS < 0) writeLocal(name, text, maxAgeS);
    },
  };
};
