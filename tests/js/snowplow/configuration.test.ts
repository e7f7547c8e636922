// The configuration of a tracker as the site gives it, and what becomes of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostOptions } from '../../../js/src/full/options.ts';
import {
  anonymousOf,
  identityOfStrategy,
  isServerAnonymous,
  optionsOf,
  partsOf,
} from '../../../js/src/snowplow/configuration.ts';
import type {
  AnonymousTrackingOptions,
  StateStorageStrategy,
  TrackerConfiguration,
} from '../../../js/src/snowplow/types.ts';
import { shareGlobals } from '../fake-globals.ts';
import { openSite } from './fake-site.ts';

const of = (given: TrackerConfiguration): HostOptions => optionsOf('shop', 'https://c.example', given);

/** Whether the browser's entity is asked for. */
const browserIn = (given: TrackerConfiguration): boolean => !!partsOf(given).browser;

describe('anonymity', () => {
  for (const [given, anonymous, server] of [
    [undefined, undefined, false],
    [false, false, false],
    [true, true, false],
    [{}, true, false],
    [{ withSessionTracking: false }, true, false],
    [{ withSessionTracking: true }, 'session', false],
    [{ withServerAnonymisation: true }, true, true],
    [{ withSessionTracking: true, withServerAnonymisation: true }, 'session', true],
    [null, null, false],
  ] as [AnonymousTrackingOptions | undefined, unknown, boolean][]) {
    test(`of ${JSON.stringify(given) ?? 'undefined'}`, () => {
      assert.deepEqual([anonymousOf(given), isServerAnonymous(given)], [anonymous, server]);
      const { anonymous: asked, serverAnonymisation } = of({ anonymousTracking: given as AnonymousTrackingOptions });
      assert.deepEqual([asked, serverAnonymisation], [anonymous, server]);
    });
  }
});

describe('where things are kept', () => {
  for (const [strategy, identity, storage] of [
    [undefined, 'cookie', 'local'],
    ['cookieAndLocalStorage', 'cookie', 'local'],
    ['cookie', 'cookie', 'memory'],
    ['localStorage', 'local', 'local'],
    ['none', 'memory', 'memory'],
  ] as [StateStorageStrategy | undefined, string, string][]) {
    test(`by the strategy ${strategy ?? 'that is not given'}`, () => {
      const options = of(strategy ? { stateStorageStrategy: strategy } : {});
      assert.deepEqual(
        [identityOfStrategy(strategy), options.identity, options.storage],
        [identity, identity, storage],
      );
    });
  }

  test('is for events as the older option says, if it is there', () => {
    assert.equal(of({ useLocalStorage: false }).storage, 'memory');
    assert.equal(of({ useLocalStorage: true, stateStorageStrategy: 'none' }).storage, 'local');
  });
});

describe('requests', () => {
  for (const [eventMethod, method] of [
    [undefined, 'post'],
    ['post', 'post'],
    ['get', 'get'],
    ['POST', 'post'],
    ['beacon', 'get'],
  ] as const) {
    test(`go by ${method} for the method ${eventMethod ?? 'that is not given'}`, () => {
      assert.equal(of(eventMethod ? { eventMethod: eventMethod as 'post' } : {}).method, method);
    });
  }

  test('are as large as the site wants, but not larger than the core can make them', () => {
    assert.deepEqual(
      [undefined, 0, 1, 60_000, 60_001, 1e9].map((maxPostBytes) => of({ maxPostBytes } as never).maxBatchBytes),
      [undefined, 0, 1, 60_000, 60_000, 60_000],
    );
  });

  for (const [given, asked] of [
    [{ idService: 'https://a.example/x' }, 'https://a.example/x'],
    [{ idService: 'https://a.example/x', cookieExtensionService: 'https://b.example/x' }, 'https://b.example/x'],
  ] as [TrackerConfiguration, string][]) {
    test(`are asked for a cookie at the newer of ${Object.keys(given).length} names`, async (t) => {
      const { make, run, network } = openSite(t);
      make('sp', given).trackPageView();
      await run();
      assert.equal(network.requests[0]?.url, asked);
    });
  }
});

describe('cookies', () => {
  test('are secure unless the site says no', () => {
    assert.deepEqual(
      [of({}), of({ cookieSecure: false })].map(({ cookies }) => cookies?.secure),
      [true, false],
    );
  });

  test('have the widest domain, that of the host alone, or the one that the site says', () => {
    const domain = (given: TrackerConfiguration): string | undefined => of(given).cookies?.domain;
    assert.equal(domain({}), undefined);
    assert.equal(domain({ discoverRootDomain: true }), undefined);
    assert.equal(domain({ discoverRootDomain: false }), '');
    assert.equal(domain({ discoverRootDomain: false, cookieDomain: '.a.example' }), '.a.example');
  });
});

