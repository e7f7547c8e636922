// The functions of the face: each is for the trackers of a page, all or some.
import { optionsOf, partsOf } from './configuration.ts';
import { EventKind } from '../constants.ts';
import { FullHost } from '../full/full-host.ts';
import { createPayloadBuilder } from '../full/payload-builder.ts';
import { takeOver } from '../full/take-over.ts';
import type { EngineLoader } from '../engine.ts';
import { attempt } from '../ports/local-rows.ts';
import { hasPage, whenRead } from '../ports/page.ts';
import type { EventOptions } from '../types.ts';
import { VERSION } from '../version.ts';
import { timesOf } from './core.ts';
import { clientSession } from './identity.ts';
import { createLog } from './log.ts';
import type { BrowserCoreApi } from './plugin-api/types.ts';
import { SharedState } from './shared-state.ts';
import { createTracker } from './tracker.ts';
import type { BrowserTracker, CommonEventProperties, SnowplowApi, TrackerConfiguration, TrackerCore } from './types.ts';

/** A tracker and what it is made of. */
interface Entry {
  tracker: BrowserTracker;
  host: FullHost;
}

/** Makes trackers under a name that another library has given them: the script tag's are `sp_shop`, but `shop` to the
 * collector. */
export type AddTracker = (
  id: string,
  namespace: string,
  endpoint: string,
  given?: TrackerConfiguration,
) => Entry | null;

/** What is done by the tracker or its core. */
type Method = keyof SnowplowApi & (keyof BrowserTracker | keyof TrackerCore);

/** The names in a text. */
type Names<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Names<Rest> : Text;

/** What an event carries besides its own. */
const common = ({ context, timestamp }: CommonEventProperties): EventOptions => ({
  entities: context ?? undefined,
  ...timesOf(timestamp),
});

/** Calls `task` for some trackers, or for all; one that throws ends the call, and harms nobody. */
type Each = (ids: readonly string[] | undefined, task: (entry: Entry) => void) => void;

/** The functions that do nothing but call the tracker's of the same name, or its core's. */
const passedOn = (each: Each) => {
  const call = (name: Method, trackers?: string[], ...values: unknown[]): void =>
    each(trackers, ({ tracker }) => {
      const own: Partial<Record<Method, unknown>> = tracker;
      ((own[name] ?? tracker.core[name as keyof TrackerCore]) as (...values: unknown[]) => void)(...values);
    });
  const none = (name: Method) => (trackers?: string[]) => call(name, trackers);
  const one = (name: Method) => (value?: unknown, trackers?: string[]) => call(name, trackers, value);
  const named = <Text extends string>(make: (name: Method) => unknown, ...names: Text[]) =>
    Object.fromEntries(names.flatMap((some) => some.split(' ').map((name) => [name, make(name as Method)]))) as Pick<
      SnowplowApi,
      Names<Text> & Method
    >;
  return {
    ...named(
      none,
      'newSession disableActivityTracking disableActivityTrackingCallback updatePageActivity preservePageViewId',
      'clearGlobalContexts',
    ),
    ...named(
      one,
      'setReferrerUrl setCustomUrl setDocumentTitle discardHashTag discardBrace setCookiePath setVisitorCookieTimeout',
      'crossDomainLinker enableActivityTracking enableActivityTrackingCallback setOptOutCookie setUserId',
      'setUserIdFromLocation setUserIdFromReferrer setUserIdFromCookie setCollectorUrl setBufferSize flushBuffer',
      'trackPageView disableAnonymousTracking enableAnonymousTracking clearUserData addPlugin addGlobalContexts',
      'removeGlobalContexts',
    ),
  };
};

/** The functions for events that are no page views. */
const tracking = (each: Each) => {
  const track = (kind: EventKind, event: () => object & EventOptions, trackers?: string[]): void =>
    each(trackers, ({ host }) => host.trackNow(kind, event()));
  return {
    trackStructEvent(given, trackers) {
      const { category, action } = attempt(() => ({ ...given }), {} as typeof given);
      if (category && action) return track(EventKind.Structured, () => ({ ...given, ...common(given) }), trackers);
      // What lacks one of them goes as it is: the core would refuse it.
      each(trackers, ({ tracker }) => {
        const { label, property, value, context, timestamp } = { ...given };
        const own = createPayloadBuilder();
        own.addDict({ e: 'se', se_ca: category, se_ac: action, se_la: label, se_pr: property, se_va: value });
        tracker.core.track(own as never, context, timestamp);
      });
    },
    trackSelfDescribingEvent(given, trackers) {
      track(EventKind.SelfDescribing, () => ({ ...given.event, ...common(given) }), trackers);
    },
  } satisfies Partial<SnowplowApi>;
};

/** What the entries make of it. */
type Made = SnowplowApi & Pick<BrowserCoreApi, 'dispatchToTrackers'> & { addTracker: AddTracker };

export const createSnowplow = (load: EngineLoader, log = createLog()): Made => {
  const entries = new Map<string, Entry>();
  const sharedState = new SharedState();

  const each: Each = (ids = [...entries.keys()], task) => {
    try {
      for (const id of ids) {
        const entry = entries.get(id);
        if (entry) task(entry);
        else log.warn(`${id} is not configured`);
      }
    } catch (cause) {
      log.error('Function failed', cause);
    }
  };

  const addTracker: AddTracker = (id, namespace, endpoint, given = {}) => {
    if (entries.has(id)) {
      log.warn(`Tracker namespace ${id} already exists.`);
      return null;
    }
    // Plugins wait for it before they listen to elements.
    if (!entries.size)
      whenRead(() => {
        sharedState.hasLoaded = true;
        sharedState.registeredOnLoadHandlers.forEach((handler) => attempt(handler, undefined));
      });
    const { onSessionUpdateCallback: told } = given;
    const isLocal = given.stateStorageStrategy === 'localStorage';
    const options = optionsOf(namespace, endpoint, given);
    if (told) options.onIdentity = (text) => told(clientSession(text, isLocal));
    const host = new FullHost(load, options, sharedState, partsOf(given), () => entries.size < 2);
    takeOver(host, id);
    const entry = { host, tracker: createTracker(host, { id, namespace, sharedState }, given, log) };
    entries.set(id, entry);
    return entry;
  };

  return {
    ...passedOn(each),
    ...tracking(each),
    addTracker,
    dispatchToTrackers: (trackers, task) => each(trackers, ({ tracker }) => task(tracker)),
    version: VERSION,
    SharedState,
    newTracker: (id, endpoint, given) =>
      hasPage() ? (attempt(() => addTracker(id, id, endpoint, given), null)?.tracker ?? null) : undefined,
    getDomainSessionId(id) {
      const [first] = entries.values();
      return (id === undefined ? first : entries.get(id))?.tracker.getDomainSessionId();
    },
  };
};
