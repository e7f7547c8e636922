// Requests: where they go, what they carry, and which of them are tried again.
import { define, thing } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').TrackerConfiguration} Configuration */
/** @typedef {import('../scenario.mjs').Tools} Tools */
/** @typedef {NonNullable<import('../scenario.mjs').Step['run']>} Run */

/** A page view and a structured event. @param {Configuration} configuration @returns {Run} */
const two =
  (configuration) =>
  ({ trackPageView, trackStructEvent }, { start }) => {
    start('sp', configuration);
    trackPageView({ context: [thing('entity', { text: 'é✓' })] });
    trackStructEvent({ category: 'c', action: "a b'c(d)*!~", value: 1 });
  };

/** One event: which of several share a request is not compared. @param {Configuration} configuration @returns {Run} */
const one =
  (configuration) =>
  ({ trackPageView }, { start }) => {
    start('sp', configuration);
    trackPageView();
  };

/** @param {string} name @param {Configuration} configuration */
const shapes = (name, configuration) => ({
  name: `requests: ${name}`,
  requests: /** @type {const} */ ('shapes'),
  steps: [{ visit: '/', run: two(configuration) }],
});

/**
 * Notes what requests are like before they are sent.
 * @param {Tools} page
 * @returns {NonNullable<Configuration['customFetch']>}
 */
const watching = ({ note }) => {
  const seen = new Set();
  return (request) => {
    const { method, credentials, keepalive, url } = /** @type {Request} */ (request);
    const shape = [method, credentials, keepalive, url.split('?')[0], typeof request];
    if (!seen.has(`${shape}`)) note('request', shape);
    seen.add(`${shape}`);
    return fetch(request);
  };
};

/** @param {string} name @param {Configuration} configuration */
const watched = (name, configuration) => ({
  name: `requests: ${name}`,
  steps: [
    {
      visit: '/',
      /** @type {Run} */
      run: (face, page) => two({ ...configuration, customFetch: watching(page) })(face, page),
    },
  ],
});

export const scenarios = define([
  shapes('by POST', {}),
  shapes('by POST in base64', { encodeBase64: true }),
  shapes('by GET', { eventMethod: 'get' }),
  shapes('by GET without base64', { eventMethod: 'get', encodeBase64: false }),
  shapes('by GET without the time of sending', { eventMethod: 'get', useStm: false }),
  shapes('by POST without the time of sending', { useStm: false }),
  shapes('path', { postPath: '/com.acme/track' }),
  shapes('own headers by POST', { customHeaders: { 'X-Shop': 'yes', 'X-Two': '2' } }),
  shapes('own headers by GET', { eventMethod: 'get', customHeaders: { 'X-Shop': 'yes' } }),
  watched('as the function sees them that sends', {}),
  watched('without credentials', { credentials: 'omit' }),
  watched('that outlive the page', { keepalive: true }),
  watched('by GET, as the function sees them that sends', { eventMethod: 'get' }),
  {
    name: 'requests: an endpoint without a scheme',
    requests: 'shapes',
    steps: [
      {
        visit: '/',
        run({ newTracker, trackPageView }, { collector }) {
          newTracker('sp', collector.slice('http://'.length), { cookieSecure: false });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'requests: another collector from now on',
    requests: 'shapes',
    steps: [
      {
        visit: '/',
        run: ({ trackPageView }, { start }) => {
          start();
          trackPageView();
        },
        drive: ({ arrive }) => arrive(1),
      },
      {
        run({ trackStructEvent, setCollectorUrl }, { collector }) {
          setCollectorUrl(collector.replace('127.0.0.1', 'collector2.test'));
          trackStructEvent({ category: 'to the other', action: 'a' });
        },
      },
    ],
  },
  {
    name: 'requests: several events wait for one another',
    requests: 'all',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start('sp', { bufferSize: 3 });
          for (const action of ['1', '2', '3']) trackStructEvent({ category: 'c', action });
        },
        drive: ({ arrive }) => arrive(3),
      },
    ],
  },
  {
    name: 'requests: one event larger than a request may be',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start }) {
          start('sp', { maxPostBytes: 1500 });
          trackStructEvent({ category: 'small', action: 'a' });
          trackStructEvent({ category: 'large', action: 'a', label: 'é'.repeat(1000) });
          trackStructEvent({ category: 'small', action: 'b' });
        },
        drive: ({ arrive }) => arrive(3),
      },
    ],
  },
  ...[500, 404, 429].map((status) => ({
    name: `requests: tried again after ${status}`,
    steps: [
      {
        answers: [status, 200],
        visit: '/',
        run: two({}),
        drive: (/** @type {import('../scenario.mjs').Outside} */ { refuse }) => refuse(1),
      },
    ],
  })),
  ...[400, 403, 422].map((status) => ({
    name: `requests: not tried again after ${status}`,
    steps: [
      {
        answers: [status, 200],
        visit: '/',
        run: one({}),
        drive: (/** @type {import('../scenario.mjs').Outside} */ { refuse }) => refuse(1),
      },
    ],
  })),
  {
    name: 'requests: tried again or not, as the page wants it',
    steps: [
      {
        answers: [503, 401, 200],
        visit: '/',
        run: one({ retryStatusCodes: [401], dontRetryStatusCodes: [503] }),
        drive: ({ refuse }) => refuse(1),
      },
      {
        run: ({ trackStructEvent }) => trackStructEvent({ category: 'after', action: 'a' }),
        drive: ({ refuse }) => refuse(2),
      },
    ],
  },
  {
    name: 'requests: tried again after a broken connection',
    steps: [{ answers: ['drop', 200], visit: '/', run: two({}), drive: ({ refuse }) => refuse(1) }],
  },
  {
    name: 'requests: a service that prolongs cookies is asked first',
    requests: 'shapes',
    steps: [
      {
        visit: '/',
        run: (face, page) => two({ cookieExtensionService: `${page.collector}/prolong` })(face, page),
      },
    ],
  },
  {
    name: 'requests: events in a store of the page',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start, note }) {
          /** @type {import('@snowplow/browser-tracker').EventStorePayload[]} */
          let stored = [];
          start('sp', {
            eventStore: {
              count: () => Promise.resolve(stored.length),
              add(item) {
                note('added', item.payload['e']);
                return Promise.resolve(stored.push(item));
              },
              removeHead(count) {
                stored = stored.slice(count);
                return Promise.resolve();
              },
              iterator() {
                const items = [...stored];
                return {
                  next() {
                    const value = items.shift();
                    return Promise.resolve({ value, done: value === undefined });
                  },
                };
              },
              getAll: () => Promise.resolve(stored),
              getAllPayloads: () => Promise.resolve(stored.map(({ payload }) => payload)),
            },
          });
          trackStructEvent({ category: 'c', action: 'a' });
        },
      },
    ],
  },
]);
