// What each of our deliverables weighs, and what the peers' bundles for the same job weigh.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, wasmFile } from '../build.mjs';
import { bundle } from '../bundles.mjs';
import { gitlabProgram, oursProgram, snowplowProgram } from '../programs.mjs';
import { compressed } from './compressed.mjs';

const COLLECTOR = 'https://collector.example.com';

/** Programs of entries that need more than the default one's. @type {Record<string, string>} */
const furtherOptions = { wasm: `wasm: '/piste.wasm',` };

/** Programs of entries that make no tracker. @type {Record<string, string>} */
const otherPrograms = {
  snowplow: `import * as snowplow from 'piste/snowplow';\nwindow.snowplow = snowplow;`,
  'snowplow-core': `import * as snowplow from 'piste/snowplow';
import * as core from 'piste/snowplow-core';
Object.assign(window, { snowplow, core });`,
  events: `import * as events from 'piste/events';\nwindow.events = events;`,
  consent: `import * as consent from 'piste/consent';\nwindow.consent = consent;`,
  health: `import { reportHealth } from 'piste/health';\nreportHealth(window.tracker);`,
  'page-views': `import { trackPageViews } from 'piste/page-views';\ntrackPageViews(window.tracker);`,
};

/** Entries that need another one: what they weigh is what they add to it. @type {Record<string, string>} */
const needs = { 'snowplow-core': 'snowplow' };

/** A file that pages load as it is, and no module. @param {string} name */
const isFile = (name) => name.endsWith('.js');

/** The names of the package's JavaScript entries, by its exports: `default` for `.`, `wasm` for `./wasm`. */
export function entryNames() {
  const { exports } = JSON.parse(readFileSync(join(root, 'js/package.json'), 'utf8'));
  return Object.keys(exports)
    .filter((path) => typeof exports[path] === 'object' || isFile(path))
    .map((path) => (path === '.' ? 'default' : path.slice(2)));
}

/** The bundle of one entry: for a page view plus page pings if it makes trackers. @param {string} name */
export async function bundleEntry(name) {
  if (isFile(name)) return { text: readFileSync(join(root, 'js/dist', name), 'utf8'), files: 1 };
  const from = name === 'default' ? 'piste' : `piste/${name}`;
  return bundle(otherPrograms[name] ?? oursProgram(from, COLLECTOR, furtherOptions[name]));
}

/** @param {string} text */
function bundleSize(text) {
  const bytes = Buffer.from(text);
  return { min: bytes.length, ...compressed(bytes) };
}

export function wasmSize() {
  const bytes = readFileSync(wasmFile);
  return { raw: bytes.length, ...compressed(bytes) };
}

/** @param {string} name @returns {Promise<ReturnType<typeof bundleSize>>} */
export async function entrySize(name) {
  const size = bundleSize((await bundleEntry(name)).text);
  const needed = needs[name];
  if (needed === undefined) return size;
  const { min, gzip, brotli } = await entrySize(needed);
  return { min: size.min - min, gzip: size.gzip - gzip, brotli: size.brotli - brotli };
}

export async function peerSizes() {
  return {
    '@snowplow/browser-tracker': bundleSize((await bundle(snowplowProgram(COLLECTOR))).text),
    '@gitlab/application-sdk-browser': bundleSize((await bundle(gitlabProgram(COLLECTOR))).text),
  };
}
