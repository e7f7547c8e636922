// Pages with the script tag: what they say to it, and what that means as calls of the peer's functions.
import { knownId, thing } from './scenario.mjs';

/** @typedef {import('./page-program.mjs').Tools} Tools */
/** @typedef {import('./page-program.mjs').Configuration} Configuration */
/** @typedef {import('./page-program.mjs').Tracker} Tracker */
/** @typedef {typeof import('snowplow-plugin-link-click-tracking')} LinkClicks */
/** @typedef {import('./scenario.mjs').Face & LinkClicks} Functions */

/** A global function of the page. */
/** @typedef {((...values: any[]) => void) & { q: { push: (...calls: any[]) => void } }} Tag */

/** @typedef {Tools & { loaded: () => Promise<void>, address: (script: string) => string }} Saying */
/** @typedef {(name: string, configuration?: Configuration, tag?: string) => Tracker | null} Add */
/** @typedef {Tools & { add: Add }} Meaning */

/**
 * @typedef {import('./scenario.mjs').Step & {
 *   says?: (tag: (name?: string) => Tag, tools: Saying) => void | Promise<void>,
 *   means?: (face: Functions, tools: Meaning) => void | Promise<void>,
 * }} TagStep
 */

/** `tags`: the trackers of each global function; default `{ snowplow: ['shop'] }`. No two have the same name. */
/** @typedef {{ name: string, tags?: Record<string, string[]>, steps: TagStep[] }} TagScenario */

const OURS = { appId: 'shop', cookieSecure: false };
const ONE = { category: 'c', action: 'one' };
const TWO = { category: 'c', action: 'two' };
const IDS = ['snowplow_shop'];

/**
 * A page of one step.
 * @param {string} name
 * @param {TagStep} step
 * @param {Record<string, string[]>} [tags]
 * @returns {TagScenario}
 */
const page = (name, step, tags) => ({ name, ...(tags && { tags }), steps: [{ visit: '/', ...step }] });

/** A module of the page's own: a plugin that adds entities of these names, and a method. */
const entityModule = () => ({
  /** @param {string[]} names */
  entityPlugin: (...names) => ({ contexts: () => names.map((name) => thing(name)) }),
  /** @param {{ action: string }} event @param {string[]} ids */
  trackOwn(event, ids) {
    Object.assign(globalThis, { own: [event, ids] });
  },
});

