// One tracker of the face: the names of the peer over the host of the full flavour. Translates, and decides nothing.
import { EventKind, Key, Signal } from '../constants.ts';
import { parameterOf } from '../full/address.ts';
import type { Clock, FullHost } from '../full/full-host.ts';
import { textOf } from '../full/full-host.ts';
import { decorateLinksFor } from '../full/link-decoration.ts';
import { watchMetrics } from '../ports/activity-metrics.ts';
import { attempt } from '../ports/local-rows.ts';
import { readCookie } from '../ports/state.ts';
import { anonymousOf, identityOfStrategy, isServerAnonymous } from './configuration.ts';
import { activate, createCore, timesOf } from './core.ts';
import { parsedIdCookie } from './identity.ts';
import type { Logger } from './tracker-core/types.ts';
import type {
  ActivityCallback,
  ActivityTrackingConfiguration,
  AnonymousTrackingOptions,
  BrowserTracker,
  SharedState,
  StateStorageStrategy,
  TrackerConfiguration,
} from './types.ts';

/** What is known of a tracker besides its host. */
export interface Naming {
  id: string;
  namespace: string;
  sharedState: SharedState;
}

/** Undefined, if there is no clock in it. */
const clockOf = ({ minimumVisitLength, heartbeatDelay }: ActivityTrackingConfiguration): Clock | undefined => {
  const isClock = Number.isInteger(minimumVisitLength) && Number.isInteger(heartbeatDelay) && heartbeatDelay > 0;
  return isClock ? [minimumVisitLength, heartbeatDelay] : undefined;
};

/** What a tracker tells of its visitor and its page. */
const getters = (host: FullHost, given: TrackerConfiguration) => {
  const fields = (): ReturnType<typeof parsedIdCookie> =>
    parsedIdCookie(host.identityText(), given.stateStorageStrategy !== 'none');
  return {
    getDomainSessionIndex: () => fields()[3],
    getDomainSessionId: () => fields()[6],
    getPageViewId: () => host.pageViewId(),
    getTabId: () => host.tab() ?? null,
    getCookieName: (base) => host.stateNames()[+(base === 'ses')] ?? '',
    getUserId: () => host.userId as string | null | undefined,
    getDomainUserId: () => fields()[1],
    getDomainUserInfo: fields,
  } satisfies Partial<BrowserTracker>;
};

/** The clock of pings, and that of the callback. */
const CLOCKS = [Key.PingFirstMs, Key.ActivityFirstMs] as const;

/** When and how the visitor's activity is told. */
const activity = (host: FullHost, log: Logger) => {
  /** Pings, and the callback in their place. */
  const enabled = [false, false];
  /** Begins page pings, or what takes their place, if they are not there already. */
  const enable = (
    which: 0 | 1,
    configuration: ActivityTrackingConfiguration & { callback?: ActivityCallback },
  ): void => {
    const clock = clockOf({ ...configuration });
    if (!clock) return log.error('Activity tracking needs whole seconds.');
    if (enabled[which]) return log.warn('Activity tracking is enabled already.');
    enabled[which] = true;
    const { activityMetrics, callback } = configuration;
    if (activityMetrics) host.measure(watchMetrics);
    if (which)
      host.parts.listener = (context, [minXOffset, maxXOffset, minYOffset, maxYOffset], metrics) =>
        callback?.({
          context: context as never,
          pageViewId: host.pageViewId(),
          minXOffset,
          minYOffset,
          maxXOffset,
          maxYOffset,
          ...(metrics && { activityMetrics: metrics }),
        });
    host.setClock(CLOCKS[which], clock);
  };
  const disable = (which: 0 | 1): void => {
    enabled[which] = false;
    host.setClock(CLOCKS[which]);
  };

  return {
    enableActivityTracking: (configuration) => enable(0, configuration),
    enableActivityTrackingCallback: (configuration) => enable(1, configuration),
    disableActivityTracking: () => disable(0),
    disableActivityTrackingCallback: () => disable(1),
    updatePageActivity: () => host.markActive(),
  } satisfies Partial<BrowserTracker>;
};

