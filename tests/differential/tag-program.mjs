// What pages with the script tag run: the calls of a step, or what they mean as calls of the peer's functions.
import * as library from '@snowplow/browser-tracker';
import { addTracker, SharedState } from '@snowplow/browser-tracker-core';
import * as linkClicks from 'snowplow-plugin-link-click-tracking';
import { loadTag } from '../../js/src/snowplow/tag/snippet.ts';
import { toolsOf } from './page-program.mjs';
import { scenarios } from './tag-scenarios.mjs';

/** @typedef {import('./tag-scenarios.mjs').Tag} Tag */
/** @typedef {import('./tag-scenarios.mjs').TagStep} TagStep */
/** @typedef {import('./page-program.mjs').Tools} Tools */

/** Texts of scripts by their names; `tag` is the one under test. @typedef {Record<string, string>} Scripts */

/**
 * How a page performs steps, and ends them.
 * @typedef {object} Side
 * @property {(step: TagStep, tools: Tools) => Promise<void>} perform
 * @property {(tag: string, names: string[], method: 'trackStructEvent' | 'flushBuffer', value: any) => void} call
 */

/** @param {string} text */
const addressOf = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

/** As a site does it, with the snippet. @param {Scripts} scripts @returns {Side} */
function byTag(scripts) {
  const globals = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
  /** Scripts that have run or failed. @type {Set<EventTarget | null>} */
  const ended = new Set();
  let wake = () => {};
  for (const type of ['load', 'error']) {
    const end = (/** @type {Event} */ { target }) => {
      ended.add(target);
      wake();
    };
    document.addEventListener(type, end, { capture: true });
  }
  const loaded = async () => {
    while ([...document.head.querySelectorAll('script')].some((script) => !ended.has(script)))
      await new Promise((resolve) => (wake = () => resolve(undefined)));
  };
  /** @param {string} [name] */
  const tagOf = (name = 'snowplow') => {
    if (!globals[name]) loadTag(globals, document, addressOf(scripts['tag'] ?? ''), name, 'GlobalSnowplowNamespace');
    return /** @type {Tag} */ (globals[name]);
  };
  return {
    async perform(step, tools) {
      await step.says?.(tagOf, { ...tools, loaded, address: (name) => addressOf(scripts[name] ?? '') });
      await loaded();
    },
    call: (tag, names, method, value) => /** @type {Tag} */ (globals[tag])(`${method}:${names.join(';')}`, value),
  };
}

/** As calls of the peer's functions. @returns {Side} */
function byFunctions() {
  /** @type {Record<string, SharedState>} */
  const states = {};
  return {
    async perform(step, tools) {
      /** @type {import('./tag-scenarios.mjs').Add} */
      const add = (name, configuration = {}, tag = 'snowplow') => {
        const state = (states[tag] ??= new SharedState());
        const all = { appId: 'shop', cookieSecure: false, ...configuration };
        return addTracker(`${tag}_${name}`, name, `js-${library.version}`, tools.collector, state, all);
      };
      await step.means?.({ ...library, ...linkClicks }, { ...tools, add });
    },
    call: (tag, names, method, value) =>
      library[method](
        value,
        names.map((name) => `${tag}_${name}`),
      ),
  };
}

/** @param {Side} side */
function differential(side) {
  /** @type {[string, unknown][]} */
  const notes = [];
  /** @type {Record<string, string[]>} */
  let tags = {};
  /** @param {Parameters<Side['call']>[2]} method @param {unknown} value */
  const all = (method, value) => {
    for (const [tag, names] of Object.entries(tags)) side.call(tag, names, method, value);
  };
  return {
    /** @param {import('./page-program.mjs').Place} place */
    async perform({ scenario, step, collector }) {
      const found = scenarios.find(({ name }) => name === scenario);
      if (!found?.steps[step]) throw new Error(`no step ${step} of ${scenario}`);
      tags = found.tags ?? { snowplow: ['shop'] };
      await side.perform(found.steps[step], toolsOf(library, collector, notes));
    },
    /** @param {string} label */
    mark(label) {
      all('trackStructEvent', { category: 'marker', action: label });
      all('flushBuffer', {});
    },
    flush: () => all('flushBuffer', {}),
    takeNotes: () => notes.splice(0),
  };
}

/** @param {Scripts} [scripts] without them, by functions */
export const install = (scripts) =>
  Object.assign(globalThis, { differential: differential(scripts ? byTag(scripts) : byFunctions()) });
