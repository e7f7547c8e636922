// The pages: one job, "a page view, then events when told", as a site would write it with each package.
import { bundle } from '../bundles.mjs';

/** What a page gives to the benchmark. @typedef {{ exitBench: { track: (count: number) => void } }} OnPage */

/** How the peer can be configured. @type {Record<string, object>} */
export const peerConfigurations = { default: {}, keepalive: { keepalive: true } };

const START = `
  const query = new URLSearchParams(location.search);
  const collector = query.get('collector');
  const appId = query.get('sample');
  const offer = (trackOne) => {
    globalThis.exitBench = { track: (count) => { for (let i = 0; i < count; ++i) trackOne(i); } };
  };
`;

/** The fields of event \`i\`; both sides name them alike. */
const FIELDS = `{ category: 'product', action: 'add to basket', label: 'jumper-red-' + i, property: 'list', value: i }`;

const OURS = `
  import { createTracker } from 'piste';
  ${START}
  const tracker = createTracker({ collector, appId });
  tracker.trackPageView();
  offer((i) => tracker.trackStructured(${FIELDS}));
`;

const peerProgram = (/** @type {object} */ configuration) => `
  import { newTracker, trackPageView, trackStructEvent } from '@snowplow/browser-tracker';
  ${START}
  newTracker('sp', collector, { appId, ...${JSON.stringify(configuration)} });
  trackPageView();
  offer((i) => trackStructEvent(${FIELDS}));
`;

/** @param {string} side */
const html = (side) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body><h1>Shop</h1><p>Jumpers.</p><script src="/${side}.js"></script></body></html>`;

/** All files of the site, by path. @param {object} configuration of the peer */
export const siteFiles = async (configuration) => ({
  '/ours.html': html('ours'),
  '/ours.js': (await bundle(OURS)).text,
  '/peer.html': html('peer'),
  '/peer.js': (await bundle(peerProgram(configuration))).text,
  '/elsewhere.html': '<!doctype html><title>Elsewhere</title><p>No tracker here.</p>',
});
