// How texts and moments get into linear memory, beside a slow reference; and what happens when it grows or ends.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openMemory } from '../../js/src/memory.ts';
import { seeded } from './seeded.ts';

const PAGE_BYTES = 65_536;

/** Linear memory whose malloc only goes forward, so that every address says when it was given. */
function makeWasm() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  let next = 16;
  const wasm = {
    memory,
    freed: [] as number[],
    given: [] as { address: number; size: number }[],
    /** malloc answers null beyond this size. */
    largest: Infinity,
    malloc(size: number): number {
      if (size > wasm.largest) return 0;
      const address = next;
      next += (size + 15) & ~15;
      if (next > memory.buffer.byteLength) memory.grow(Math.ceil((next - memory.buffer.byteLength) / PAGE_BYTES));
      wasm.given.push({ address, size });
      return address;
    },
    free: (address: number) => void wasm.freed.push(address),
  };
  return wasm;
}

const bytesAt = (wasm: ReturnType<typeof makeWasm>, address: number, size: number): Buffer =>
  Buffer.from(wasm.memory.buffer, address, size);

/** The form of piste_track(), written plainly. */
const packed = (texts: readonly string[]): Buffer =>
  Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8');
      const size = Buffer.alloc(4);
      size.writeUInt32LE(bytes.length);
      return [size, bytes];
    }),
  );

function expectPacked(texts: readonly string[]): void {
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  const size = memory.fields(texts);
  assert.deepEqual(bytesAt(wasm, memory.input(), size), packed(texts), JSON.stringify(texts).slice(0, 200));
}

/** Counts calls for random bytes, and answers each with bytes that tell its number. */
function countRandom(t: TestContext): { sizes: number[] } {
  const seen = { sizes: [] as number[] };
  t.mock.method(crypto, 'getRandomValues', (bytes: Uint8Array) => {
    seen.sizes.push(bytes.length);
    bytes.forEach((_, i) => (bytes[i] = seen.sizes.length * 64 + (i >> 5)));
    return bytes;
  });
  return seen;
}

const tables: Record<string, string[]> = {
  'nothing at all': [],
  'empty texts': ['', '', ''],
  'ASCII, and an empty text between': ['cart', '', 'add'],
  'something else than ASCII in the middle': ['naïve café', 'a€b', 'x😀y'],
  'something else than ASCII at the beginning and at the end': ['é', 'éa', 'aé', '😀', 'a😀'],
  'halves of surrogate pairs, which become U+FFFD': ['\ud83d', 'a\ude00b', '\ude00\ud83d', `${'a'.repeat(70)}\ud83d`],
  'the lengths around 64 characters': [63, 64, 65].flatMap((n) => ['a'.repeat(n), 'é'.repeat(n), `${'a'.repeat(n)}é`]),
  'a size that takes three bytes': ['a'.repeat(70_000), '€'.repeat(30_000)],
  'characters of the control range': ['\0', '\u007f\u0080', 'a\tb\n'],
};

for (const [what, texts] of Object.entries(tables)) test(`fields: ${what}`, () => expectPacked(texts));

test('fields: a thousand lists of texts that look random', () => {
  const next = seeded(7);
  const alphabets = ['ab ', 'aé', 'a€😀', '\ud800\udc00a'];
  for (let i = 0; i < 1000; ++i) {
    const texts = Array.from({ length: next() % 6 }, () => {
      const alphabet = alphabets[next() % alphabets.length] ?? '';
      return Array.from({ length: next() % 90 }, () => alphabet[next() % alphabet.length]).join('');
    });
    expectPacked(texts);
  }
});

test('the room for fields is kept while they fit, and given back when it is too small', () => {
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  memory.fields(['a'.repeat(100)]);
  const first = memory.input();
  memory.fields(['b']);
  memory.fields(['c'.repeat(150)]);
  assert.equal(memory.input(), first);
  memory.fields(['d'.repeat(10_000)]);
  assert.notEqual(memory.input(), first);
  assert.deepEqual(wasm.freed, [0, first]);
});

test('views are made anew when the memory grows, whoever makes it grow', () => {
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  memory.fields(['before']);
  const address = memory.input();
  wasm.memory.grow(1);
  assert.equal(memory.text(address + 4, 6), 'before');
  assert.equal(memory.view(address, 4).length, 4);
  const size = memory.fields(['ä'.repeat(200_000)]); // here it is malloc that grows it
  assert.deepEqual(bytesAt(wasm, memory.input(), size), packed(['ä'.repeat(200_000)]));
  wasm.memory.grow(1);
  const after = memory.fields(['after']);
  assert.deepEqual(bytesAt(wasm, memory.input(), after), packed(['after']));
});

test('text and view give what stands there', () => {
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  bytesAt(wasm, 40_000, 9).write('grün 😀');
  assert.equal(memory.text(40_000, 6), 'grün ');
  assert.deepEqual([...memory.view(40_000, 2)], [0x67, 0x72]);
  assert.equal(memory.text(0, 0), '');
});

test('a moment is two doubles and 16 fresh random bytes, aligned to 8', (t) => {
  countRandom(t);
  const wasm = makeWasm();
  const address = openMemory(wasm).moment(1_700_000_000_000.25, 12.5);
  const bytes = bytesAt(wasm, address, 32);
  assert.equal(address % 8, 0);
  assert.deepEqual([bytes.readDoubleLE(0), bytes.readDoubleLE(8)], [1_700_000_000_000.25, 12.5]);
  assert.deepEqual(
    [...bytes.subarray(16)],
    Array.from({ length: 16 }, () => 64),
  );
});

test('one call for random bytes serves 64 moments, none of which sees the bytes of another', (t) => {
  const random = countRandom(t);
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  const entropy = new Set<string>();
  const addresses = Array.from({ length: 130 }, (_, i) => {
    const address = memory.moment(i, i);
    entropy.add(bytesAt(wasm, address + 16, 16).toString('hex'));
    return address;
  });
  assert.deepEqual(random.sizes, [2048, 2048, 2048]);
  assert.equal(entropy.size, 130);
  const start = addresses[0] ?? 0;
  assert.deepEqual(
    addresses,
    addresses.map((_, i) => start + 32 * (i % 64)),
  );
});

test('moments are right after the memory has grown, in the middle of a pool and at its end', (t) => {
  countRandom(t);
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  for (let i = 0; i < 190; ++i) {
    if (i === 10 || i === 63 || i === 64 || i === 128) wasm.memory.grow(1);
    const bytes = bytesAt(wasm, memory.moment(i, -i), 32);
    assert.deepEqual([bytes.readDoubleLE(0), bytes.readDoubleLE(8)], [i, -i]);
    assert.notEqual(bytes.readUInt8(16), 0);
  }
});

test('without memory for the moments there is no Memory', () => {
  const wasm = makeWasm();
  wasm.largest = 100;
  assert.throws(() => openMemory(wasm), RangeError);
});

test('fields for which there is no memory throw; later ones do not write where the old ones were', () => {
  const wasm = makeWasm();
  const memory = openMemory(wasm);
  memory.fields(['old']);
  const old = memory.input();
  wasm.largest = 10_000;
  assert.throws(() => memory.fields(['a'.repeat(5000)]), RangeError);
  const size = memory.fields(['new']);
  assert.deepEqual(bytesAt(wasm, memory.input(), size), packed(['new']));
  assert.notEqual(memory.input(), old);
  assert.deepEqual(
    wasm.freed.filter((address) => address === old),
    [old],
    'given back exactly once',
  );
});
