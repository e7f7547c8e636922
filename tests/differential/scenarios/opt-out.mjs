// Visitors who do not want to be tracked.
import { define } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'opt-out: by a cookie, and in again',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setOptOutCookie, setUserId }, { start, note }) {
          const tracker = start('sp', { contexts: { session: true } });
          setUserId('jane');
          setOptOutCookie('no-thanks');
          trackPageView({ title: 'Not yet' });
          const { length } = document.cookie.split('_sp_id');
          note('cookies', length);
          document.cookie = 'no-thanks=1';
          trackPageView({ title: 'Out' });
          note('ids', [tracker.getUserId(), document.cookie.includes('_sp_')]);
          document.cookie = 'no-thanks=; max-age=0';
          trackPageView({ title: 'In again' });
        },
      },
    ],
  },
  {
    name: 'opt-out: the check is taken back',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setOptOutCookie }, { start }) {
          document.cookie = 'no-thanks=1';
          start();
          setOptOutCookie('no-thanks');
          trackPageView({ title: 'Out' });
          setOptOutCookie(null);
          trackPageView({ title: 'In' });
        },
      },
    ],
  },
  {
    name: 'opt-out: plugins see what is not sent',
    steps: [
      {
        visit: '/',
        run({ trackPageView, setOptOutCookie }, { start, note }) {
          document.cookie = 'no-thanks=1';
          start('sp', { plugins: [{ afterTrack: (payload) => note('after', Object.keys(payload).sort()) }] });
          setOptOutCookie('no-thanks');
          trackPageView();
          setOptOutCookie();
        },
      },
    ],
  },
  ...['1', 'yes', '0', 'unspecified'].map((value) => ({
    name: `opt-out: do not track is ${value}`,
    // The other one tracks, so that there is something to wait for.
    trackers: ['other'],
    init: `Object.defineProperty(navigator, 'doNotTrack', { value: '${value}' })`,
    steps: ['/one', '/two'].map((visit) => ({
      visit,
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run({ trackPageView, trackStructEvent }, { start }) {
        start('sp', { respectDoNotTrack: true });
        start('other', { cookieName: '_other_' });
        trackPageView();
        trackStructEvent({ category: 'c', action: 'a' });
      },
    })),
  })),
  {
    name: 'opt-out: do not track is 1, and nobody asks',
    init: "Object.defineProperty(navigator, 'doNotTrack', { value: '1' })",
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start();
          trackPageView();
        },
      },
    ],
  },
]);
