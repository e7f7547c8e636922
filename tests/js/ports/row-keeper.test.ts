// Where a row is kept and when: before and after its name is owned, lasting or not, in a hurry, or nowhere.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { RowDatabase } from '../../../js/src/ports/row-database.ts';
import { createRowKeeper } from '../../../js/src/ports/row-keeper.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

/** A database whose writes end when a test says so. */
function scriptedDatabase() {
  const writes: { key: string; row: string | undefined; end: (kept: boolean) => Promise<void> }[] = [];
  const database: RowDatabase = {
    write: (key, row) => new Promise((resolve) => writes.push({ key, row, end: (kept) => (resolve(kept), settled()) })),
    rows: () => Promise.resolve(new Map()),
  };
  return { writes, database };
}

/** A keeper whose names are owned, unless `opened` says otherwise. */
function open(t: TestContext, opened = true) {
  const origin = { localStorage: new FakeStorage() };
  shareGlobals(t, origin);
  const { writes, database } = scriptedDatabase();
  const keeper = createRowKeeper(database);
  const stored: string[] = [];
  const put = (key: string, lasts = false, row = `row ${key}`): void =>
    keeper.put(key, row, lasts, () => void stored.push(key));
  if (opened) keeper.open(true);
  const { rows } = origin.localStorage;
  return { origin, keeper, writes, stored, put, rows, local: () => [...rows.keys()] };
}

test('a row that need not last is kept in localStorage at once, and nowhere else', (t) => {
  const { put, stored, writes, rows } = open(t);
  put('a');
  assert.deepEqual([[...rows], stored, writes], [[['a', 'row a']], ['a'], []]);
});

test('before its name is owned a row is kept nowhere, then where it belongs', async (t) => {
  const { keeper, put, stored, writes, local } = open(t, false);
  put('a');
  put('b', true);
  assert.deepEqual([local(), stored, writes], [[], [], []]);
  keeper.open(true);
  assert.deepEqual([local(), stored, writes.map(({ key }) => key)], [['a'], ['a'], ['b']]);
  await writes[0]?.end(true);
  assert.deepEqual([local(), stored], [['a'], ['a', 'b']]);
});

test('a row that is asked for twice before its name is owned lasts', (t) => {
  const { keeper, put, writes, local } = open(t, false);
  put('a');
  put('a', true);
  keeper.open(true);
  assert.deepEqual([local(), writes.map(({ key }) => key)], [[], ['a']]);
});

test('a row that lasts is kept when the database confirms it', async (t) => {
  const { put, stored, writes, local } = open(t);
  put('a', true);
  assert.deepEqual([stored, local(), writes[0]?.row], [[], [], 'row a']);
  await writes[0]?.end(true);
  assert.deepEqual([stored, local()], [['a'], []]);
});

test('the copy in localStorage goes only when the database has confirmed the row', async (t) => {
  const { put, stored, writes, local } = open(t);
  put('a');
  put('a', true);
  await settled();
  assert.deepEqual([local(), stored], [['a'], ['a']]);
  await writes[0]?.end(true);
  assert.deepEqual([local(), stored], [[], ['a', 'a']]);
});

test('the copy in localStorage stays when the database refuses the row', async (t) => {
  const { put, writes, local } = open(t);
  put('a');
  put('a', true);
  await writes[0]?.end(false);
  assert.deepEqual(local(), ['a']);
});

test('a row that the database refuses is kept in localStorage, at the latest when the page is left', async (t) => {
  const { keeper, put, stored, writes, local } = open(t);
  put('a', true);
  await writes[0]?.end(false);
  keeper.hurry(true);
  assert.deepEqual([local(), stored], [['a'], ['a']]);
});

test('without IndexedDB a page puts no more than a million characters into localStorage', async (t) => {
  const { put, stored, writes, rows } = open(t);
  for (let i = 0; i < 15; ++i) put(`${i}`, true, 'x'.repeat(100_000));
  for (const { end } of writes) await end(false);
  const length = [...rows.values()].reduce((sum, row) => sum + row.length, 0);
  assert.ok(length > 900_000 && length <= 1 << 20, `${length} characters`);
  assert.equal(stored.length, rows.size);
});

