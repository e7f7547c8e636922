// What a tracker of the face shows to plugins as its core: keys of all events, entities, and events of their own.
import { EventKind, Key } from '../constants.ts';
import { fieldsOf } from '../event-fields.ts';
import type { FullHost } from '../full/full-host.ts';
import { attempt } from '../ports/local-rows.ts';
import { monoNow, wallNow } from '../ports/clock.ts';
import type { EventOptions } from '../types.ts';
import type { CorePlugin, Payload, TrackerCore } from './types.ts';
import type { Logger, Timestamp } from './tracker-core/types.ts';

/** A time of the site's as ours: a bare number is the device's, and 0 in an object means now. */
export const timesOf = (timestamp: Timestamp | null | undefined): EventOptions => {
  if (typeof timestamp === 'number') return { deviceTimestamp: timestamp };
  const { type, value } = { ...timestamp } as { type?: string; value?: number };
  return type === 'ttm' ? { trueTimestamp: value } : { deviceTimestamp: value || undefined };
};

/** Lets a plugin join: it hears of the log first, then of the core. */
export const activate = (plugin: CorePlugin, core: TrackerCore, log: Logger): void => {
  attempt(() => plugin.logger?.(log), undefined);
  attempt(() => plugin.activateCorePlugin?.(core), undefined);
};

/** Keys that each event has from the start. */
const PERSISTENT = 'tv tna aid p cookie cs lang res cd tz';

export const createCore = (host: FullHost, log: Logger, base64: boolean): TrackerCore => {
  let isBase64 = base64;
  let isActive = true;
  const pair = (key: string) => (value: unknown) => core.addPayloadPair(key, value);
  const core: TrackerCore = {
    track(builder, context, timestamp) {
      if (!isActive) return void log.error('The tracker is deactivated.');
      return attempt(() => {
        const event = { entities: context ?? undefined, ...timesOf(timestamp) };
        const own = { pairs: { ...builder.getPayload() }, json: [...builder.getJson()] };
        return host.trackDraft([EventKind.Other, fieldsOf(EventKind.Other, event), wallNow(), monoNow()], own);
      }, undefined);
    },
    // Undefined takes away what each event has from the start.
    addPayloadPair: (key, value) => void (host.pairs[key] = value),
    addPayloadDict: (dict) => void Object.assign(host.pairs, dict),
    resetPayloadPairs(dict: Payload) {
      const none = PERSISTENT.split(' ').map((key) => [key] as unknown as [string, undefined]);
      host.pairs = { ...Object.fromEntries(none), ...dict };
    },
    deactivate() {
      isActive = false;
      for (const plugin of host.plugins.splice(0) as CorePlugin[])
        attempt(() => plugin.deactivatePlugin?.(core), undefined);
      host.close();
    },
    getBase64Encoding: () => isBase64,
    setBase64Encoding(encode) {
      isBase64 = encode;
      host.given.base64 = encode;
      host.set(Key.Base64, +!!encode);
    },
    setTrackerVersion: pair('tv'),
    setTrackerNamespace: pair('tna'),
    setAppId: pair('aid'),
    setPlatform: pair('p'),
    setUserId: (id) => host.setUserId(id),
    setScreenResolution: (width, height) => core.addPayloadPair('res', `${width}x${height}`),
    setViewport: (width, height) => host.set(Key.Viewport, `${width}x${height}`),
    setColorDepth: pair('cd'),
    setTimezone: pair('tz'),
    setLang: pair('lang'),
    setIpAddress: pair('ip'),
    setUseragent: pair('ua'),
    addGlobalContexts: (contexts) => host.parts.globalEntities?.add(contexts),
    clearGlobalContexts: () => host.parts.globalEntities?.clear(),
    removeGlobalContexts: (contexts) => host.parts.globalEntities?.remove(contexts),
    addPlugin({ plugin }) {
      host.plugins.push(plugin as FullHost['plugins'][number]);
      activate(plugin, core, log);
    },
  };
  return core;
};
