// The benchmark `size`: bytes of the wasm, of each entry's bundle and of the peers', and what they are made of.
import { readFileSync } from 'node:fs';
import { namedWasmFile } from '../build.mjs';
import { printTable } from '../table.mjs';
import { scriptBreakdown } from './script-files.mjs';
import { entryNames, entrySize, peerSizes, wasmSize } from './sizes.mjs';
import { wasmBreakdown } from './wasm-functions.mjs';

const MOST_FUNCTIONS = 25;

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = { all: { type: 'boolean' } };

/** @param {{ all?: string | boolean | undefined }} options */
export async function run({ all }) {
  const wasm = wasmSize();
  /** @type {Record<string, Awaited<ReturnType<typeof entrySize>>>} */
  const entries = {};
  for (const name of entryNames()) entries[name] = await entrySize(name);
  const peers = await peerSizes();
  printTable(
    'bytes; bundles do a page view plus page pings',
    ['', 'raw or min', 'gzip -9', 'brotli -q 11'],
    [
      ['piste.wasm', wasm.raw, wasm.gzip, wasm.brotli],
      ...Object.entries(entries).map(([name, { min, gzip, brotli }]) => [`entry ${name}`, min, gzip, brotli]),
      ...Object.entries(peers).map(([name, { min, gzip, brotli }]) => [name, min, gzip, brotli]),
    ],
  );
  await printBreakdowns(all ? Infinity : MOST_FUNCTIONS);
  return { wasm, entries, peers };
}

/** @param {number} most */
async function printBreakdowns(most) {
  const { functions, sections } = wasmBreakdown(readFileSync(namedWasmFile));
  const total = functions.reduce((sum, one) => sum + one.bytes, 0);
  const left = functions.slice(most);
  printTable(
    `piste.wasm by function, ${total.toLocaleString('en-US')} bytes of code; after them the other sections`,
    ['function', 'bytes'],
    [
      ...functions.slice(0, most).map(({ name, bytes }) => [name, bytes]),
      ...(left.length ? [[`${left.length} more (--all)`, left.reduce((sum, one) => sum + one.bytes, 0)]] : []),
      ...sections.map(({ name, bytes }) => [`section ${name}`, bytes]),
    ],
  );
  const files = await scriptBreakdown();
  printTable(
    'default entry by source file, minified',
    ['file', 'bytes'],
    files.map(({ name, bytes }) => [name, bytes]),
  );
}