test('in a hurry everything that is not confirmed is put into localStorage, within the call', async (t) => {
  const { keeper, put, stored, writes, rows, local } = open(t);
  put('confirmed', true);
  await writes[0]?.end(true);
  put('lasting', true);
  keeper.hurry(true);
  assert.deepEqual([[...rows], stored], [[['lasting', 'row lasting']], ['confirmed', 'lasting']]);
  put('new');
  put('new and lasting', true);
  assert.deepEqual([local(), stored.length], [['lasting', 'new', 'new and lasting'], 4]);
  await writes[1]?.end(true);
  await writes[2]?.end(true);
  assert.deepEqual(local(), ['new'], 'what the database has after all is not kept twice');
});

test('in a hurry a name that is not owned yet must do', (t) => {
  const { keeper, put, stored, local } = open(t, false);
  put('a');
  put('b', true);
  keeper.hurry(true);
  put('c');
  assert.deepEqual(
    [local(), stored],
    [
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ],
  );
});

test('after the hurry rows go where they went before', (t) => {
  const { keeper, put, local } = open(t);
  keeper.hurry(true);
  keeper.hurry(false);
  put('a', true);
  assert.deepEqual(local(), []);
});

const states: [what: string, reach: (opened: ReturnType<typeof open>) => void | Promise<void>][] = [
  ['waits for its name', ({ keeper, put }) => (keeper.open(false), put('a', true))],
  ['is in localStorage', ({ put }) => put('a')],
  ['is on its way into the database', ({ put }) => put('a', true)],
  ['is in localStorage and on its way into the database', ({ put }) => (put('a'), put('a', true))],
  ['is in localStorage by the hurry', ({ keeper, put }) => (put('a', true), keeper.hurry(true))],
  ['is in the database', async ({ put, writes }) => (put('a', true), await writes[0]?.end(true))],
  ['was refused by the database', async ({ put, writes }) => (put('a', true), await writes[0]?.end(false))],
  ['was found in the database', ({ keeper }) => keeper.add('a')],
];
for (const [what, reach] of states) {
  test(`an erased row that ${what} is in no place any more, and stays away`, async (t) => {
    const opened = open(t);
    const { keeper, stored, writes, local } = opened;
    await reach(opened);
    stored.length = 0;
    keeper.erase('a');
    assert.deepEqual(local(), []);
    const [last] = writes.filter(({ key }) => key === 'a').slice(-1);
    assert.equal(last?.row, undefined, 'the database hears of it after all else');
    for (const { end } of writes) await end(true);
    keeper.open(true);
    keeper.hurry(true);
    assert.deepEqual([local(), stored], [[], []]);
  });
}

test('the database is not asked to erase what it never had', (t) => {
  const { keeper, put, writes } = open(t);
  put('a');
  keeper.erase('a');
  keeper.erase('b');
  assert.deepEqual(writes, []);
});

test('erasing touches no other row', (t) => {
  const { keeper, put, local } = open(t);
  put('a');
  put('ab');
  keeper.erase('a');
  assert.deepEqual(local(), ['ab']);
});

test('when the name changes, what waited for the old one is forgotten', (t) => {
  const { keeper, put, local } = open(t, false);
  put('old/1');
  keeper.open(false);
  keeper.open(true);
  assert.deepEqual(local(), []);
});

test('a full localStorage is not reported as kept; the database still is', async (t) => {
  const { origin, put, stored, writes, local } = open(t);
  origin.localStorage.room = 1;
  put('a');
  put('b');
  assert.deepEqual([local(), stored], [['a'], ['a']]);
  put('b', true);
  await writes[0]?.end(true);
  assert.deepEqual(stored, ['a', 'b']);
});

test('a localStorage that throws on every access leaves the database', async (t) => {
  const { origin, keeper, put, stored, writes } = open(t);
  origin.localStorage = deniedStorage();
  put('a');
  put('b', true);
  keeper.hurry(true);
  assert.deepEqual(stored, []);
  await writes[0]?.end(true);
  keeper.erase('a');
  keeper.erase('b');
  assert.deepEqual([stored, writes.at(-1)?.row], [['b'], undefined]);
});

test('where nothing can be owned nothing is kept, whatever happens', (t) => {
  const { keeper, put, stored, writes, local } = open(t, false);
  put('a');
  keeper.deny();
  put('b');
  keeper.hurry(true);
  put('c', true);
  keeper.open(true);
  put('d', true);
  assert.deepEqual([local(), stored, writes], [[], [], []]);
});
