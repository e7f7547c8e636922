// malloc and free of wasm/runtime.c under a long random load: blocks are whole, aligned, apart, and used again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const build = process.env.PISTE_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const module = new WebAssembly.Module(readFileSync(`${build}/wasm/piste.wasm`));

const alignment = 8;
const firstBytes = 131_072;
/** runtime.c: a header of 8 bytes, four size classes to each doubling, and 20 bytes at least. */
const mostBytesFor = (/** @type {number} */ size) => 8 + Math.max(24, Math.ceil(size * 1.25) + 8);

/** @typedef {{ address: number, size: number, byte: number }} Block */

/** One instance: nothing that another test did is in its memory. */
function instantiate() {
  const { exports } = new WebAssembly.Instance(module, {});
  const memory = /** @type {WebAssembly.Memory} */ (exports.memory);
  const wasm = /** @type {Record<string, (...values: number[]) => number>} */ (/** @type {unknown} */ (exports));
  const call = (/** @type {string} */ name, /** @type {number[]} */ ...values) => wasm[name]?.(...values) ?? 0;
  return {
    call,
    malloc: (/** @type {number} */ size) => call('malloc', size) >>> 0,
    free: (/** @type {number} */ address) => call('free', address),
    bytes: () => new Uint8Array(memory.buffer),
    size: () => memory.buffer.byteLength,
  };
}

/** @typedef {ReturnType<typeof instantiate>} Instance */

/** The same numbers from 0 to 1 each time. @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Mostly small, sometimes large, with the bounds of size classes among them. @param {() => number} random */
function randomSize(random) {
  const power = 2 ** Math.floor(random() * 16);
  const kinds = [0, power - 1, power, power + 1, power + (power >> 2), Math.floor(random() * 300), power * 2 - 1];
  return kinds[Math.floor(random() * kinds.length)] ?? 0;
}

/** @type {(wasm: Instance, size: number, byte: number) => Block} */
function take(wasm, size, byte) {
  const address = wasm.malloc(size);
  assert.notEqual(address, 0);
  assert.equal(address % alignment, 0, `a block at ${address}`);
  assert.ok(address + size <= wasm.size(), 'a block beyond the memory');
  wasm.bytes().fill(byte, address, address + size);
  return { address, size, byte };
}

/** @type {(wasm: Instance, block: Block) => void} */
function checkWhole(wasm, { address, size, byte }) {
  const bytes = wasm.bytes().subarray(address, address + size);
  assert.ok(
    bytes.every((one) => one === byte),
    `somebody wrote into the block at ${address}`,
  );
}

/** @param {Block[]} blocks */
function checkApart(blocks) {
  const sorted = [...blocks].sort((a, b) => a.address - b.address);
  sorted.forEach(({ address, size }, i) => {
    const next = sorted[i + 1];
    assert.ok(
      !next || address + Math.max(size, 1) <= next.address,
      `blocks at ${address} and ${next?.address} overlap`,
    );
  });
}

/** Takes and frees at random with at most `most` blocks at a time; frees all at the end. */
/** @type {(wasm: Instance, seed: number, steps: number, most: number) => void} */
function load(wasm, seed, steps, most) {
  const random = randomFrom(seed);
  /** @type {Block[]} */
  const blocks = [];
  const drop = () => {
    const [block] = blocks.splice(Math.floor(random() * blocks.length), 1);
    if (!block) return;
    checkWhole(wasm, block);
    wasm.free(block.address);
  };
  for (let i = 0; i < steps; i += 1) {
    if (blocks.length < most && random() < 0.55) blocks.push(take(wasm, randomSize(random), i & 255));
    else drop();
    if (i % 5000 === 0) checkApart(blocks);
  }
  checkApart(blocks);
  while (blocks.length > 0) drop();
}

test('blocks are aligned, apart and whole under a long random load, and memory stays bounded', () => {
  const wasm = instantiate();
  load(wasm, 1, 100_000, 400);
  const size = wasm.size();
  for (let round = 0; round < 5; round += 1) load(wasm, 1, 100_000, 400);
  assert.equal(wasm.size(), size, 'the same load again needs no more memory');
  // 400 blocks of 64 KiB, the largest, would be 25 MiB; other loads must stay within as well.
  for (let seed = 2; seed < 6; seed += 1) load(wasm, seed, 50_000, 400);
  assert.ok(wasm.size() < 40 * 2 ** 20, `${wasm.size()} bytes`);
});

test('a block wastes no more than its size class allows', () => {
  const wasm = instantiate();
  const random = randomFrom(7);
  let allowed = firstBytes;
  for (let i = 0; i < 20_000; i += 1) {
    const size = randomSize(random);
    allowed += mostBytesFor(size);
    assert.notEqual(wasm.malloc(size), 0);
  }
  assert.ok(wasm.size() <= allowed + 65_536, `${wasm.size()} bytes, at most ${allowed} allowed`);
});

test('a freed block is used again for the same size', () => {
  const wasm = instantiate();
  for (const size of [0, 1, 20, 21, 32, 33, 100, 4096, 100_000]) {
    const first = wasm.malloc(size);
    wasm.free(first);
    assert.equal(wasm.malloc(size), first, `${size} bytes`);
    assert.notEqual(wasm.malloc(size), first, `${size} bytes, still in use`);
  }
});

test('blocks without bytes are blocks of their own', () => {
  const wasm = instantiate();
  const addresses = Array.from({ length: 100 }, () => wasm.malloc(0));
  assert.equal(new Set(addresses).size, 100);
  assert.ok(!addresses.includes(0));
});

test('the null pointer can be freed', () => {
  const wasm = instantiate();
  wasm.free(0);
  assert.notEqual(wasm.malloc(8), wasm.malloc(8));
});

test('what no memory can hold is refused, and nothing is lost by it', () => {
  const wasm = instantiate();
  const before = wasm.size();
  for (const size of [2 ** 29 + 1, 2 ** 30, 2 ** 31, 2 ** 32 - 1]) assert.equal(wasm.malloc(size), 0, `${size} bytes`);
  assert.equal(wasm.size(), before);
  checkWhole(wasm, take(wasm, 1000, 9));
});

test('when memory has come to its end there is no block, and smaller ones go on', () => {
  const wasm = instantiate();
  const blocks = [];
  for (let address = wasm.malloc(2 ** 28); address !== 0; address = wasm.malloc(2 ** 28)) {
    blocks.push(address);
    assert.ok(blocks.length < 20, 'memory that has no end');
  }
  assert.ok(blocks.length > 0);
  checkWhole(wasm, take(wasm, 1000, 9));
  const [first = 0] = blocks;
  wasm.free(first);
  assert.equal(wasm.malloc(2 ** 28), first);
});

test('trackers that come and go leave nothing behind', () => {
  const wasm = instantiate();
  const key = take(wasm, 14, 0);
  wasm.bytes().set(Buffer.from('https://c.test'), key.address);
  const event = take(wasm, 20, 0);
  const now = take(wasm, 32, 0);
  const live = () => {
    const tracker = wasm.call('piste_create');
    assert.equal(wasm.call('piste_set', tracker, 16, key.address, key.size), 0);
    for (let i = 0; i < 50; i += 1) {
      assert.equal(wasm.call('piste_track', tracker, 0, event.address, event.size, now.address), 0);
      while (wasm.call('piste_next', tracker, now.address) > 1);
    }
    wasm.call('piste_destroy', tracker);
  };
  live();
  const size = wasm.size();
  for (let i = 0; i < 500; i += 1) live();
  assert.equal(wasm.size(), size);
});
