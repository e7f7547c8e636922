// Page views and the page view's id.
import { define, thing } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'page views: one with defaults',
    steps: [
      {
        visit: '/basket?size=m#end',
        run({ trackPageView }, { start }) {
          start();
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'page views: two on one page',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start, note }) {
          const tracker = start();
          trackPageView();
          const first = tracker.getPageViewId();
          trackPageView();
          note('id is new', tracker.getPageViewId() !== first);
        },
      },
    ],
  },
  {
    name: 'page views: an event before shares the id, events after too',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: 'before', action: 'a' });
          trackPageView();
          trackStructEvent({ category: 'after', action: 'a' });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'page views: a frozen id',
    steps: [
      {
        visit: '/',
        run({ trackPageView, preservePageViewId }, { start }) {
          start();
          trackPageView();
          preservePageViewId();
          trackPageView();
          history.pushState({}, '', '/next');
          trackPageView();
        },
      },
    ],
  },
  .../** @type {const} */ ([true, 'full', 'pathname', 'pathnameAndSearch']).map((mode) => ({
    name: `page views: the id by URL, ${mode}`,
    steps: [
      {
        visit: '/a?x=1',
        /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
        run({ trackPageView, trackStructEvent }, { start }) {
          start('sp', { preservePageViewIdForUrl: mode });
          trackPageView();
          for (const url of ['/a?x=1#h', '/a?x=2', '/b?x=2']) {
            history.pushState({}, '', url);
            trackStructEvent({ category: 'at', action: url });
          }
          trackPageView();
          trackPageView();
        },
      },
    ],
  })),
  {
    name: 'page views: the id by URL, set later',
    steps: [
      {
        visit: '/a',
        run({ trackPageView, trackStructEvent }, { start }) {
          const tracker = start();
          trackPageView();
          history.pushState({}, '', '/b');
          trackStructEvent({ category: 'at', action: 'b' });
          tracker.preservePageViewIdForUrl('pathname');
          history.pushState({}, '', '/c');
          trackStructEvent({ category: 'at', action: 'c' });
        },
      },
    ],
  },
  {
    name: 'page views: entities of a callback come last',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start();
          trackPageView({ context: [thing('first')], contextCallback: () => [thing('second'), thing('third')] });
          trackPageView({ contextCallback: () => [] });
        },
      },
    ],
  },
  {
    name: 'page views: two pages, one visitor',
    steps: [
      {
        visit: '/one',
        run({ trackPageView }, { start }) {
          start();
          trackPageView();
        },
      },
      {
        visit: '/two',
        run({ trackPageView }, { start }) {
          start();
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'page views: by the tracker itself',
    steps: [
      {
        visit: '/',
        run(_, { start }) {
          const tracker = start();
          tracker.trackPageView();
          tracker.trackPageView({ title: 'Given', context: [thing('one')] });
        },
      },
    ],
  },
]);
