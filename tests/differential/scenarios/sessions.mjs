// Sessions: when they begin, what of them events and cookies hold.
import { define, GIVEN_MS, knownId, thing } from '../scenario.mjs';

const SESSION = { contexts: { session: true } };

/** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
const view = ({ trackPageView }, { start }) => {
  start('sp', SESSION);
  trackPageView();
};

/** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
const viewOfStorage = ({ trackPageView }, { start }) => {
  start('sp', { ...SESSION, stateStorageStrategy: 'localStorage' });
  trackPageView();
};

/** A cookie of an earlier visit, for pages of localhost. @param {string} name @param {string} value */
const earlier =
  (name, value) =>
  /** @param {import('../scenario.mjs').Outside} outside */
  ({ context }) =>
    context.addCookies([{ name: `_sp_${name}.1fff`, value, domain: 'localhost', path: '/' }]);

export const scenarios = define([
  {
    name: 'sessions: goes on over pages',
    steps: [
      { visit: '/one', run: view },
      { visit: '/two', run: view },
      { visit: '/three', run: view },
    ],
  },
  {
    name: 'sessions: a new one when the marker is gone',
    steps: [
      { visit: '/one', run: view },
      { visit: '/blank', drive: ({ context }) => context.clearCookies({ name: '_sp_ses.1fff' }) },
      { run: view },
      { visit: '/two', run: view },
    ],
  },
  {
    name: 'sessions: a new one within a page, by hand',
    steps: [
      {
        visit: '/',
        run({ newSession, trackPageView, trackStructEvent, getDomainSessionId }, { start, note }) {
          const tracker = start('sp', SESSION);
          trackPageView();
          note('first', [getDomainSessionId(), tracker.getDomainSessionIndex()]);
          newSession();
          note('second', [getDomainSessionId('sp'), tracker.getDomainSessionIndex()]);
          trackStructEvent({ category: 'c', action: 'a' });
          note('info', tracker.getDomainUserInfo());
        },
      },
    ],
  },
  {
    name: 'sessions: half an hour of nothing ends one in localStorage',
    steps: [
      {
        visit: '/',
        run: viewOfStorage,
        async drive({ arrive, skip }) {
          await arrive(1); // what waits for a timer of no length would wait for the end of the skip
          await skip(31 * 60_000);
        },
      },
      { visit: '/later', run: viewOfStorage },
    ],
  },
  {
    name: 'sessions: events of one page lie on both sides of the end',
    steps: [
      {
        visit: '/',
        async run(face, page) {
          await viewOfStorage(face, page);
          for (const minutes of [20, 45, 80]) {
            setTimeout(() => face.trackStructEvent({ category: 'at', action: `${minutes}` }), minutes * 60_000);
          }
        },
        async drive({ skip, pass }) {
          for (const minutes of [20, 25, 35]) {
            await skip(minutes * 60_000);
            await pass(20);
          }
        },
      },
    ],
  },
  {
    name: 'sessions: of a length that the page chooses, without storage',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start('sp', { stateStorageStrategy: 'none', sessionCookieTimeout: 60 });
          trackPageView();
          for (const s of [30, 100]) setTimeout(() => trackStructEvent({ category: 'at', action: `${s}` }), s * 1000);
        },
        async drive({ pass }) {
          await pass(31_000);
          await pass(70_000);
        },
      },
    ],
  },
  {
    name: 'sessions: first event with a given time',
    steps: [
      {
        visit: '/',
        run({ trackSelfDescribingEvent, trackStructEvent }, { start }) {
          start('sp', SESSION);
          trackSelfDescribingEvent({ event: thing('early'), timestamp: { type: 'ttm', value: GIVEN_MS } });
          trackStructEvent({ category: 'c', action: 'a' });
        },
      },
    ],
  },
  .../** @type {const} */ ([
    [
      'ten fields',
      `${knownId(1)}.1500000000.7.1500000900.1499990000.${knownId(2)}.${knownId(3)}.${knownId(4)}.1500000123456.5`,
    ],
    ['six fields', `${knownId(1)}.1500000000.3.1500000100.1499990000.${knownId(2)}`],
    ['nothing sensible', 'x.y.z'],
  ]).flatMap(([what, value]) =>
    [true, false].map((alive) => ({
      name: `sessions: a cookie of ${what}, ${alive ? 'in' : 'after'} its session`,
      steps: [
        {
          visit: '/',
          async drive(/** @type {import('../scenario.mjs').Outside} */ outside) {
            await earlier('id', value)(outside);
            if (alive) await earlier('ses', '*')(outside);
          },
        },
        { run: view },
        {
          /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
          run: ({ trackStructEvent }) => trackStructEvent({ category: 'c', action: 'a' }),
        },
      ],
    })),
  ),
]);
