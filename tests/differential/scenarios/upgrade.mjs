// A browser's profile goes from one library to the other: whoever is there finds what the other one left.
import { define } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').TrackerConfiguration} Configuration */
/** @typedef {NonNullable<import('../scenario.mjs').Step['run']>} Run */

/** @param {Configuration} configuration @returns {Run} */
const view =
  (configuration) =>
  ({ trackPageView, trackStructEvent }, { start, note }) => {
    const tracker = start('sp', { contexts: { session: true, browser: true }, ...configuration });
    trackPageView();
    trackStructEvent({ category: 'c', action: 'a' });
    note('info', tracker.getDomainUserInfo());
  };

/** There, and back again. @param {string} name @param {Configuration} configuration @param {string} [host] */
const upgrade = (name, configuration, host = 'localhost') => ({
  name: `upgrade: ${name}`,
  kind: /** @type {const} */ ('upgrade'),
  steps: /** @type {const} */ (['first', 'second', 'first']).map((by, i) => ({
    visit: `/${i}`,
    by,
    host,
    run: view(configuration),
  })),
});

export const scenarios = define([
  upgrade('ids in cookies', {}),
  upgrade('ids in localStorage', { stateStorageStrategy: 'localStorage' }),
  upgrade('ids in cookies of the root domain', {}, 'www.shop.test'),
  upgrade('cookies of another name', { cookieName: 'foo' }),
  upgrade('sessions of nobody', { anonymousTracking: { withSessionTracking: true } }),
  {
    name: 'upgrade: into a new session',
    kind: 'upgrade',
    steps: [
      { visit: '/one', by: 'first', run: view({}) },
      {
        visit: '/blank',
        by: 'second',
        drive: ({ context }) => context.clearCookies({ name: '_sp_ses.1fff' }),
      },
      { run: view({}) },
      { visit: '/two', by: 'first', run: view({}) },
    ],
  },
  {
    name: 'upgrade: into a new session in localStorage, half an hour later',
    kind: 'upgrade',
    steps: [
      {
        visit: '/one',
        by: 'first',
        run: view({ stateStorageStrategy: 'localStorage' }),
        drive: ({ skip }) => skip(31 * 60_000),
      },
      { visit: '/two', by: 'second', run: view({ stateStorageStrategy: 'localStorage' }) },
      { visit: '/three', by: 'first', run: view({ stateStorageStrategy: 'localStorage' }) },
    ],
  },
  {
    name: 'upgrade: after the data of the user was cleared',
    kind: 'upgrade',
    steps: [
      {
        visit: '/one',
        by: 'first',
        async run(face, page) {
          await view({})(face, page);
          face.clearUserData({ preserveSession: true, preserveUser: true });
        },
      },
      { visit: '/two', by: 'second', run: view({}) },
    ],
  },
  {
    name: 'upgrade: events that were not sent yet',
    kind: 'upgrade',
    // What ours leaves behind is sent by ours: the peer does not know where it lies.
    ways: 'forward',
    steps: [
      {
        answers: [503],
        visit: '/one',
        by: 'first',
        leave: true,
        run: view({}),
        drive: ({ refuse }) => refuse(1),
      },
      { visit: '/two', by: 'second', answers: [200], run: view({}) },
    ],
  },
]);
