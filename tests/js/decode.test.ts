// What js/build/embed.mjs writes, decode() reads: any bytes at all, and none that were damaged on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embed } from '../../js/build/embed.mjs';
import { decode } from '../../js/src/decode.ts';
import { wasmBytes } from './piste-wasm.ts';
import { seeded, seededBytes } from './seeded.ts';

const samples: Record<string, Uint8Array> = {
  'no bytes': new Uint8Array(0),
  'one byte': Uint8Array.of(0),
  'each byte once': Uint8Array.from({ length: 256 }, (_, i) => i),
  'high bytes only': Uint8Array.from({ length: 1000 }, (_, i) => 255 - (i % 91)),
  'low and high bytes': Uint8Array.from({ length: 1000 }, (_, i) => (i % 2 ? 255 - (i % 40) : i % 50)),
  'piste.wasm': wasmBytes,
};

for (const [what, bytes] of Object.entries(samples)) {
  test(`what is written is read again: ${what}`, () => assert.deepEqual(decode(embed(bytes)), new Uint8Array(bytes)));
}

test('what is written is read again: bytes that look random, of every distribution', () => {
  for (let seed = 1; seed <= 60; ++seed) {
    const bytes = seededBytes(seed, seed * 17, 1 + ((seed * 37) % 256));
    assert.deepEqual(decode(embed(bytes)), bytes, `seed ${seed}`);
  }
});

test('damaged text throws, whatever character is lost, added or changed', () => {
  const whole = embed(wasmBytes);
  const next = seeded(3);
  for (let i = 0; i < 60; ++i) {
    const at = next() % whole.text.length;
    const before = whole.text.slice(0, at);
    const old = whole.text[at] ?? '';
    const other = String.fromCharCode(35 + ((old.charCodeAt(0) - 35 + 1 + (next() % 56)) % 57));
    for (const text of [before, before + whole.text.slice(at + 1), `${before}#${whole.text.slice(at)}`]) {
      assert.throws(() => decode({ ...whole, text }), RangeError, `at ${at}`);
    }
    if (other !== old) assert.throws(() => decode({ ...whole, text: before + other + whole.text.slice(at + 1) }));
  }
});

test('text that a wrong charset has changed throws', () => {
  const whole = embed(wasmBytes);
  assert.throws(() => decode({ ...whole, text: whole.text.replace('~', '\u203e') }), RangeError);
  assert.throws(() => decode({ ...whole, hash: whole.hash ^ 1 }), RangeError);
});
