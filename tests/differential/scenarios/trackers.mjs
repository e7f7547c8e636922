// Several trackers on one page.
import { define, thing } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'trackers: two share the page and the visitor',
    trackers: ['a', 'b'],
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start('a', { contexts: { session: true } });
          start('b', { contexts: { session: true }, appId: 'other', platform: 'mob' });
          trackPageView();
          trackStructEvent({ category: 'c', action: 'a' });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'trackers: page views in turn',
    trackers: ['a', 'b'],
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start('a');
          start('b');
          for (const id of ['a', 'b', 'a', 'a', 'b']) trackPageView({}, [id]);
        },
      },
    ],
  },
  {
    name: 'trackers: with cookies of their own',
    trackers: ['a', 'b'],
    steps: ['/one', '/two'].map((visit) => ({
      visit,
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run({ trackPageView, getDomainSessionId }, { start, note }) {
        start('a');
        start('b', { cookieName: '_b_', stateStorageStrategy: 'localStorage' });
        trackPageView();
        note('sessions', [getDomainSessionId('a'), getDomainSessionId('b'), getDomainSessionId()]);
      },
    })),
  },
  {
    name: 'trackers: settings for one of them',
    trackers: ['a', 'b'],
    steps: [
      {
        visit: '/',
        run(face, { start }) {
          start('a');
          start('b');
          face.setUserId('only-b', ['b']);
          face.setCustomUrl('https://only-a.example/', ['a']);
          face.addGlobalContexts([thing('only-b')], ['b']);
          face.setDocumentTitle('Only A', ['a']);
          face.trackPageView();
        },
      },
    ],
  },
  {
    name: 'trackers: the same name twice, and a name that is unknown',
    steps: [
      {
        visit: '/',
        run({ newTracker, trackPageView }, { start, collector, attempt }) {
          start();
          attempt('again', () => newTracker('sp', collector, { appId: 'second' }));
          trackPageView({ title: 'Known' }, ['sp', 'unknown']);
          trackPageView({ title: 'Unknown' }, ['unknown']);
          trackPageView({ title: 'None' }, []);
        },
      },
    ],
  },
]);
