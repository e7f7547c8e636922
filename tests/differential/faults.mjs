// Faces that are wrong on purpose, each in one respect: a comparison that does not notice them proves nothing.

/** @typedef {import('./scenario.mjs').Face} Face */

/**
 * @typedef {object} Fault
 * @property {string} scenario in which it must be noticed
 * @property {string} path of one of the differences, as in differences.mjs
 * @property {(face: Face) => Partial<Face>} alter
 */

/** A tracker that is configured otherwise. @param {object} other @returns {Fault['alter']} */
const configured = (other) => (face) => ({
  newTracker: (id, endpoint, configuration) => face.newTracker(id, endpoint, { ...configuration, ...other }),
});

/** @type {Record<string, Fault>} */
export const faults = {
  'a value of a payload': {
    scenario: 'structured: all fields',
    path: '0/events/sp/*/se_la',
    alter: (face) => ({
      trackStructEvent: (event, ids) => face.trackStructEvent({ ...event, label: `${event.label}.` }, ids),
    }),
  },
  'a key of a payload': {
    scenario: 'structured: all fields',
    path: '0/events/sp/*/se_pr',
    alter: (face) => ({
      trackStructEvent: (event, ids) => face.trackStructEvent({ ...event, property: '' }, ids),
    }),
  },
  'an event too many': {
    scenario: 'structured: all fields',
    path: '0/events/sp/**',
    alter: (face) => ({
      trackStructEvent(event, ids) {
        face.trackStructEvent(event, ids);
        face.trackStructEvent(event, ids);
      },
    }),
  },
  'an entity that is missing': {
    scenario: 'entities: several on one page view',
    path: '0/events/sp/0/co/data/**',
    alter: (face) => ({
      trackPageView: (event, ids) => face.trackPageView({ ...event, context: event?.context?.slice(1) ?? [] }, ids),
    }),
  },
  'the order of entities': {
    scenario: 'entities: several on one page view',
    path: '0/events/sp/0/co/data/0/data/name',
    alter: (face) => ({
      trackPageView(event, ids) {
        face.trackPageView({ ...event, context: [...(event?.context ?? [])].reverse() }, ids);
      },
    }),
  },
  'a given time that is forgotten': {
    scenario: 'timestamps: a true one',
    path: '0/events/sp/*/ttm',
    alter: (face) => ({
      trackStructEvent: ({ timestamp: _, ...event }, ids) => face.trackStructEvent(event, ids),
    }),
  },
  'an id that should have stayed': {
    scenario: 'page views: two on one page',
    path: '0/events/sp/1/duid',
    alter: (face) => ({
      trackPageView(event, ids) {
        face.trackPageView(event, ids);
        face.clearUserData({ preserveUser: false, preserveSession: true });
      },
    }),
  },
  'an id that should have changed': {
    scenario: 'page views: two on one page',
    path: '0/events/sp/1/co/data/0/data/id',
    alter: (face) => ({
      trackPageView(event, ids) {
        face.preservePageViewId();
        face.trackPageView(event, ids);
      },
    }),
  },
  'base64 where there should be none': {
    scenario: 'entities: several on one page view',
    path: '0/events/sp/0/cx',
    alter: configured({ encodeBase64: true }),
  },
  'a plugin that is forgotten': {
    scenario: 'plugins-official: links, all of them',
    path: '0/events/sp/**',
    alter: configured({ plugins: [] }),
  },
  'the lifetime of a cookie': {
    scenario: 'cookies: attributes',
    path: '0/stored/cookies/_sp_id.*/lifetime',
    alter: configured({ cookieLifetime: 5000 }),
  },
  'the name of a cookie': {
    scenario: 'cookies: attributes',
    path: '0/stored/cookies/_sq_id.*',
    alter: configured({ cookieName: '_sq_' }),
  },
  'the time of a ping': {
    scenario: 'pings: with activity, at each heartbeat',
    path: '0/events/sp/*/dtm',
    alter: (face) => ({
      enableActivityTracking({ heartbeatDelay, ...rest }, ids) {
        face.enableActivityTracking({ ...rest, heartbeatDelay: heartbeatDelay + 1 }, ids);
      },
    }),
  },
  'a path of requests': {
    scenario: 'requests: path',
    path: '0/requests/0/path',
    alter: configured({ postPath: '/com.acme/other' }),
  },
  'a header of requests': {
    scenario: 'requests: own headers by POST',
    path: '0/requests/0/headers/x-shop',
    alter: configured({ customHeaders: {} }),
  },
  'what a callback is told': {
    scenario: 'callbacks: a request was accepted',
    path: '0/notes/*/**',
    alter: (face) => ({
      newTracker: (id, endpoint, configuration = {}) =>
        face.newTracker(id, endpoint, {
          ...configuration,
          onRequestSuccess: (batch, response) => configuration.onRequestSuccess?.(batch.slice(1), response),
        }),
    }),
  },
  'what a getter gives': {
    scenario: 'user ids: set and cleared',
    path: '0/notes/*/1',
    alter: (face) => ({ setUserId: (user, ids) => face.setUserId(user && `${user}!`, ids) }),
  },
  'who the visitor is on the next page': {
    scenario: 'upgrade: ids in cookies',
    path: '1/events/sp/0/duid',
    alter: configured({ cookieName: `_sp_${Math.random()}_`.replace('.', '') }),
  },
};
