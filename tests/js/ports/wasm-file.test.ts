// piste.wasm from where a site serves it: compiled while it loads, after it has loaded, or by the site itself.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ABI_VERSION } from '../../../js/src/constants.ts';
import { fetchWasm } from '../../../js/src/ports/wasm-file.ts';
import { shareGlobals } from '../fake-globals.ts';
import { wasmBytes } from '../piste-wasm.ts';

/** Serves `body`; counts compilations that began before it was there. */
function serve(t: TestContext, body: BodyInit, contentType: string, status = 200) {
  const streaming = t.mock.method(WebAssembly, 'instantiateStreaming');
  const fetch = t.mock.fn((_: string | URL) =>
    Promise.resolve(new Response(body, { status, headers: { 'Content-Type': contentType } })),
  );
  shareGlobals(t, { fetch });
  return { fetch, streaming };
}

const version = (instance: WebAssembly.Instance): unknown => (instance.exports.piste_abi_version as () => number)();

test('with the right content type it is compiled while it loads', async (t) => {
  const { fetch, streaming } = serve(t, wasmBytes, 'application/wasm');
  assert.equal(version(await fetchWasm('/assets/piste.wasm')), ABI_VERSION);
  assert.deepEqual(fetch.mock.calls[0]?.arguments, ['/assets/piste.wasm']);
  assert.equal(streaming.mock.callCount(), 1);
});

test('with any other it is compiled when it is there', async (t) => {
  const { streaming } = serve(t, wasmBytes, 'application/octet-stream');
  assert.equal(version(await fetchWasm(new URL('https://shop.example/piste.wasm'))), ABI_VERSION);
  assert.equal(streaming.mock.callCount(), 0);
});

test('a promise of a compiled module needs no request', async (t) => {
  const { fetch } = serve(t, '', '');
  assert.equal(version(await fetchWasm(WebAssembly.compile(wasmBytes))), ABI_VERSION);
  assert.equal(fetch.mock.callCount(), 0);
});

test('what is no wasm, no answer and a promise that is rejected reject', async (t) => {
  serve(t, '<h1>Not found</h1>', 'text/html', 404);
  await assert.rejects(fetchWasm('/gone.wasm'), WebAssembly.CompileError);
  serve(t, 'not wasm', 'application/wasm');
  await assert.rejects(fetchWasm('/broken.wasm'), WebAssembly.CompileError);
  shareGlobals(t, { fetch: () => Promise.reject(new TypeError('offline')) });
  await assert.rejects(fetchWasm('/piste.wasm'), TypeError);
  await assert.rejects(fetchWasm(Promise.reject(new Error('compiled elsewhere'))), /compiled elsewhere/);
});
