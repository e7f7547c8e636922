// Random bytes and names come from the platform's source for cryptography, whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillRandom, randomName } from '../../../js/src/ports/random.ts';

test('fillRandom fills the bytes it is given, and no others', () => {
  const all = new Uint8Array(300);
  fillRandom(all.subarray(100, 200));
  const zeros = (from: number, to: number): number => all.subarray(from, to).filter((byte) => byte === 0).length;
  assert.deepEqual([zeros(0, 100), zeros(200, 300)], [100, 100]);
  assert.ok(zeros(100, 200) < 20);
  fillRandom(new Uint8Array(65_536));
});

test('a name is eight hexadecimal digits, small numbers included', (t) => {
  const names = new Set(Array.from({ length: 500 }, randomName));
  for (const name of names) assert.match(name, /^[\da-f]{8}$/);
  assert.equal(names.size, 500);
  t.mock.method(crypto, 'getRandomValues', (numbers: Uint32Array) => {
    numbers[0] = 0x000110ff;
    return numbers;
  });
  assert.equal(randomName(), '000110ff');
});
