// One job, "a page view plus page pings", as a site would write it with each package.

/** What the packages are told alike. */
const APP = 'shop';
const FIRST_PING_SECONDS = 10;
const PING_SECONDS = 10;

/** With an entry of ours. @param {string} entry @param {string} collector @param {string} [further] */
export const oursProgram = (entry, collector, further = '') => `
  import { createTracker } from '${entry}';
  const tracker = createTracker({
    collector: '${collector}',
    appId: '${APP}',
    pagePings: { minimumVisitSeconds: ${FIRST_PING_SECONDS}, heartbeatSeconds: ${PING_SECONDS} },
    ${further}
  });
  tracker.trackPageView();
`;

/** With @snowplow/browser-tracker. @param {string} collector @param {object} [configuration] */
export const snowplowProgram = (collector, configuration = {}) => `
  import { enableActivityTracking, newTracker, trackPageView } from '@snowplow/browser-tracker';
  newTracker('sp', '${collector}', ${JSON.stringify({ appId: APP, ...configuration })});
  enableActivityTracking({ minimumVisitLength: ${FIRST_PING_SECONDS}, heartbeatDelay: ${PING_SECONDS} });
  trackPageView();
`;

/** With @gitlab/application-sdk-browser. @param {string} collector */
export const gitlabProgram = (collector) => `
  import { glClientSDK } from '@gitlab/application-sdk-browser';
  const pagePingTracking = { minimumVisitLength: ${FIRST_PING_SECONDS}, heartbeatDelay: ${PING_SECONDS} };
  glClientSDK({ appId: '${APP}', host: '${collector}', pagePingTracking }).page();
`;

/**
 * How the peer is configured where times are compared. `lean` is the same job as ours, and the least work with which
 * the peer does it: same payload keys (anonymous tracking leaves the session out), no cookies, queue in localStorage.
 * `default` is what a site gets that configures nothing.
 * @type {Record<string, object>}
 */
export const peerConfigurations = {
  lean: { anonymousTracking: true, stateStorageStrategy: 'none', useLocalStorage: true, contexts: { webPage: true } },
  default: {},
};
