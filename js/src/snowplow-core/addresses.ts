// What the text of an address says.
import { parameterOf } from '../full/address.ts';
import { base64url } from '../full/base64url.ts';
import { attempt } from '../ports/local-rows.ts';
import { readTimezone } from '../ports/page.ts';
import { readAddress } from '../ports/page-address.ts';
import type { BrowserCoreApi } from '../snowplow/plugin-api/types.ts';

export const getHostName: BrowserCoreApi['getHostName'] = (url) =>
  /^(?:https?|ftp):\/*(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]+)/.exec(url)?.[1] ?? url;

export const fromQuerystring: BrowserCoreApi['fromQuerystring'] = (field, url) => parameterOf(url, field);

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

export const getTimeZone: BrowserCoreApi['getTimeZone'] = () => attempt(readTimezone, undefined);