export const scenarios = /** @type {TagScenario[]} */ ([
  page('tag: calls before the load', {
    says(tag, { collector }) {
      const snowplow = tag();
      snowplow('newTracker', 'shop', collector, { ...OURS, contexts: { session: true }, cookieName: '_own_' });
      snowplow('setUserId', 'ann');
      snowplow('trackPageView', { title: 'Given', context: [thing('a')] });
      snowplow('trackStructEvent:shop', ONE);
      snowplow('trackSelfDescribingEvent', { event: thing('b') });
    },
    means({ setUserId, trackPageView, trackStructEvent, trackSelfDescribingEvent }, { add }) {
      add('shop', { contexts: { session: true }, cookieName: '_own_' });
      setUserId('ann', IDS);
      trackPageView({ title: 'Given', context: [thing('a')] }, IDS);
      trackStructEvent(ONE, IDS);
      trackSelfDescribingEvent({ event: thing('b') }, IDS);
    },
  }),
  page('tag: calls after the load', {
    async says(tag, { collector, loaded }) {
      const snowplow = tag();
      await loaded();
      snowplow('newTracker', 'shop', collector, OURS);
      snowplow('trackPageView');
      snowplow.q.push(['trackStructEvent', ONE], ['trackStructEvent', TWO]);
    },
    means({ trackPageView, trackStructEvent }, { add }) {
      add('shop');
      trackPageView({}, IDS);
      trackStructEvent(ONE, IDS);
      trackStructEvent(TWO, IDS);
    },
  }),
  page(
    'tag: trackers by their names',
    {
      says(tag, { collector }) {
        const snowplow = tag();
        for (const name of ['a', 'b', 'c']) snowplow('newTracker', name, collector, OURS);
        snowplow('trackPageView');
        snowplow('trackStructEvent:b', ONE);
        snowplow('trackStructEvent:a;c', TWO);
        snowplow('trackStructEvent:a;nobody;b', { ...ONE, label: 'and somebody who is not there' });
        snowplow('setUserId:c:a', 'ann');
        snowplow('trackPageView');
      },
      means({ trackPageView, trackStructEvent, setUserId }, { add }) {
        for (const name of ['a', 'b', 'c']) add(name);
        const all = ['snowplow_a', 'snowplow_b', 'snowplow_c'];
        trackPageView({}, all);
        trackStructEvent(ONE, ['snowplow_b']);
        trackStructEvent(TWO, ['snowplow_a', 'snowplow_c']);
        trackStructEvent({ ...ONE, label: 'and somebody who is not there' }, ['snowplow_a', 'snowplow_b']);
        setUserId('ann', ['snowplow_c']);
        trackPageView({}, all);
      },
    },
    { snowplow: ['a', 'b', 'c'] },
  ),
  page(
    'tag: two global functions',
    {
      says(tag, { collector }) {
        tag('one')('newTracker', 'a', collector, { ...OURS, appId: 'one' });
        tag('other')('newTracker', 'b', collector, { ...OURS, appId: 'other' });
        tag('one')('trackPageView');
        tag('other')('trackPageView');
        tag('other')('trackStructEvent:a', ONE);
        tag('one')('trackStructEvent', TWO);
      },
      means({ trackPageView, trackStructEvent }, { add }) {
        add('a', { appId: 'one' }, 'one');
        trackPageView({}, ['one_a']);
        trackStructEvent(TWO, ['one_a']);
        add('b', { appId: 'other' }, 'other');
        trackPageView({}, ['other_b']);
      },
    },
    { one: ['a'], other: ['b'] },
  ),
  page('tag: methods without an argument', {
    says(tag, { collector }) {
      const snowplow = tag();
      snowplow('newTracker', 'shop', collector, { ...OURS, contexts: { session: true } });
      snowplow('setUserId', 'ann');
      snowplow('trackPageView');
      snowplow('setUserId', null);
      snowplow('newSession');
      snowplow('preservePageViewId');
      snowplow('trackPageView', undefined);
      snowplow('enableAnonymousTracking');
      snowplow('trackPageView', {});
      snowplow('disableAnonymousTracking');
      snowplow('clearGlobalContexts');
      snowplow('disableActivityTracking');
      snowplow('trackPageView');
    },
    means(face, { add }) {
      add('shop', { contexts: { session: true } });
      face.setUserId('ann', IDS);
      face.trackPageView({}, IDS);
      face.setUserId(null, IDS);
      face.newSession(IDS);
      face.preservePageViewId(IDS);
      face.trackPageView(undefined, IDS);
      face.enableAnonymousTracking({}, IDS);
      face.trackPageView({}, IDS);
      face.disableAnonymousTracking({}, IDS);
      face.clearGlobalContexts(IDS);
      face.disableActivityTracking(IDS);
      face.trackPageView({}, IDS);
    },
  }),
  page('tag: a user id of nothing', {
    says(tag, { collector }) {
      tag()('newTracker', 'shop', collector, OURS);
      tag()('setUserId');
      tag()('trackPageView');
    },
    means({ setUserId, trackPageView }, { add }) {
      add('shop');
      setUserId(/** @type {any} */ ({}), IDS);
      trackPageView({}, IDS);
    },
  }),
  page(
    'tag: the first argument alone is forwarded',
    {
      says(tag, { collector }) {
        const snowplow = tag();
        for (const name of ['a', 'b']) snowplow('newTracker', name, collector, OURS);
        snowplow('trackPageView', { title: 'Given' }, ['snowplow_a'], 'more');
        snowplow('setUserId:a', 'ann', ['snowplow_b']);
        snowplow('trackStructEvent', ONE, ['nobody']);
      },
      means({ trackPageView, trackStructEvent, setUserId }, { add }) {
        for (const name of ['a', 'b']) add(name);
        trackPageView({ title: 'Given' }, ['snowplow_a', 'snowplow_b']);
        setUserId('ann', ['snowplow_a']);
        trackStructEvent(ONE, ['snowplow_a', 'snowplow_b']);
      },
    },
    { snowplow: ['a', 'b'] },
  ),
  page(
    'tag: functions',
    {
      async says(tag, { collector, note, loaded }) {
        const snowplow = tag();
        for (const name of ['a', 'b']) snowplow('newTracker', name, collector, OURS);
        snowplow(
          /** @this {Record<string, Tracker>} @param {any[]} values */
          function (...values) {
            note('values', [...values.slice(0, -1), values.at(-1) === this]);
            for (const [name, tracker] of Object.entries(this)) note(name, [tracker.id, tracker.namespace]);
            this['a']?.setUserId('ann');
          },
          1,
          { two: 2 },
        );
        snowplow(() => {
          throw new Error('of the page');
        });
        snowplow('trackPageView');
        await loaded();
        snowplow((/** @type {object} */ all) => note('after the load', Object.keys(all)));
      },
      means({ trackPageView }, { add, note }) {
        const [a] = ['a', 'b'].map((name) => add(name));
        note('values', [1, { two: 2 }, true]);
        for (const name of ['a', 'b']) note(name, [`snowplow_${name}`, name]);
        a?.setUserId('ann');
        trackPageView({}, ['snowplow_a', 'snowplow_b']);
        note('after the load', ['a', 'b']);
      },
    },
    { snowplow: ['a', 'b'] },
  ),
  page('tag: calls that are none', {
    says(tag, { collector }) {
      const snowplow = tag();
      snowplow('trackPageView');
      snowplow('newTracker', 'shop');
      snowplow('newTracker', 5, collector);
      snowplow('newTracker', 'shop', collector, 'configuration');
      snowplow('newTracker', 'shop', collector, { ...OURS, userFingerprint: false });
      snowplow('newTracker', 'shop', collector, { ...OURS, appId: 'again' });
      snowplow('trackNothing', ONE);
      snowplow('addPlugin', 'nowhere');
      snowplow('addPlugin', 5, 'Plugin');
      snowplow('setUserIdFromLocation:nobody', 'user');
      snowplow('trackStructEvent', ONE);
    },
    means({ trackStructEvent }, { add }) {
      add('shop');
      trackStructEvent(ONE, IDS);
    },
  }),
  page('tag: plugins of the configuration are not taken', {
    says(tag, { collector }) {
      tag()('newTracker', 'shop', collector, { ...OURS, plugins: [entityModule().entityPlugin('no')] });
      tag()('trackPageView');
    },
    means({ trackPageView }, { add }) {
      add('shop');
      trackPageView({}, IDS);
    },
  }),
  page(
    'tag: a plugin as an object',
    {
      says(tag, { collector, note }) {
        const snowplow = tag();
        for (const name of ['a', 'b']) snowplow('newTracker', name, collector, OURS);
        snowplow('addPlugin:b', entityModule(), 'entityPlugin', ['x', 'y']);
        snowplow('trackPageView');
        snowplow('trackOwn:a', ONE);
        snowplow(() => note('own', /** @type {any} */ (globalThis)['own']));
        snowplow('trackOwn');
        snowplow(() => note('own', /** @type {any} */ (globalThis)['own']));
      },
      means({ trackPageView, addPlugin }, { add, note }) {
        for (const name of ['a', 'b']) add(name);
        addPlugin({ plugin: entityModule().entityPlugin('x', 'y') }, ['snowplow_b']);
        trackPageView({}, ['snowplow_a', 'snowplow_b']);
        note('own', [ONE, ['snowplow_a']]);
        note('own', [{}, ['snowplow_a', 'snowplow_b']]);
      },
    },
    { snowplow: ['a', 'b'] },
  ),
  page('tag: a plugin of the peer’s by URL', {
    body: '<a id="out" href="#there">There</a>',
    says(tag, { collector, address }) {
      const snowplow = tag();
      snowplow('newTracker', 'shop', collector, OURS);
      snowplow('addPlugin', address('linkClicks'), ['snowplowLinkClickTracking', 'LinkClickTrackingPlugin']);
      snowplow('enableLinkClickTracking');
      snowplow('trackPageView');
      snowplow('trackLinkClick', { targetUrl: `https://a.test/${knownId(1)}` });
    },
    means({ LinkClickTrackingPlugin, enableLinkClickTracking, trackLinkClick, trackPageView, addPlugin }, { add }) {
      add('shop');
      addPlugin({ plugin: LinkClickTrackingPlugin() }, IDS);
      enableLinkClickTracking({}, IDS);
      trackPageView({}, IDS);
      trackLinkClick({ targetUrl: `https://a.test/${knownId(1)}` }, IDS);
    },
    drive: ({ page: tab }) => tab.click('#out'),
  }),
  page('tag: a plugin by URL that cannot be had', {
    says(tag, { collector }) {
      const snowplow = tag();
      snowplow('newTracker', 'shop', collector, OURS);
      snowplow('addPlugin', 'blob:nothing', ['nothing', 'Plugin']);
      snowplow('trackPageView');
      snowplow('trackNothing');
    },
    means({ trackPageView }, { add }) {
      add('shop');
      trackPageView({}, IDS);
    },
  }),
  page(
    'tag: what waits for a plugin, and what does not',
    {
      says(tag, { collector, address, note }) {
        const snowplow = tag();
        snowplow('newTracker', 'a', collector, OURS);
        snowplow('addPlugin', address('linkClicks'), ['snowplowLinkClickTracking', 'LinkClickTrackingPlugin']);
        snowplow('trackStructEvent', ONE);
        snowplow('trackStructEvent:a', TWO);
        snowplow('addPlugin', entityModule(), 'entityPlugin', ['early']);
        snowplow('newTracker', 'b', collector, OURS);
        snowplow((/** @type {object} */ all) => note('trackers', Object.keys(all)));
      },
      means({ addPlugin, trackStructEvent, LinkClickTrackingPlugin }, { add, note }) {
        add('a');
        addPlugin({ plugin: entityModule().entityPlugin('early') }, ['snowplow_a']);
        add('b');
        note('trackers', ['a', 'b']);
        addPlugin({ plugin: LinkClickTrackingPlugin() }, ['snowplow_a', 'snowplow_b']);
        trackStructEvent(ONE, ['snowplow_a', 'snowplow_b']);
        trackStructEvent(TWO, ['snowplow_a']);
      },
    },
    { snowplow: ['a', 'b'] },
  ),
  page('tag: page pings and entities for every event', {
    says(tag, { collector }) {
      const snowplow = tag();
      snowplow('newTracker', 'shop', collector, OURS);
      snowplow('addGlobalContexts', [thing('all')]);
      snowplow('enableActivityTracking', { minimumVisitLength: 5, heartbeatDelay: 5 });
      snowplow('trackPageView');
    },
    means({ addGlobalContexts, enableActivityTracking, trackPageView }, { add }) {
      add('shop');
      addGlobalContexts([thing('all')], IDS);
      enableActivityTracking({ minimumVisitLength: 5, heartbeatDelay: 5 }, IDS);
      trackPageView({}, IDS);
    },
    async drive({ page: tab, pass }) {
      await pass(2000);
      await tab.mouse.move(10, 10);
      await pass(12_000);
    },
  }),
]);
