// Times that the page gives.
import { define, GIVEN_MS, thing } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').Timestamp} Timestamp */

/** Tracks one event of each kind. @param {Timestamp} timestamp */
const given =
  (timestamp) =>
  /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
  ({ trackPageView, trackStructEvent, trackSelfDescribingEvent }, { start }) => {
    start('sp', { contexts: { session: true } });
    trackPageView({ timestamp });
    trackStructEvent({ category: 'c', action: 'a', timestamp });
    trackSelfDescribingEvent({ event: thing('timed'), timestamp });
  };

export const scenarios = define([
  { name: 'timestamps: a number', steps: [{ visit: '/', run: given(GIVEN_MS) }] },
  { name: 'timestamps: a true one', steps: [{ visit: '/', run: given({ type: 'ttm', value: GIVEN_MS }) }] },
  { name: 'timestamps: one of the device', steps: [{ visit: '/', run: given({ type: 'dtm', value: GIVEN_MS }) }] },
  {
    name: 'timestamps: zeros',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: 'true', action: 'a', timestamp: { type: 'ttm', value: 0 } });
          trackStructEvent({ category: 'device', action: 'a', timestamp: { type: 'dtm', value: 0 } });
        },
      },
      {
        visit: '/bare',
        run({ trackStructEvent }, { start }) {
          start();
          trackStructEvent({ category: 'bare', action: 'a', timestamp: 0 });
        },
      },
    ],
  },
  {
    name: 'timestamps: of the page by a clock that stands still',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start('sp', { contexts: { session: true } });
          trackPageView();
          setTimeout(() => trackStructEvent({ category: 'c', action: 'a' }), 12_345);
        },
        drive: ({ pass }) => pass(13_000),
      },
    ],
  },
]);
