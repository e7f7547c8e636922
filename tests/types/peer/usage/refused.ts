// What does not compile: a mistake of the site that its compiler finds, in both trackers.
import {
  addGlobalContexts,
  clearUserData,
  enableActivityTracking,
  newTracker,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
  type BrowserPlugin,
  type TrackerConfiguration,
} from '@snowplow/browser-tracker';

export function calls(): void {
  // @ts-expect-error -- where to?
  newTracker('site');
  // @ts-expect-error -- an action is missing
  trackStructEvent({ category: 'menu' });
  // @ts-expect-error -- a number
  trackStructEvent({ category: 'menu', action: 'open', value: '1' });
  // @ts-expect-error -- data must not be a list
  trackSelfDescribingEvent({ event: { schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: [1] } });
  // @ts-expect-error -- a list of entities
  trackPageView({ context: { schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: {} } });
  // @ts-expect-error -- the ids are a list
  trackPageView({}, 'site');
  // @ts-expect-error -- when?
  enableActivityTracking({ minimumVisitLength: 10 });
  // @ts-expect-error -- both are to be said
  clearUserData({ preserveUser: true });
  // @ts-expect-error -- no schema
  addGlobalContexts([{ data: {} }]);
}

export function options(): TrackerConfiguration[] {
  return [
    // @ts-expect-error -- not a strategy
    { stateStorageStrategy: 'memory' },
    // @ts-expect-error -- gone since version 4
    { eventMethod: 'beacon' },
    // @ts-expect-error -- null is no domain
    { cookieDomain: null },
    // @ts-expect-error -- not a platform
    { platform: 'watch' },
    // @ts-expect-error -- no such entity
    { contexts: { performanceTiming: true } },
    // @ts-expect-error -- with another spelling
    { crossdomainLinker: () => true },
    // @ts-expect-error -- where an option may be left out, undefined is something else
    { appId: undefined },
  ];
}

export const plugins: BrowserPlugin[] = [
  // @ts-expect-error -- says neither yes nor no
  { filter: () => 'yes' },
  // @ts-expect-error -- a list
  { contexts: () => ({ schema: '', data: {} }) },
];
