// Rows before the visitor's answer: no name is taken, and nothing is taken over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withheldRows } from '../../../js/src/full/withheld-rows.ts';
import type { RowStorage } from '../../../js/src/ports/storage.ts';

function open(answered = false) {
  const calls: string[] = [];
  const note =
    (name: string) =>
    (...values: unknown[]): void =>
      void calls.push([name, ...values].join(' '));
  const names = ['put', 'erase', 'adopt', 'resume', 'hurry', 'stop', 'release', 'hold'] as const;
  const storage = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as RowStorage;
  return { rows: withheldRows(storage, answered), made: () => calls.splice(0) };
}

test('before the answer nothing is opened; then all of it', () => {
  const { rows, made } = open();
  rows.hold();
  rows.adopt();
  rows.resume();
  rows.erase(1);
  assert.deepEqual(made(), []);
  rows.heed(true);
  assert.deepEqual(made(), ['hold', 'adopt', 'resume']);
  rows.erase(1);
  rows.adopt();
  rows.resume();
  assert.deepEqual(made(), ['erase 1', 'adopt', 'resume']);
});

test('a row that is to be kept before is kept, but nobody else’s is taken over', () => {
  const { rows, made } = open();
  rows.hold();
  rows.put(1, 'row', false);
  rows.put(2, 'row', true);
  rows.adopt();
  rows.resume();
  assert.deepEqual(made(), ['hold', 'put 1 row false', 'put 2 row true']);
  rows.heed(true);
  assert.deepEqual(made(), ['adopt', 'resume']);
});

test('who has answered before waits for nothing', () => {
  const { rows, made } = open(true);
  rows.hold();
  rows.adopt();
  assert.deepEqual(made(), ['hold', 'adopt']);
});

test('who takes an answer back takes over no more, and an answer before the start waits for it', () => {
  const { rows, made } = open();
  rows.heed(true);
  assert.deepEqual(made(), []);
  rows.hold();
  rows.heed(false);
  rows.adopt();
  rows.resume();
  assert.deepEqual(made(), ['hold']);
});

test('what a page keeps that hears the answer before it is back is anybody’s, and so is taken over', () => {
  const { rows, made } = open();
  rows.hold();
  rows.release();
  rows.put(1, 'row', false);
  rows.put(2, 'row', false);
  assert.deepEqual(made(), ['hold', 'release', 'put 1 row false', 'put 2 row false']);
  rows.heed(true);
  rows.hold();
  rows.adopt();
  assert.deepEqual(made(), ['hold', 'adopt']);
});

test('a page that is put away begins anew when it is back', () => {
  const { rows, made } = open();
  rows.hold();
  rows.heed(true);
  rows.release();
  assert.deepEqual(made(), ['hold', 'adopt', 'resume', 'release']);
  rows.put(1, 'row', true);
  assert.deepEqual(made(), ['put 1 row true'], 'a row of a page that was put away is nobody’s yet');
  rows.hold();
  rows.release();
  rows.release();
  rows.hold();
  assert.deepEqual(made(), ['hold', 'release', 'hold']);
});

test('who has ended waits for no name, though he begins later', () => {
  const { rows, made } = open();
  rows.hold();
  rows.stop();
  rows.hurry(true);
  assert.deepEqual(made(), ['hurry true']);
  rows.put(1, 'row', false);
  assert.deepEqual(made(), ['hold', 'stop', 'put 1 row false']);
  rows.stop();
  assert.deepEqual(made(), ['stop']);
});
