// Entities of the page and those that the tracker adds.
import { define, thing } from '../scenario.mjs';

export const scenarios = define([
  {
    name: 'entities: several on one page view',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start();
          trackPageView({ context: [thing('one'), thing('two'), thing('one', { again: true })] });
        },
      },
    ],
  },
  {
    name: 'entities: all that are built in',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start('sp', { appVersion: '1.2.3', contexts: { webPage: true, session: true, browser: true } });
          trackPageView({ context: [thing('own')] });
          trackStructEvent({ category: 'c', action: 'a', context: [thing('own')] });
        },
      },
    ],
  },
  {
    name: 'entities: none',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start('sp', { contexts: { webPage: false } });
          trackPageView();
          trackPageView({ context: [] });
        },
      },
    ],
  },
  {
    name: 'entities: without the page but with the browser',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start('sp', { contexts: { webPage: false, browser: true } });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'entities: the list of the page is not changed',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start, note }) {
          start('sp', { appVersion: '1' });
          const context = [thing('one')];
          trackStructEvent({ category: 'c', action: 'a', context });
          note('context', context);
        },
      },
    ],
  },
  {
    name: 'entities: a page inside of an app has no session',
    init: 'globalThis.ReactNativeWebView = {};',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start('sp', { contexts: { session: true }, disableSessionContextWithinWebView: true });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'entities: without a value, or not quite entities',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start();
          const odd = /** @type {ReturnType<typeof thing>[]} */ (
            /** @type {unknown[]} */ ([{ schema: 'no uri', data: {} }, { schema: 'iglu:a.b/c/jsonschema/1-0-0' }])
          );
          trackStructEvent({ category: 'c', action: 'a', context: odd });
          trackStructEvent({ category: 'c', action: 'b', context: null });
        },
      },
    ],
  },
]);
