// Cookies and web storage as plugins of `piste/snowplow` read and write them. Nothing throws.
import type { BrowserCoreApi } from '../snowplow/plugin-api/types.ts';
import { wallNow } from './clock.ts';
import { attempt } from './local-rows.ts';
import { readCookie } from './state.ts';

const EXPIRES = '.expires';
const TWO_YEARS_S = 63_072_000;

export const cookie: BrowserCoreApi['cookie'] = (name, ...written) => {
  if (!written.length) return readCookie(name);
  const [value = '', ttl, path, domain, samesite, secure] = written;
  const attributes = {
    Expires: ttl && new Date(wallNow() + ttl * 1000).toUTCString(),
    Path: path,
    Domain: domain,
    SameSite: samesite,
  };
  const text = [
    `${name}=${attempt(() => encodeURIComponent(value), '')}`,
    ...Object.entries(attributes).flatMap(([attribute, set]) => (set ? `${attribute}=${set}` : [])),
    ...(secure ? ['Secure'] : []),
  ].join('; ');
  attempt(() => void (document.cookie = text), undefined);
  return text;
};

export const deleteCookie: BrowserCoreApi['deleteCookie'] = (cookieName, ...attributes) =>
  void cookie(cookieName, '', -1, ...attributes);

export const getCookiesWithPrefix: BrowserCoreApi['getCookiesWithPrefix'] = (cookiePrefix) =>
  attempt(() => document.cookie, '')
    .split('; ')
    .filter((one) => one.startsWith(cookiePrefix));

/** Nothing waits: a tracker of ours writes its cookies at once. */
export const flushPendingCookies: BrowserCoreApi['flushPendingCookies'] = () => {};

export const attemptGetLocalStorage: BrowserCoreApi['attemptGetLocalStorage'] = (key) =>
  attempt(() => {
    const expires = localStorage.getItem(key + EXPIRES);
    if (expires === null || Number(expires) > wallNow()) return localStorage.getItem(key);
    attemptDeleteLocalStorage(key);
    return undefined;
  }, undefined);

export const attemptWriteLocalStorage: BrowserCoreApi['attemptWriteLocalStorage'] = (key, value, ttl = TWO_YEARS_S) =>
  attempt(() => {
    localStorage.setItem(key + EXPIRES, `${wallNow() + ttl * 1000}`);
    localStorage.setItem(key, value);
    return true;
  }, false);

export const attemptDeleteLocalStorage: BrowserCoreApi['attemptDeleteLocalStorage'] = (key) =>
  attempt(() => {
    localStorage.removeItem(key);
    localStorage.removeItem(key + EXPIRES);
    return true;
  }, false);

export const attemptGetSessionStorage: BrowserCoreApi['attemptGetSessionStorage'] = (key) =>
  attempt(() => sessionStorage.getItem(key), undefined);

export const attemptWriteSessionStorage: BrowserCoreApi['attemptWriteSessionStorage'] = (key, value) =>
  attempt(() => {
    sessionStorage.setItem(key, value);
    return true;
  }, false);

/** One that may not be read is there all the same. */
export const hasLocalStorage: BrowserCoreApi['hasLocalStorage'] = () => attempt(() => !!localStorage, true);
export const hasSessionStorage: BrowserCoreApi['hasSessionStorage'] = () => attempt(() => !!sessionStorage, true);

export const localStorageAccessible: BrowserCoreApi['localStorageAccessible'] = () =>
  attempt(() => {
    const trial = `piste${EXPIRES}`;
    localStorage.setItem(trial, trial);
    localStorage.removeItem(trial);
    return true;
  }, false);
