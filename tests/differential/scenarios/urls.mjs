// URLs and referrers of events.
import { define } from '../scenario.mjs';

/** Tracks one event after `prepare`. @param {(face: import('../scenario.mjs').Face) => void} prepare */
const after =
  (prepare) =>
  /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
  (face, { start }) => {
    start();
    prepare(face);
    face.trackPageView();
    face.trackStructEvent({ category: 'c', action: 'a' });
  };

export const scenarios = define([
  {
    name: 'urls: a referrer',
    steps: [{ visit: '/', referrer: 'https://search.example/?q=shoes#top', run: after(() => {}) }],
  },
  {
    name: 'urls: the referrer is in the query',
    steps: [
      { visit: '/?referrer=https%3A%2F%2Fa.example%2Fx+y', referrer: 'https://b.example/', run: after(() => {}) },
      { visit: '/?a=1&referer=https%3A%2F%2Fa.example%2F', referrer: 'https://b.example/', run: after(() => {}) },
    ],
  },
  {
    name: 'urls: a page that changes its own URL refers to itself',
    steps: [
      {
        visit: '/one',
        referrer: 'https://search.example/',
        run({ trackPageView, trackStructEvent }, { start }) {
          start();
          trackPageView();
          history.pushState({}, '', '/two');
          trackStructEvent({ category: 'c', action: 'a' });
          trackPageView();
          history.pushState({}, '', '/three?referrer=https%3A%2F%2Fc.example%2F');
          trackPageView();
          history.pushState({}, '', '/three#x');
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'urls: set ones',
    steps: [
      {
        visit: '/one',
        referrer: 'https://search.example/',
        run({ trackPageView, setCustomUrl, setReferrerUrl }, { start }) {
          start();
          setCustomUrl('https://shop.example/set');
          setReferrerUrl('https://from.example/');
          trackPageView();
          history.pushState({}, '', '/two');
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'urls: set ones that are relative or of odd schemes',
    steps: [
      {
        visit: '/a/b?q=2',
        run({ trackPageView, setCustomUrl }, { start }) {
          start();
          for (const url of [
            ...['/c', 'c', '?q=1', '#z', '../up', '//other.example/x', 'mailto:a@example.com'],
            ...['chrome-extension://abc/x', 'safari-web-extension://abc/x', 'HTTPS://Shop.example'],
          ]) {
            setCustomUrl(url);
            trackPageView();
          }
        },
      },
    ],
  },
  {
    name: 'urls: without the fragment',
    steps: [
      {
        visit: '/a?b=1#secret',
        referrer: 'https://search.example/?q=1#also',
        run({ trackPageView, discardHashTag }, { start }) {
          start();
          discardHashTag(true);
          trackPageView();
          history.pushState({}, '', '/c#d');
          trackPageView();
          discardHashTag(false);
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'urls: without braces',
    steps: [
      {
        visit: '/a',
        run({ trackPageView, discardBrace, setCustomUrl, setReferrerUrl }, { start }) {
          start();
          setCustomUrl('https://shop.example/{a}/{{b}}?c={d}');
          setReferrerUrl('https://shop.example/{e}');
          trackPageView();
          discardBrace(true);
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'urls: the first referrer is kept',
    steps: [
      {
        visit: '/one',
        referrer: 'https://search.example/',
        run({ trackPageView, setReferrerUrl }, { start }) {
          start('sp', { preserveOriginalReferrer: true });
          trackPageView();
          history.pushState({}, '', '/two');
          trackPageView();
          setReferrerUrl('https://from.example/');
          trackPageView();
        },
      },
      {
        visit: '/alone',
        run({ trackPageView }, { start }) {
          start('sp', { preserveOriginalReferrer: true });
          history.replaceState({}, '', '/alone/too');
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'urls: other letters and odd queries',
    steps: [{ visit: "/caf%C3%A9/日本?a=b?c&d='e'&f=%7B%7D&g=%2", run: after(() => {}) }],
  },
]);
