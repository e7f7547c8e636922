// The features of `piste/full`: a bundler keeps those that a site makes.
import { EventKind, Key, Status } from '../constants.ts';
import { watchMetrics } from '../ports/activity-metrics.ts';
import { createBrowserEntity } from '../ports/browser-facts.ts';
import { openEventStore } from '../ports/event-store.ts';
import { attempt } from '../ports/local-rows.ts';
import { readAddress } from '../ports/page-address.ts';
import { refuses } from '../ports/refusal.ts';
import { requestTransport } from '../ports/requests.ts';
import { createAddress } from './address.ts';
import { createDraftingEngine } from './drafting-engine.ts';
import { DRAFTING } from './drafts.ts';
import { erasureBy } from './erasure.ts';
import { featureOf } from './feature.ts';
import type { FullHost } from './full-host.ts';
import { clockOf, textOf } from './full-host.ts';
import { createGlobalEntities } from './global-entities.ts';
import { decorateLinksFor } from './link-decoration.ts';
import type { Payload } from './payload-builder.ts';
import { ownOf } from './payload-builder.ts';
import { takeOver } from './take-over.ts';
import { trackTransaction } from './transactions.ts';
import type { Parts } from './parts.ts';
import type { Plugin as InnerPlugin } from './plugins.ts';
import type {
  Activity,
  ActivityListenerFeature,
  ActivityTimes,
  CrossDomainLinksFeature,
  ErasureOptions,
  EventStore,
  Feature,
  Fields,
  FieldsFeature,
  GlobalEntitiesFeature,
  GlobalEntity,
  LinkDetails,
  PageAddressFeature,
  Plugin,
  PluginsFeature,
  RefusalsFeature,
  RefusalSigns,
  RequestOptions,
  TransactionsFeature,
} from './types.ts';

const allowDrafts = ({ parts }: FullHost): void =>
  void Object.assign(parts, { ...DRAFTING, createEngine: createDraftingEngine } satisfies Parts);

type Functions<T extends Feature> = Omit<T, keyof Feature>;

/** Entities for all events, or for those that meet a condition. What is none of them is told to `onProblem` (102,
 * during `globalEntities`). */
export const globalEntities = (
  start: readonly GlobalEntity[] | Readonly<Record<string, GlobalEntity>> = [],
): GlobalEntitiesFeature => {
  const hosts: FullHost[] = [];
  const held = createGlobalEntities({
    rejectOnlyAdmits: true,
    invalid: (item) => hosts.forEach((host) => host.site.report(Status.InvalidValue, 'globalEntities', item)),
  });
  const functions: Functions<GlobalEntitiesFeature> = {
    add: (entities) => held.add(entities),
    remove: (entities) => held.remove(entities),
    clear: () => held.clear(),
  };
  return featureOf(
    (host) => {
      allowDrafts(host);
      host.parts.globalEntities = held;
      // Not before: nobody would be told of what is invalid.
      if (hosts.length === 1) held.add(start);
    },
    functions,
    hosts,
  );
};

const pluginOf = (plugin: Plugin): InnerPlugin => {
  const { entities, beforeTrack, ...rest } = ownOf(plugin) as Plugin;
  return {
    ...(rest as InnerPlugin),
    ...(entities && { contexts: entities }),
    ...(beforeTrack && {
      beforeTrack: (builder) =>
        beforeTrack({
          payload: builder.getPayload(),
          setField: (name, value) => builder.add(name, value),
          addEntity: (entity) => builder.addContextEntity(entity),
        }),
    }),
  };
};

/** Those who take part in the making of each event. */
export const plugins = (...start: readonly Plugin[]): PluginsFeature => {
  const held = start.map(pluginOf);
  const lists = [held];
  const functions: Functions<PluginsFeature> = {
    add(plugin) {
      const one = pluginOf(plugin);
      for (const list of lists) list.push(one);
      return () => {
        for (const list of lists) if (list.includes(one)) list.splice(list.indexOf(one), 1);
      };
    },
  };
  return featureOf((host) => {
    allowDrafts(host);
    host.plugins.push(...held);
    lists.push(host.plugins);
  }, functions);
};

/** Fields of the payload that every event has, as `ip`: they win over the event's own. */
export const fields = (start: Fields = {}): FieldsFeature => {
  const held: Payload = {};
  const pairs = [held];
  const functions: Functions<FieldsFeature> = {
    set(name, value) {
      for (const one of pairs)
        if (value === undefined || value === null || value === '') delete one[name];
        else one[name] = value;
    },
  };
  for (const [name, value] of Object.entries(ownOf(start))) functions.set(name, value);
  return featureOf((host) => {
    allowDrafts(host);
    pairs.push(Object.assign(host.pairs, held));
  }, functions);
};