describe('entities', () => {
  test('are that of the page alone if nothing is said', () => {
    for (const contexts of [undefined, null, {}]) {
      const { webPage, sessionEntity } = of({ contexts } as never);
      assert.deepEqual([webPage, sessionEntity, browserIn({ contexts } as never)], [true, false, false]);
    }
  });

  test('are those that the site says', () => {
    const given = { contexts: { webPage: false, session: true, browser: true } };
    const { webPage, sessionEntity } = of(given);
    assert.deepEqual([webPage, sessionEntity, browserIn(given)], [false, true, true]);
  });

  test('have no session where the application around a web view has its own, and the site wants that', (t) => {
    const given = { contexts: { session: true }, disableSessionContextWithinWebView: true };
    assert.equal(of(given).sessionEntity, true);
    shareGlobals(t, { ReactNativeWebView: {} });
    assert.equal(of(given).sessionEntity, false);
    assert.equal(of({ ...given, disableSessionContextWithinWebView: false }).sessionEntity, true);
  });
});

test('the rest has other names', () => {
  const task = (): never => {
    throw new Error('not to be called');
  };
  const [list, plugins] = [[401], [{}]];
  const options = of({
    appId: 'app',
    appVersion: '1.2',
    platform: 'mob',
    postPath: '/a/b',
    encodeBase64: true,
    sessionCookieTimeout: 60,
    cookieLifetime: 3600,
    cookieName: 'foo',
    cookieSameSite: 'None',
    credentials: 'omit',
    customHeaders: { a: 'b' },
    connectionTimeout: 900,
    bufferSize: 3,
    preserveOriginalReferrer: true,
    preservePageViewIdForUrl: 'pathname',
    respectDoNotTrack: true,
    customFetch: task,
    onRequestSuccess: task,
    onRequestFailure: task,
    maxGetBytes: 2000,
    retryFailedRequests: false,
    retryStatusCodes: list,
    dontRetryStatusCodes: list,
    plugins,
  });
  const expected: HostOptions = {
    collector: 'https://c.example',
    namespace: 'shop',
    appId: 'app',
    appVersion: '1.2',
    platform: 'mob',
    postPath: '/a/b',
    base64: true,
    sessionTimeoutSeconds: 60,
    userLifetimeSeconds: 3600,
    cookies: { domain: undefined, prefix: 'foo', sameSite: 'None', secure: true },
    credentials: 'omit',
    requestTimeoutMs: 900,
    minBatchEvents: 3,
    pageViewUrl: 'pathname',
    respectDoNotTrack: true,
    maxGetBytes: 2000,
    retryFailedRequests: false,
    retryStatusCodes: list,
    dontRetryStatusCodes: list,
    plugins,
  };
  for (const [name, value] of Object.entries(expected))
    assert.deepEqual([name, options[name as keyof HostOptions]], [name, value]);
});

test('a page view begins activity anew unless the site says no', () => {
  assert.deepEqual(
    [undefined, true, false].map(
      (resetActivityTrackingOnPageView) => of({ resetActivityTrackingOnPageView } as never).keepActivity,
    ),
    [false, false, true],
  );
});

/** What the site says, the status of each answer, and what it is told: whether the event is sent again. */
const failures: [given: TrackerConfiguration, status: number, willRetry: boolean][] = [
  [{}, 500, true],
  [{}, 401, false],
  [{ retryStatusCodes: [403, 401] }, 401, true],
  [{ dontRetryStatusCodes: [500] }, 500, false],
  [{ retryStatusCodes: [500], dontRetryStatusCodes: [500] }, 500, true],
  [{ retryFailedRequests: true }, 500, true],
  [{ retryFailedRequests: false }, 500, false],
  [{ retryFailedRequests: false, retryStatusCodes: [500] }, 500, false],
  [{ retryFailedRequests: undefined, retryStatusCodes: 5, dontRetryStatusCodes: {} } as never, 500, true],
];
describe('an event whose request failed is sent again, or not', () => {
  for (const [given, status, willRetry] of failures) {
    test(`after ${status} with ${JSON.stringify(given)}`, async (t) => {
      const told: unknown[] = [];
      let count = 0;
      const site = openSite(t);
      const tracker = site.make('sp', {
        ...given,
        customFetch: () => Promise.resolve(new Response(null, { status: count++ ? 200 : status })),
        onRequestFailure: (failure) => void told.push([failure.status, failure.willRetry]),
      });
      tracker.trackPageView();
      await site.run();
      await site.wait(2);
      assert.deepEqual([told, count], [[[status, willRetry]], willRetry ? 2 : 1]);
    });
  }
});
