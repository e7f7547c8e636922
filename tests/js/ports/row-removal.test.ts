// The database of rows goes when it is empty, and stays with whoever has rows in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRowDatabase } from '../../../js/src/ports/row-database.ts';
import { removeEmptyDatabase } from '../../../js/src/ports/row-removal.ts';
import { openDatabase } from '../fake-database.ts';
import { shareGlobals } from '../fake-globals.ts';

const names = async (): Promise<unknown[]> => (await indexedDB.databases()).map(({ name }) => name);

test('one with a row stays; an empty one goes, though a page has it open, and comes back with a row', async (t) => {
  openDatabase(t);
  const database = createRowDatabase();
  await database.write('a', '1');
  assert.deepEqual([await removeEmptyDatabase(), await names()], [false, ['piste']]);
  void database.write('a', undefined);
  assert.deepEqual([await removeEmptyDatabase(), await names()], [true, []]);
  assert.equal(await database.write('b', '1'), false, 'its connection is closed');
  assert.equal(await database.write('b', '1'), true);
  assert.deepEqual([...(await database.rows(''))], [['b', '1']]);
});

test('several at a time do not make it anew', async (t) => {
  openDatabase(t);
  const database = createRowDatabase();
  void database.write('a', '1');
  await database.write('a', undefined);
  await Promise.all([1, 2, 3].map(() => removeEmptyDatabase()));
  assert.deepEqual(await names(), []);
});

test('where there is none, none is made', async (t) => {
  openDatabase(t);
  assert.deepEqual([await removeEmptyDatabase(), await names()], [true, []]);
});

test('where they cannot be listed, or are denied, nothing happens', async (t) => {
  shareGlobals(t, { indexedDB: {} });
  assert.equal(await removeEmptyDatabase(), false);
});

test('or there is no such thing', async (t) => {
  shareGlobals(t, { indexedDB: undefined });
  assert.equal(await removeEmptyDatabase(), false);
});
