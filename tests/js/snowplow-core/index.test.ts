// The entry piste/snowplow-core: what it has of the two packages, and that a bundler keeps what is used alone.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import * as peerCore from '@snowplow/tracker-core';
import * as peerBrowserCore from '@snowplow/browser-tracker-core';
import * as entry from '../../../js/src/snowplow-core/index.ts';
import { VERSION } from '../../../js/src/version.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

async function bundled(program: string): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    ...{ bundle: true, minify: true, format: 'esm', write: false, metafile: true, outdir: 'out' },
    absWorkingDir: ROOT,
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { text: outputFiles[0]?.text ?? '', inputs: inputs.map(([path]) => path) };
}

test('has no name that neither package has, and takes none for another thing', () => {
  const theirs: Record<string, unknown> = { ...peerCore, ...peerBrowserCore };
  for (const [name, value] of Object.entries(entry)) assert.equal(typeof value, typeof theirs[name], name);
  assert.equal(entry.version, VERSION);
});

test('takes the places that the peer gives its parameters', () => {
  const theirs: Record<string, unknown> = { ...peerCore, ...peerBrowserCore };
  const lists = ['cookie', 'deleteCookie', 'attemptWriteLocalStorage', 'removeEmptyProperties', 'flushPendingCookies'];
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value !== 'function' || name === 'SharedState' || lists.includes(name)) continue;
    assert.equal(value.length, (theirs[name] as { length: number }).length, name);
  }
});

test('does nothing by itself: a bundler leaves nothing of what is imported for nothing', async () => {
  assert.equal((await bundled("import 'piste/snowplow-core';")).text.trim(), '');
});

test('a plugin pays for what it uses, and not for the tracker', async () => {
  const all = await bundled("export * from 'piste/snowplow-core';");
  const one = await bundled("export { buildLinkClick, getFilterByClass } from 'piste/snowplow-core';");
  assert.ok(one.text.length < 2000, `${one.text.length} characters`);
  assert.deepEqual(one.inputs, ['js/dist/snowplow-core/index.js']);
  assert.deepEqual(all.inputs.sort(), ['js/dist/snowplow-core/index.js', 'js/dist/snowplow/index.js']);
});

test('finds the trackers of the built tracker', async () => {
  const built = (name: string): string => new URL(`../../../js/dist/${name}/index.js`, import.meta.url).href;
  assert.ok(existsSync(new URL(built('snowplow-core'))));
  const [core, face] = (await Promise.all([import(built('snowplow-core')), import(built('snowplow'))])) as [
    typeof entry,
    { dispatchToTrackers: unknown; SharedState: unknown },
  ];
  assert.equal(core.dispatchToTrackers, face.dispatchToTrackers);
  assert.equal(core.SharedState, face.SharedState);
});
