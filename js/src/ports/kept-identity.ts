// Whether a visitor's identity stands in a cookie, found without trying which domain the page may write to.
import type { CookieOptions } from '../types.ts';
import { namesAt, readCookie } from './state.ts';

/** The domain of what is kept; undefined if nothing is. Only reads. */
export const keptDomain = (cookies: CookieOptions, hash: (scope: string) => number): string | undefined => {
  const host = location.hostname.replace(/\.$/, '');
  const labels = host.split('.');
  const domains = cookies.domain === undefined ? labels.map((_, i) => labels.slice(i).join('.')) : [cookies.domain];
  return domains.find((domain) => namesAt(cookies, domain || host, hash).some((name) => readCookie(name)));
};
