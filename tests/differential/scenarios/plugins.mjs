// Plugins: when they are called, with what, and what they can change.
import { define, thing } from '../scenario.mjs';

/** @typedef {import('@snowplow/browser-tracker').BrowserPlugin} Plugin */
/** @typedef {import('../scenario.mjs').Tools} Tools */

/** Notes each call. @param {Tools} page @param {string} name @returns {Plugin} */
const watching = ({ note }, name) => ({
  logger: () => note(`${name} logger`),
  activateCorePlugin: () => note(`${name} core`),
  activateBrowserPlugin: (tracker) => note(`${name} browser`, [tracker.id, tracker.namespace]),
  contexts() {
    note(`${name} contexts`);
    return [thing(name)];
  },
  beforeTrack: (builder) => note(`${name} before`, Object.keys(builder.getPayload()).sort()),
  filter(payload) {
    note(`${name} filter`, Object.keys(payload).sort());
    return true;
  },
  afterTrack: (payload) => note(`${name} after`, Object.keys(payload).sort()),
});

export const scenarios = define([
  {
    name: 'plugins: the order of calls',
    steps: [
      {
        visit: '/',
        run({ trackPageView, addPlugin }, page) {
          page.start('sp', { appVersion: '1', plugins: [watching(page, 'one'), watching(page, 'two')] });
          trackPageView();
          addPlugin({ plugin: watching(page, 'three') });
          trackPageView({ context: [thing('own')] });
        },
      },
    ],
  },
  {
    name: 'plugins: change payloads',
    steps: [
      {
        visit: '/',
        run({ trackPageView, trackStructEvent }, { start }) {
          /** @type {Plugin} */
          const plugin = {
            beforeTrack(builder) {
              builder.add('ua', 'mine');
              builder.addDict({ ip: '10.0.0.1', mac: '' });
              builder.addContextEntity(thing('added'));
            },
          };
          start('sp', { plugins: [plugin], contexts: { session: true } });
          trackPageView();
          trackStructEvent({ category: 'c', action: 'a' });
        },
      },
    ],
  },
  {
    name: 'plugins: drop events',
    steps: [
      {
        visit: '/',
        run({ trackStructEvent }, { start, note }) {
          /** @type {Plugin} */
          const plugin = {
            filter: ({ se_ca: category }) => category !== 'dropped',
            afterTrack: ({ se_ca: category }) => note('after', category),
          };
          start('sp', { plugins: [plugin], contexts: { session: true } });
          for (const category of ['kept', 'dropped', 'kept']) trackStructEvent({ category, action: 'a' });
        },
      },
    ],
  },
  {
    name: 'plugins: that throw',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          const fail = () => {
            throw new Error('of a plugin');
          };
          start('sp', { plugins: [{ contexts: fail, beforeTrack: fail, filter: fail, afterTrack: fail }] });
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'plugins: pairs and settings of the core',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start }) {
          const { core } = start();
          core.addPayloadPair('ua', 'paired');
          core.addPayloadDict({ ip: '10.0.0.2', fp: '' });
          core.setAppId('renamed');
          core.setPlatform('app');
          core.setLang('fr');
          core.setTimezone('Asia/Tokyo');
          core.setScreenResolution('10', '20');
          core.setColorDepth('8');
          trackPageView();
        },
      },
    ],
  },
  {
    name: 'plugins: what track of the core gives',
    steps: [
      {
        visit: '/',
        run({ trackPageView }, { start, note }) {
          /** @type {unknown[]} */
          const payloads = [];
          start('sp', { plugins: [{ afterTrack: (payload) => void payloads.push(payload) }] });
          trackPageView();
          note('payloads', payloads);
        },
      },
    ],
  },
]);
