// Where the state is kept, and with what attributes.
import { define } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').TrackerConfiguration} Configuration */

/** Two pages of one visitor. @param {string} name @param {Configuration} configuration @param {string} [host] */
const kept = (name, configuration, host = 'localhost') => ({
  name: `cookies: ${name}`,
  steps: ['/one', '/two'].map((visit) => ({
    visit,
    host,
    /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
    run({ trackPageView }, { start, note }) {
      const tracker = start('sp', { contexts: { session: true }, ...configuration });
      trackPageView();
      note('names', [tracker.getCookieName('id'), tracker.getCookieName('ses')]);
      note('user', tracker.getDomainUserId());
    },
  })),
});

export const scenarios = define([
  kept('attributes', {}),
  kept('their own prefix, lifetimes and SameSite', {
    cookieName: 'foo',
    cookieLifetime: 86_400,
    sessionCookieTimeout: 600,
    cookieSameSite: 'Strict',
  }),
  kept('of one browser session', { cookieLifetime: 0 }),
  kept('written at once', { synchronousCookieWrite: true }),
  kept('of the root domain', {}, 'www.shop.test'),
  kept('of this host only', { discoverRootDomain: false }, 'www.shop.test'),
  kept('of a domain that is given', { cookieDomain: '.shop.test' }, 'www.shop.test'),
  kept('of a foreign domain', { cookieDomain: 'other.test' }, 'www.shop.test'),
  kept('for https only, on a page without', { cookieSecure: true }, 'www.shop.test'),
  kept('for https only, on localhost', { cookieSecure: true }),
  kept('only, by strategy', { stateStorageStrategy: 'cookie' }),
  kept('no, but localStorage', { stateStorageStrategy: 'localStorage' }),
  kept('nor anything else', { stateStorageStrategy: 'none' }),
  {
    name: 'cookies: another path, another lifetime, later',
    steps: [
      {
        visit: '/shop/',
        run({ trackPageView, setCookiePath, setVisitorCookieTimeout }, { start, note }) {
          const tracker = start();
          trackPageView();
          setCookiePath('/shop');
          setVisitorCookieTimeout(7200);
          trackPageView();
          note('name', tracker.getCookieName('id'));
        },
      },
    ],
  },
  {
    name: 'cookies: storage that throws',
    init: `Storage.prototype.setItem = Storage.prototype.getItem = () => {
      throw new DOMException('no', 'SecurityError');
    };`,
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          start('sp', { contexts: { session: true, browser: true }, stateStorageStrategy: 'localStorage' });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'cookies: all data of the user cleared',
    steps: [
      {
        visit: '/',
        run({ trackPageView, clearUserData, setUserId }, { start, note }) {
          const tracker = start('sp', { contexts: { session: true } });
          setUserId('jane');
          trackPageView();
          clearUserData();
          note('user', [tracker.getUserId(), tracker.getDomainUserId()]);
          trackPageView();
        },
      },
    ],
  },
  ...[
    { preserveUser: true, preserveSession: false },
    { preserveUser: false, preserveSession: true },
    { preserveUser: true, preserveSession: true },
  ].map((configuration) => ({
    name: `cookies: cleared but for ${Object.entries(configuration)
      .flatMap(([key, is]) => (is ? key : []))
      .join(' and ')}`,
    steps: [
      {
        visit: '/',
        /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
        run({ trackPageView, clearUserData, setUserId }, { start }) {
          start('sp', { contexts: { session: true } });
          setUserId('jane');
          trackPageView();
          clearUserData(configuration);
          trackPageView();
        },
      },
    ],
  })),
]);
