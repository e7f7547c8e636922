// The text that carries piste.wasm inside the package: safe wherever JavaScript is, and not longer than it need be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embed } from '../../js/build/embed.mjs';
import { wasmBytes } from './piste-wasm.ts';
import { seededBytes } from './seeded.ts';

test('the text is printable ASCII without quotes of strings and backslash, so that bundlers leave it as it is', () => {
  for (const bytes of [wasmBytes, seededBytes(5, 20_000), Uint8Array.from({ length: 256 }, (_, i) => i)]) {
    const { text } = embed(bytes);
    assert.match(text, /^[ -~]*$/);
    assert.doesNotMatch(text, /["\\]/);
  }
});

test('each byte takes one character or two, and the commonest take one', () => {
  const { text } = embed(wasmBytes);
  assert.ok(text.length >= wasmBytes.length && text.length < wasmBytes.length * 1.35, `${text.length} characters`);
  assert.equal(embed(new Uint8Array(1000).fill(200)).text.length, 1000);
});

test('the size and the hash are those of the bytes', () => {
  // The test vectors of draft-eastlake-fnv, appendix C, as signed integers.
  const hash = (text: string): number => embed(Buffer.from(text)).hash >>> 0;
  assert.deepEqual([hash(''), hash('a'), hash('foobar')], [0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  assert.equal(embed(wasmBytes).size, wasmBytes.length);
});
