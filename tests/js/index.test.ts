// The default entry as it is built: its engine is inside, under short names that only the built file knows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type * as Entry from '../../js/src/index.ts';
import { VERSION } from '../../js/src/version.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';

const dist = new URL('../../js/dist/', import.meta.url);
const entry = (await import(new URL('index.js', dist).href)) as typeof Entry;

test('an event is delivered by the engine that is inside, without any other request', async (t) => {
  openPage(t);
  const { requests, events } = openNetwork(t, () => answer(200));
  const tracker = entry.createTracker({ collector: 'https://c.example', appId: 'shop' });
  tracker.trackPageView();
  assert.equal((await tracker.flush()).delivered, 1);
  assert.equal(requests.length, 1);
  assert.deepEqual([events()[0]?.e, events()[0]?.aid, events()[0]?.tv], ['pv', 'shop', `piste-${VERSION}`]);
  tracker.close();
});

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', dist), 'utf8')) as { version: string };
  assert.deepEqual([entry.version, VERSION], [version, version]);
});

test('the file is ASCII, so that no page’s charset can damage it', () => {
  for (const name of ['index.js', 'index.dev.js', 'wasm.js']) {
    assert.match(readFileSync(new URL(name, dist), 'latin1'), /^[\n -~]*$/, name);
  }
});

test('on a server it is harmless', async () => {
  const tracker = entry.createTracker({ collector: 'https://c.example' });
  tracker.trackPageView();
  assert.equal((await tracker.flush()).accepted, 1);
});
