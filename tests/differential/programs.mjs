// Bundles the program of the pages with the peer and with ours, as a site does that takes one for the other.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @typedef {'peer' | 'piste'} Side */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PEER = '@snowplow/browser-tracker';
/** What stands in the place of each package. */
const OURS = {
  [PEER]: 'piste/snowplow',
  '@snowplow/tracker-core': 'piste/snowplow-core',
  '@snowplow/browser-tracker-core': 'piste/snowplow-core',
};

/** Whether our package has the face already. */
export const hasFace = () =>
  './snowplow' in JSON.parse(readFileSync(new URL('../../js/package.json', import.meta.url), 'utf8')).exports;

const PROGRAM = `
  import * as library from '${PEER}';
  import { install } from './page-program.mjs';
  install(library);
`;

/** @param {Side} side */
export async function programOf(side) {
  const result = await build({
    stdin: { contents: PROGRAM, resolveDir: fileURLToPath(new URL('.', import.meta.url)), sourcefile: 'page.js' },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['production', 'module'],
    ...(side === 'piste' && { alias: OURS }),
    absWorkingDir: ROOT,
    outdir: 'out',
    write: false,
    logLevel: 'error',
  });
  return result.outputFiles[0]?.text ?? '';
}