/** Who the visitor is, and how much of that is known. */
const identity = (host: FullHost, given: TrackerConfiguration) => {
  const setAnonymous = (options: AnonymousTrackingOptions, strategy?: StateStorageStrategy): void => {
    given.anonymousTracking = options;
    if (strategy) {
      given.stateStorageStrategy = strategy;
      host.moveIdentity({ identity: identityOfStrategy(strategy) });
    }
    host.set(Key.Anonymous, +isServerAnonymous(options));
    if (anonymousOf(options) === true) host.pageViewIds.renew(host.url());
    host.setAnonymous(anonymousOf(options) ?? false);
  };

  return {
    setUserId: (userId) => host.setUserId(userId),
    setUserIdFromLocation: (field) => host.setUserId(parameterOf(host.href(), field) || null),
    setUserIdFromReferrer: (field) =>
      host.setUserId(parameterOf(host.parts.address?.now(host.href()).referrer ?? '', field) || null),
    setUserIdFromCookie: (name) => host.setUserId(readCookie(name)),
    setCookiePath: (path) => host.moveIdentity({ cookies: { ...host.given.cookies, path: textOf(path) || undefined } }),
    setVisitorCookieTimeout: (timeout) => host.set(Key.UserLifetimeS, timeout),
    newSession: () => host.signal(Signal.NewSession),
    setOptOutCookie: (name) => void (host.given.optOutCookie = name),
    disableAnonymousTracking: (configuration) => setAnonymous(false, configuration?.stateStorageStrategy),
    enableAnonymousTracking: (configuration) =>
      setAnonymous(configuration?.options ?? true, configuration?.stateStorageStrategy),
    clearUserData: (configuration) => host.forget(!!configuration?.preserveSession, !!configuration?.preserveUser),
  } satisfies Partial<BrowserTracker>;
};

/** Where the page is and what it is called, and that it is seen. */
const pages = (host: FullHost) => {
  const { address } = host.parts;
  return {
    setReferrerUrl: (url) => address?.useReferrer(url),
    setCustomUrl: (url) => address?.useUrl(url, host.href()),
    setDocumentTitle(title) {
      host.setPageTitle(title);
    },
    discardHashTag: (enable) => address?.cutHash(enable),
    discardBrace: (enable) => address?.cutBraces(enable),
    preservePageViewId: () => host.pageViewIds.freeze(),
    preservePageViewIdForUrl: (part) => host.pageViewIds.setUrlPart(part),
    trackPageView(event) {
      const { title, context, contextCallback, timestamp } = { ...event };
      const text = typeof title === 'string' ? title : undefined;
      const entities = host.beginView({ entities: context ?? [], furtherEntities: contextCallback ?? undefined });
      host.trackNow(EventKind.PageView, { title: text, entities, ...timesOf(timestamp) });
    },
  } satisfies Partial<BrowserTracker>;
};

/** When and where to events are sent. */
const requests = (host: FullHost) =>
  ({
    setCollectorUrl: (url) => host.set(Key.Collector, url),
    setBufferSize: (size) => host.set(Key.BatchEvents, size),
    flushBuffer(configuration) {
      host.flush(() => {});
      const size = configuration?.newBufferSize;
      if (size) host.set(Key.BatchEvents, size);
    },
  }) satisfies Partial<BrowserTracker>;

/** The same, but that what throws is said in the log, and not thrown into the page. */
const harmless = <T extends object>(functions: T, log: Logger): T =>
  Object.fromEntries(
    Object.entries(functions).map(([name, task]) => [
      name,
      (...values: unknown[]): unknown => {
        try {
          return (task as (...values: unknown[]) => unknown)(...values);
        } catch (cause) {
          return log.error(`${name} failed`, cause);
        }
      },
    ]),
  ) as T;

export const createTracker = (
  host: FullHost,
  { id, namespace, sharedState }: Naming,
  given: TrackerConfiguration,
  log: Logger,
): BrowserTracker => {
  const core = createCore(host, log, given.encodeBase64 ?? given.eventMethod === 'get');
  const functions = {
    ...getters(host, given),
    ...activity(host, log),
    ...identity(host, given),
    ...pages(host),
    ...requests(host),
    crossDomainLinker(criterion) {
      const { useExtendedCrossDomainLinker: extended } = given;
      decorateLinksFor(host, criterion, extended ? (extended === true ? {} : extended) : undefined);
    },
    addPlugin(configuration) {
      core.addPlugin(configuration);
      attempt(() => configuration.plugin.activateBrowserPlugin?.(tracker), undefined);
    },
  } satisfies Partial<BrowserTracker>;
  const tracker: BrowserTracker = { id, namespace, core, sharedState, ...harmless(functions, log) };

  const plugins = given.plugins ?? [];
  for (const plugin of plugins) activate(plugin, core, log);
  if (given.crossDomainLinker) tracker.crossDomainLinker(given.crossDomainLinker);
  for (const plugin of plugins) attempt(() => plugin.activateBrowserPlugin?.(tracker), undefined);
  return tracker;
};
