// What the text of an address says.
import { base64url } from '../full/base64url.ts';
import { attempt } from '../ports/local-rows.ts';
import { readAddress } from '../ports/page-address.ts';
import type { BrowserCoreApi } from '../snowplow/plugin-api/types.ts';

export const getHostName: BrowserCoreApi['getHostName'] = (url) =>
  /^(?:https?|ftp):\/*(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]+)/.exec(url)?.[1] ?? url;

/** The last one of the name counts. */
export const fromQuerystring: BrowserCoreApi['fromQuerystring'] = (field, url) => {
  const [before = ''] = url.split('#', 1);
  const start = Math.max(before.lastIndexOf(`?${field}=`), before.lastIndexOf(`&${field}=`));
  if (start < 0) return null;
  const [value = ''] = before.slice(start + field.length + 2).split('&', 1);
  const text = value.replaceAll('+', ' ');
  return attempt(() => decodeURIComponent(text), text);
};

export const fixupUrl: BrowserCoreApi['fixupUrl'] = (hostName, href, referrer) => {
  if (hostName === 'translate.googleusercontent.com') {
    const original = fromQuerystring('u', href) ?? '';
    return [getHostName(original), original, referrer || href];
  }
  const isCopy = hostName === 'cc.bingj.com' || hostName === 'webcache.googleusercontent.com';
  const original = isCopy ? readAddress().firstLink : undefined;
  return original === undefined ? [hostName, href, referrer] : [getHostName(original), original, referrer];
};

export const urlSafeBase64Encode: BrowserCoreApi['urlSafeBase64Encode'] = (str) => base64url(str);

export const getTimeZone: BrowserCoreApi['getTimeZone'] = () =>
  attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone, undefined);
