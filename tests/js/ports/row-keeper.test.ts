// Where a row is kept and when: before and after its name is owned, lasting or not, in a hurry, or nowhere.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { RowDatabase } from '../../../js/src/ports/row-database.ts';
import { createRowKeeper } from '../../../js/src/ports/row-keeper.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

/** A database whose writes end when a test says so. */
function scriptedDatabase() {
  type End = (kept: boolean) => Promise<void>;
  const writes: { key: string; row: string | undefined; isWanted: () => boolean | undefined; end: End }[] = [];
  const database: RowDatabase = {
    write: (key, row, isWanted) =>
      new Promise((resolve) =>
        writes.push({ key, row, isWanted: () => isWanted?.(), end: (kept) => (resolve(kept), settled()) }),
      ),
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
  assert.deepEqual([local(), writes.map(({ key }) => key)], [['a', 'b'], ['b']]);
  await writes[0]?.end(true);
  assert.deepEqual([local(), new Set(stored)], [['a'], new Set(['a', 'b'])]);
});

test('a row that was erased, or is another’s, by the time the database is open is not wanted there', async (t) => {
  const { keeper, put, stored, writes, local } = open(t);
  const wanted = (): unknown[] => writes.map(({ row, isWanted }) => row && isWanted());
  put('a', true);
  put('b', true);
  assert.deepEqual(wanted(), [true, true]);
  keeper.erase('a');
  assert.deepEqual(wanted(), [false, true, undefined]);
  keeper.open(false);
  keeper.open(true);
  assert.deepEqual(wanted(), [false, false, undefined]);
  stored.length = 0;
  for (const { end } of writes) await end(true);
  assert.deepEqual([stored, local()], [[], ['b']], 'the copy is for whoever takes it over');
});

test('a row that is asked for twice before its name is owned lasts', (t) => {
  const { keeper, put, writes } = open(t, false);
  put('a');
  put('a', true);
  keeper.open(true);
  assert.deepEqual(
    writes.map(({ key }) => key),
    ['a'],
  );
});

test('a row that lasts is in localStorage until the database confirms it: the page may be gone before', async (t) => {
  const { put, stored, writes, rows, local } = open(t);
  put('a', true);
  assert.deepEqual([stored, [...rows], writes[0]?.row], [['a'], [['a', 'row a']], 'row a']);
  await settled();
  assert.deepEqual(local(), ['a']);
  await writes[0]?.end(true);
  assert.deepEqual([new Set(stored), local()], [new Set(['a']), []]);
});

test('a row that is in localStorage already is not written there again', (t) => {
  const { origin, put } = open(t);
  put('a');
  const written = t.mock.method(origin.localStorage, 'setItem');
  put('a', true);
  assert.equal(written.mock.callCount(), 0);
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

test('a page puts a million characters into localStorage at most; what leaves it makes room', async (t) => {
  const { keeper, put, stored, writes, rows, local } = open(t);
  const length = (): number => [...rows.values()].reduce((sum, row) => sum + row.length, 0);
  for (let i = 0; i < 15; ++i) put(`${i}`, true, 'x'.repeat(100_000));
  assert.ok(length() > 900_000 && length() <= 1 << 20, `${length()} characters`);
  assert.equal(stored.length, rows.size);
  put('small', false);
  assert.ok(rows.has('small'), 'there is room for it');
  for (const { end } of writes) await end(true);
  assert.deepEqual([local(), new Set(stored).size], [['small'], 16]);
  for (let i = 20; i < 30; ++i) put(`${i}`, false, 'x'.repeat(100_000));
  assert.equal(rows.size, 11);
  keeper.erase('20');
  put('30', false, 'x'.repeat(100_000));
  assert.equal(rows.size, 11, 'and so does what is erased');
});

test('under a new name the million is whole again: what stands under the old one is another’s', (t) => {
  const { keeper, put, rows } = open(t);
  for (let i = 0; i < 10; ++i) put(`old ${i}`, false, 'x'.repeat(100_000));
  keeper.open(false);
  keeper.open(true);
  for (let i = 0; i < 10; ++i) put(`new ${i}`, false, 'x'.repeat(100_000));
  assert.equal(rows.size, 20);
});

test('in a hurry rows go where they went before, at once', (t) => {
  const { keeper, put, writes, local } = open(t);
  keeper.hurry(true);
  put('a');
  put('b', true);
  assert.deepEqual([local(), writes.map(({ key }) => key)], [['a', 'b'], ['b']]);
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

test('after the hurry a name that is not owned must do no longer', (t) => {
  const { keeper, put, local } = open(t, false);
  keeper.hurry(true);
  keeper.hurry(false);
  put('a', true);
  assert.deepEqual(local(), []);
});

test('a row that was found in the database is kept already', (t) => {
  const { keeper, put, writes, local, stored } = open(t);
  keeper.add('a');
  put('a', true);
  assert.deepEqual([local(), writes, stored], [[], [], ['a']]);
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
    const { keeper, writes, local } = opened;
    await reach(opened);
    keeper.erase('a');
    assert.deepEqual(local(), []);
    const [last] = writes.filter(({ key }) => key === 'a').slice(-1);
    assert.equal(last?.row, undefined, 'the database hears of it after all else');
    for (const { end } of writes) await end(true);
    keeper.open(true);
    keeper.hurry(true);
    assert.deepEqual(local(), []);
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

test('where nothing can be owned nothing is kept, as long as the page is not left', (t) => {
  const { keeper, put, stored, writes, local } = open(t, false);
  put('a');
  keeper.open(false);
  put('b', true);
  assert.deepEqual([local(), stored, writes], [[], [], []]);
});