/** Where the page is, if that is not what the browser says. `preserveReferrer`: the one with which the page was opened
 * stays, though a single-page app goes on. */
export const pageAddress = (options?: { preserveReferrer?: boolean | undefined }): PageAddressFeature => {
  const address = createAddress(readAddress(), { preserveOriginalReferrer: !!ownOf(options).preserveReferrer });
  const functions: Functions<PageAddressFeature> = {
    setUrl(url) {
      const { href } = readAddress();
      // By RFC 3986; what is relative the address resolves as the Snowplow browser tracker does.
      address.useUrl(
        attempt(() => url && new URL(url, href).href, url),
        href,
      );
    },
    setReferrer: (url) => address.useReferrer(url),
    discardHash: (on) => address.cutHash(on),
    discardBraces: (on) => address.cutBraces(on),
  };
  return featureOf((host) => (host.parts.address = address), functions);
};

/** Links that tell the site behind them who comes: by the short format, or with details by the extended one. */
export const crossDomainLinks = (details?: LinkDetails): CrossDomainLinksFeature => {
  const hosts: FullHost[] = [];
  const functions: Functions<CrossDomainLinksFeature> = {
    decorate: (wants) => hosts.forEach((host) => decorateLinksFor(host, wants, details)),
  };
  return featureOf(() => undefined, functions, hosts);
};

/** The entity `browser_context`: screen, languages, and so on. */
export const browserEntity = (): Feature => featureOf((host) => (host.parts.browser = createBrowserEntity()));

/** Tells a function when the visitor is active, by a clock of its own, from the next page view on. */
export const activityListener = (
  listener: (activity: Activity) => void,
  times: ActivityTimes,
): ActivityListenerFeature => {
  const hosts: FullHost[] = [];
  let clock = clockOf(ownOf(times) as unknown as ActivityTimes);
  const setClock = (host: FullHost): void => host.setClock(Key.ActivityFirstMs, clock);
  const functions: Functions<ActivityListenerFeature> = {
    setTimes(changed) {
      clock = clockOf(changed);
      hosts.forEach(setClock);
    },
  };
  return featureOf(
    (host) => {
      host.parts.listener = (entities, [minX, maxX, minY, maxY], counts) =>
        listener({ pageViewId: host.pageViewId(), entities, minX, maxX, minY, maxY, counts });
      setClock(host);
    },
    functions,
    hosts,
  );
};

/** The entity `activity_metrics` in each page ping: how much the visitor did. */
export const activityMetrics = (): Feature => featureOf((host) => host.measure(watchMetrics));

/** Heeds visitors who do not want to be tracked: nothing is, their ids are forgotten, and none are made. */
export const refusals = (signs: RefusalSigns): RefusalsFeature => {
  const held: RefusalSigns = ownOf(signs);
  const functions: Functions<RefusalsFeature> = { heed: (changed) => void Object.assign(held, ownOf(changed)) };
  return featureOf((host) => {
    host.parts.refuses = () => refuses(held);
    // Before there is an engine: it would begin with an identity.
    host.set(Key.OptedOut, +host.isRefused());
  }, functions);
};

/** Asks, when the visitor withdraws his consent on this page, for the erasure of what was collected of him. */
export const erasure = (options: ErasureOptions = {}): Feature =>
  featureOf((host) => (host.parts.erasure = erasureBy(ownOf(options))));

/** Orders and what is in them, as events of their own kind (`tr` and `ti`). */
export const transactions = (): TransactionsFeature => {
  const hosts: FullHost[] = [];
  const functions: Functions<TransactionsFeature> = {
    track: (event) => hosts.forEach((host) => trackTransaction(host, EventKind.Transaction, event)),
    trackItem: (event) => hosts.forEach((host) => trackTransaction(host, EventKind.TransactionItem, event)),
  };
  return featureOf(() => undefined, functions, hosts);
};

/** Requests as the site wants them. */
export const requests = (options: RequestOptions): Feature => {
  const own: RequestOptions = ownOf(options);
  return featureOf(
    (host) => (host.parts.transport = ({ credentials, headers }) => requestTransport({ ...own, credentials, headers })),
  );
};

/** With `method: 'get'`: an event whose query would be longer, its question mark included, goes by POST. */
export const queryLimit = (maxBytes: number): Feature =>
  featureOf((host) => {
    allowDrafts(host);
    host.given.maxGetBytes = maxBytes;
  });

/** Undelivered events in a store of the site's own. */
export const eventStore = (store: EventStore): Feature =>
  featureOf((host) => (host.parts.rows = (events) => openEventStore(store, events)));

/** Takes over what Snowplow's browser tracker of that id has left in localStorage. */
export const snowplowQueue = (trackerId: string): Feature => featureOf((host) => takeOver(host, textOf(trackerId)));
