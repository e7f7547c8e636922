// The tracker of `piste/full`: the default one's methods over the host of the full flavour, and those that few need.
import { Field, Key } from '../constants.ts';
import type { Engine } from '../engine.ts';
import { createWasmEngine } from '../engine-wasm.ts';
import type { EngineLoader } from '../engine.ts';
import { attempt } from '../ports/local-rows.ts';
import { trackerOf } from '../tracker.ts';
import type { Entity } from '../types.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import type { FeatureOf } from './feature.ts';
import { firewallText, SAFE } from './firewall.ts';
import { clockOf, FullHost } from './full-host.ts';
import { withHeldDrafts } from './held-drafts.ts';
import type { HostOptions } from './options.ts';
import type { Parts } from './parts.ts';
import { fullSessionOf } from './session-details.ts';
import type {
  ChangeableOptions,
  FullOptions,
  FullSession,
  FullStats,
  FullTracker,
  TrackerActivity,
  TrackerPage,
} from './types.ts';

/** The options that are the core's, by name. */
const KEYS = {
  collector: Key.Collector,
  appId: Key.AppId,
  platform: Key.Platform,
  base64: Key.Base64,
  serverAnonymisation: Key.Anonymous,
  userLifetimeSeconds: Key.UserLifetimeS,
  minBatchEvents: Key.BatchEvents,
} as const;

/** Which part of the URL makes a new page view, as the page's state has it. */
const PARTS = { path: 'pathname', query: 'pathnameAndSearch', hash: 'full' } as const;

/** Entities as JSON with commas between; empty if they cannot be written. */
const textOf = (entities: readonly Entity[] | undefined): string =>
  attempt(() => JSON.stringify([...(entities ?? [])]).slice(1, -1), '');

/** The host as the site's own API has it. */
class SiteHost extends FullHost {
  made: Engine | undefined;

  override session(): FullSession | undefined {
    return fullSessionOf(this.identity);
  }

  override stats(): FullStats {
    const count = (field: Field): number => attempt(() => this.made?.number(field), 0) ?? 0;
    return {
      ...super.stats(),
      redacted: {
        dropped: count(Field.FirewallDropped),
        masked: count(Field.FirewallMasked),
        hashed: count(Field.FirewallHashed),
      },
    };
  }
}

const pageOf = (host: FullHost): TrackerPage => ({
  setTitle: (title) => host.setPageTitle(title),
  viewId: () => host.pageViewId(),
  keepViewId: () => host.pageViewIds.freeze(),
});

const activityOf = (host: FullHost): TrackerActivity => ({
  setPings: (times) => host.setClock(Key.PingFirstMs, clockOf(times)),
  mark: () => host.markActive(),
});

const configure = (host: FullHost, changed: ChangeableOptions): void => {
  for (const [name, key] of Object.entries(KEYS)) {
    const value = changed[name as keyof typeof KEYS];
    if (value !== undefined) host.set(key, typeof value === 'boolean' ? +value : value);
  }
  if ('entities' in changed) host.attached = textOf(changed.entities);
  Object.assign(host.given, changed);
  if (changed.identity ?? changed.cookies) host.moveIdentity(changed);
  host.taken(); // what waited may go now
};

/** Makes a tracker whose engine `load` makes when the page is idle. */
export const createFullTracker = (
  load: (create: (wasm: never) => Engine) => EngineLoader,
  options: FullOptions,
): FullTracker => {
  const { features, pageViewIdBy, pagePings, entities, firewall, ...rest } = { ...options };
  const parts: Parts = {};
  const loader = load((wasm) => {
    const engine = (parts.createEngine ?? createWasmEngine)(wasm);
    host.made = parts.heldDrafts ? withHeldDrafts(engine as DraftingEngine, host, parts.heldDrafts) : engine;
    return host.made;
  });
  const host = new SiteHost(
    loader,
    { ...(rest as HostOptions), pageViewUrl: pageViewIdBy && PARTS[pageViewIdBy] },
    {},
    parts,
  );
  host.attached = textOf(entities);
  // What the core refuses of the site's rules leaves these.
  if (firewall !== 'off') host.set(Key.Firewall, SAFE);
  if (firewall !== 'off' && firewall !== undefined) host.set(Key.Firewall, firewallText(firewall));
  for (const feature of [features ?? []].flat()) attempt(() => (feature as FeatureOf).attach(host), 0);
  const activity = activityOf(host);
  if (pagePings) activity.setPings(pagePings);
  const base = trackerOf(host) as FullTracker;
  // What cannot be read the default tracker refuses.
  const trackPageView: FullTracker['trackPageView'] = (event) =>
    base.trackPageView(attempt(() => ({ ...event, entities: host.beginView({ ...event }) }), event));
  return {
    ...base,
    trackPageView,
    track(event) {
      if (attempt(() => event.type, undefined) === 'page_view') trackPageView(event);
      else base.track(event);
    },
    page: pageOf(host),
    activity,
    setUserId: (id) => host.setUserId(id),
    forgetVisitor: (keep) => host.forget(!!keep?.session, !!keep?.user),
    identityNames() {
      const [user = '', session = ''] = host.stateNames();
      return { user, session };
    },
    tabId: () => host.tab(),
    configure: (changed) => attempt(() => configure(host, { ...changed }), undefined),
  };
};
