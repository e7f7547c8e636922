// What the page is told.
import { define } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').EventBatch} Batch */

export const scenarios = define([
  {
    name: 'callbacks: a request was accepted',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start, note }) {
          start('sp', {
            onRequestSuccess: (batch, response) =>
              note('success', [response.status, batch.map((payload) => Object.keys(payload).sort())]),
          });
          trackPageView();
        },
        drive: ({ arrive }) => arrive(1),
      },
    ],
  },
  {
    name: 'callbacks: a request was refused, for ever',
    steps: [
      {
        answers: [422, 200],
        visit: '/',
        run({ trackPageView }, { start, note }) {
          start('sp', {
            onRequestFailure: ({ events, status, willRetry }, response) =>
              note('failure', [
                status,
                willRetry,
                response?.status,
                events.map((payload) => Object.keys(payload).sort()),
              ]),
          });
          trackPageView();
        },
        drive: ({ refuse }) => refuse(1),
      },
    ],
  },
  {
    name: 'callbacks: a request was refused, for now',
    steps: [
      {
        answers: [503, 200],
        visit: '/',
        run({ trackPageView }, { start, note }) {
          start('sp', { onRequestFailure: ({ status, willRetry }) => note('failure', [status, willRetry]) });
          trackPageView();
        },
        drive: ({ refuse }) => refuse(1),
      },
    ],
  },
  {
    name: 'callbacks: a request had no answer',
    steps: [
      {
        answers: ['drop', 200],
        visit: '/',
        run({ trackPageView }, { start, note }) {
          start('sp', {
            onRequestFailure: ({ status, willRetry, message }, response) =>
              note('failure', [status, willRetry, typeof message, response]),
          });
          trackPageView();
        },
        drive: ({ refuse }) => refuse(1),
      },
    ],
  },
  {
    name: 'callbacks: that throw lose nothing',
    steps: [
      {
        answers: [503, 200],
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          const fail = () => {
            throw new Error('of the page');
          };
          start('sp', { onRequestSuccess: fail, onRequestFailure: fail, onSessionUpdateCallback: fail });
          trackPageView();
          trackStructEvent({ category: 'c', action: 'a' });
        },
        drive: ({ refuse }) => refuse(1),
      },
    ],
  },
  {
    name: 'callbacks: of sessions',
    steps: ['/one', '/two'].map((visit) => ({
      visit,
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run({ trackPageView, newSession, trackStructEvent }, { start, note }) {
        start('sp', { onSessionUpdateCallback: (session) => note('session', session) });
        trackPageView();
        trackPageView();
        newSession();
        trackStructEvent({ category: 'c', action: 'a' });
      },
    })),
  },
]);
