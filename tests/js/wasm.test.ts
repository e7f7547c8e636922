// The entry for sites that serve piste.wasm themselves.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Problem } from '../../js/src/types.ts';
import { VERSION } from '../../js/src/version.ts';
import { createTracker, version, type WasmTrackerOptions } from '../../js/src/wasm.ts';
import { settled, shareGlobals } from './fake-globals.ts';
import { createConsent } from '../../js/src/consent/create.ts';
import { openChannels } from './fake-channels.ts';
import { openPage } from './fake-page.ts';
import { wasmBytes } from './piste-wasm.ts';

/** A page whose network serves the wasm at one address and a collector at the others. */
function open(
  t: TestContext,
  wasm: WasmTrackerOptions['wasm'],
  status = 200,
  further: Partial<WasmTrackerOptions> = {},
) {
  const page = openPage(t);
  const urls: string[] = [];
  const fetch = (url: string | URL): Promise<Response> => {
    urls.push(`${url}`);
    const isWasm = `${url}`.endsWith('.wasm');
    const headers = { 'Content-Type': isWasm ? 'application/wasm' : 'text/plain' };
    return Promise.resolve(new Response(isWasm ? wasmBytes : '', { headers, status: isWasm ? status : 200 }));
  };
  shareGlobals(t, { fetch });
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): void => void problems.push(problem);
  const tracker = createTracker({ collector: 'https://c.example', wasm, onProblem, ...further });
  t.after(() => tracker.close()); // its time goes on
  return { page, urls, problems, tracker };
}

const modules = (): Promise<WebAssembly.Module> => WebAssembly.compile(wasmBytes);

for (const [what, source] of [
  ['an address', () => '/assets/piste.wasm'],
  ['a URL', () => new URL('https://shop.example/piste.wasm')],
  ['a promise of a module', modules],
] as const) {
  test(`the wasm is given as ${what}; events wait for it`, async (t) => {
    const { page, urls, tracker } = open(t, source());
    tracker.trackPageView();
    page.becomeIdle();
    assert.equal(tracker.stats().engine, 'loading');
    const stats = await tracker.flush();
    assert.deepEqual([stats.delivered, stats.engine], [1, 'wasm']);
    assert.equal(urls.filter((url) => url.endsWith('.wasm')).length, what === 'a promise of a module' ? 0 : 1);
  });
}

test('nothing is loaded before the page is idle', (t) => {
  const { page, urls } = open(t, '/piste.wasm');
  assert.deepEqual(urls, []);
  page.becomeIdle();
  assert.deepEqual(urls, ['/piste.wasm']);
});

test('a wasm that cannot be loaded is a problem; flush ends, events are counted', async (t) => {
  for (const source of ['/piste.html', undefined as unknown as string]) {
    const { tracker, problems } = open(t, source);
    tracker.trackPageView();
    const stats = await tracker.flush();
    assert.deepEqual([stats.engine, stats.accepted, stats.pending], ['none', 1, 1]);
    await new Promise((resolve) => setTimeout(resolve)); // problems come in a task of their own
    assert.deepEqual(
      problems.map(({ code, during }) => [code, during]),
      [[900, 'run']],
    );
  }
});

test('a promise that is rejected before anybody asks is not the page’s problem', async (t) => {
  const { tracker } = open(t, Promise.reject(new Error('of the site')));
  await settled(); // an unhandled rejection fails this test
  assert.equal((await tracker.flush()).engine, 'none');
});

test('options that are none at all, and a server, are harmless', async (t) => {
  assert.equal((await createTracker(undefined as unknown as WasmTrackerOptions).flush()).engine, 'none');
  openPage(t);
  assert.equal((await createTracker(undefined as unknown as WasmTrackerOptions).flush()).engine, 'none');
});

test('the entry says its version', () => assert.equal(version, VERSION));

test('the visitor’s consent is heeded by the full core', async (t) => {
  const channels = openChannels(t);
  const consent = createConsent({ ifUnknown: 'anonymise' });
  const { page, tracker, problems, urls } = open(t, '/piste.wasm', 200, { consent, identity: 'memory' });
  tracker.trackPageView();
  page.becomeIdle();
  assert.deepEqual([(await tracker.flush()).delivered, tracker.session(), problems], [1, undefined, []]);
  consent.set({ analytics: 'denied' });
  tracker.trackPageView();
  assert.deepEqual((await tracker.flush()).dropped, { denied: 1 });
  assert.deepEqual([urls.length, channels.said], [2, []]);
});
