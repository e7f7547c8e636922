// Turns the options of a tracker and the facts of its page into the settings of the core. The core checks them.
import { Key } from './constants.ts';
import * as page from './ports/page.ts';
import type { TrackerOptions } from './types.ts';
import { VERSION } from './version.ts';

const inMs = (seconds: number | undefined): number | undefined => seconds && seconds * 1000;

/** The settings by key, as text. Those that are not given are left out: the core has the defaults. */
export const settingsOf = (options: TrackerOptions, start: page.PageStart): [key: Key, value: string][] => {
  const [cookies, charset, language, resolution, depth] = page.readFixedFacts();
  const [viewport, documentSize] = page.readSizes();
  const settings: Partial<Record<Key, string | number | boolean | undefined>> = {
    [Key.TrackerVersion]: `piste-${VERSION}`,
    [Key.Namespace]: options.namespace ?? 'piste',
    [Key.AppId]: options.appId,
    [Key.Platform]: options.platform,
    [Key.CookiesEnabled]: cookies,
    [Key.Charset]: charset,
    [Key.Language]: language,
    [Key.Resolution]: resolution,
    [Key.ColorDepth]: depth,
    [Key.Timezone]: page.readTimezone(),
    [Key.Viewport]: viewport,
    [Key.DocumentSize]: documentSize,
    [Key.PageReferrer]: start.referrer,
    [Key.PageUrl]: start.url,
    [Key.PageTitle]: start.title,
    [Key.Collector]: options.collector ?? '',
    [Key.PostPath]: options.postPath,
    [Key.Method]: options.method,
    [Key.Base64]: options.base64,
    [Key.Anonymous]: options.serverAnonymisation,
    [Key.WebPage]: options.webPage,
    [Key.PingFirstMs]: inMs(options.pagePings?.minimumVisitSeconds),
    [Key.PingEveryMs]: inMs(options.pagePings?.heartbeatSeconds),
    [Key.BatchBytes]: options.maxBatchBytes,
    [Key.BatchWaitMs]: options.batchWaitMs,
    [Key.TimeoutMs]: options.requestTimeoutMs,
  };
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [+key, `${typeof value === 'boolean' ? +value : value}`]);
};
