// Random bytes and names come from the platform's source for cryptography, whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillRandom, randomName, randomUuid } from '../../../js/src/ports/random.ts';

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

/** As RFC 9562 writes one of version 4. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test('a UUID is one of version 4, and no two are the same', () => {
  const uuids = new Set(Array.from({ length: 500 }, randomUuid));
  for (const uuid of uuids) assert.match(uuid, UUID);
  assert.equal(uuids.size, 500);
  // Each of its digits is random: all but the version take all the values that they may.
  const taken = (place: number): number => new Set(Array.from(uuids, (uuid) => uuid[place])).size;
  const expected = Array.from('xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx', (digit) => ({ x: 16, v: 4 })[digit] ?? 1);
  assert.deepEqual(
    expected.map((_, place) => taken(place)),
    expected,
  );
});

test('a UUID has all its digits when the random numbers are the smallest and the greatest', (t) => {
  let number = 0;
  t.mock.method(crypto, 'getRandomValues', (numbers: Uint32Array) => numbers.fill(number));
  assert.equal(randomUuid(), '00000000-0000-4000-8000-000000000000');
  number = 2 ** 32 - 1;
  assert.equal(randomUuid(), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
});

test('a UUID needs no crypto.randomUUID, which pages on plain http do not have', (t) => {
  t.mock.method(crypto, 'randomUUID', () => assert.fail('called'));
  assert.match(randomUuid(), UUID);
});
