// Anonymous tracking in its modes, and going into and out of it.
import { define } from '../scenario.mjs';

const SESSION = { contexts: { session: true, browser: true } };

/** @param {import('@snowplow/browser-tracker').TrackerConfiguration['anonymousTracking']} anonymousTracking */
const anonymous =
  (anonymousTracking) =>
  /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
  ({ trackPageView, trackStructEvent, setUserId }, { start, note }) => {
    const tracker = start('sp', { ...SESSION, ...(anonymousTracking !== undefined && { anonymousTracking }) });
    setUserId('jane');
    trackPageView();
    trackStructEvent({ category: 'c', action: 'a' });
    note('ids', [tracker.getDomainUserId(), tracker.getUserId(), tracker.getDomainSessionIndex(), tracker.getTabId()]);
  };

export const scenarios = define([
  { name: 'anonymity: from the start', requests: 'shapes', steps: [{ visit: '/', run: anonymous(true) }] },
  {
    name: 'anonymity: with sessions',
    steps: [
      { visit: '/one', run: anonymous({ withSessionTracking: true }) },
      { visit: '/two', run: anonymous({ withSessionTracking: true }) },
    ],
  },
  {
    name: 'anonymity: towards the collector too',
    requests: 'shapes',
    steps: [{ visit: '/', run: anonymous({ withServerAnonymisation: true }) }],
  },
  {
    name: 'anonymity: with everything',
    requests: 'shapes',
    steps: [{ visit: '/', run: anonymous({ withServerAnonymisation: true, withSessionTracking: true }) }],
  },
  {
    name: 'anonymity: of a visitor who is known already',
    steps: [
      { visit: '/known', run: anonymous(undefined) },
      { visit: '/unknown', run: anonymous(true) },
      { visit: '/known-again', run: anonymous(undefined) },
    ],
  },
  {
    name: 'anonymity: with sessions, of a visitor who is known already',
    steps: [
      { visit: '/known', run: anonymous(undefined) },
      { visit: '/unknown', run: anonymous({ withSessionTracking: true }) },
    ],
  },
  {
    name: 'anonymity: on and off within a page',
    requests: 'shapes',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent, enableAnonymousTracking, disableAnonymousTracking }, { start }) {
          start('sp', SESSION);
          trackPageView();
          enableAnonymousTracking();
          trackStructEvent({ category: 'anonymous', action: 'a' });
          enableAnonymousTracking({ options: { withServerAnonymisation: true } });
          trackStructEvent({ category: 'anonymous to the collector', action: 'a' });
          disableAnonymousTracking();
          trackStructEvent({ category: 'known', action: 'a' });
        },
      },
    ],
  },
  {
    name: 'anonymity: ends, and with it a session of its own goes on',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent, disableAnonymousTracking }, { start, note }) {
          const tracker = start('sp', {
            ...SESSION,
            anonymousTracking: { withSessionTracking: true },
            stateStorageStrategy: 'cookie',
          });
          trackPageView();
          disableAnonymousTracking({ stateStorageStrategy: 'localStorage' });
          trackStructEvent({ category: 'c', action: 'a' });
          note('tab', tracker.getTabId());
        },
      },
    ],
  },
  {
    name: 'anonymity: begins with another place for the state',
    steps: [
      {
        visit: '/',
        run({ trackPageView, enableAnonymousTracking }, { start }) {
          start('sp', SESSION);
          trackPageView();
          enableAnonymousTracking({ options: { withSessionTracking: true }, stateStorageStrategy: 'none' });
          trackPageView();
        },
      },
    ],
  },
]);
