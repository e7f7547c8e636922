// Rows in IndexedDB: one transaction for each task, and nothing thrown whatever becomes of the database.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createRowDatabase } from '../../../js/src/ports/row-database.ts';
import { openDatabase, type Fault } from '../fake-database.ts';
import { settled, shareGlobals, stopTime } from '../fake-globals.ts';

const open = (t: TestContext) => ({ fake: openDatabase(t), database: createRowDatabase() });

test('a row is there when its write is confirmed, until it is forgotten', async (t) => {
  const { fake, database } = open(t);
  assert.equal(await database.write('piste/a/x/1', 'row'), true);
  assert.deepEqual(await fake.rows(), { 'piste/a/x/1': 'row' });
  assert.equal(await database.write('piste/a/x/1', 'other'), true);
  assert.deepEqual(await fake.rows(), { 'piste/a/x/1': 'other' });
  assert.equal(await database.write('piste/a/x/1', undefined), true);
  assert.equal(await database.write('piste/a/x/2', undefined), true, 'nor is it a mistake to forget what is not there');
  assert.deepEqual(await fake.rows(), {});
});

test('a row that is not wanted by the time the database is open is not written; the others are', async (t) => {
  const { fake, database } = open(t);
  let isWanted = true;
  const writes = [database.write('a', '1', () => isWanted), database.write('b', '1', () => true)];
  isWanted = false;
  assert.deepEqual([await Promise.all(writes), await fake.rows()], [[true, true], { b: '1' }]);
});

test('the writes of one task are one transaction, in order', async (t) => {
  const { fake, database } = open(t);
  const writes = [
    database.write('a', '1'),
    database.write('a', undefined),
    database.write('b', '1'),
    database.write('b', '2'),
    database.write('c', undefined),
    database.write('c', '1'),
  ];
  assert.deepEqual(await Promise.all(writes), [true, true, true, true, true, true]);
  assert.deepEqual([fake.transactions, await fake.rows()], [['readwrite'], { b: '2', c: '1' }]);
});

test('the writes of later tasks are transactions of their own, and keep their order', async (t) => {
  const { fake, database } = open(t);
  const first = database.write('a', '1');
  await Promise.resolve();
  await Promise.resolve();
  const second = database.write('a', '2');
  assert.deepEqual(await Promise.all([first, second]), [true, true]);
  assert.deepEqual([fake.transactions, await fake.rows()], [['readwrite', 'readwrite'], { a: '2' }]);
});

test('the connection is opened once', async (t) => {
  const { fake, database } = open(t);
  await Promise.all([database.write('a', '1'), database.rows('')]);
  await database.write('b', '1');
  await database.rows('');
  assert.equal(fake.connections.length, 1);
});

test('rows are those whose keys begin with the prefix, by key', async (t) => {
  const { database } = open(t);
  const keys = ['piste/a/x/2', 'piste/a/x/1', 'piste/a/y/1', 'piste/ab/x/1', 'piste/a', 'piste/b/x/1', 'Piste/a/x/1'];
  await Promise.all(keys.map((key) => database.write(key, `of ${key}`)));
  assert.deepEqual(
    [...(await database.rows('piste/a/'))],
    ['piste/a/x/1', 'piste/a/x/2', 'piste/a/y/1'].map((key) => [key, `of ${key}`]),
  );
  assert.deepEqual([...(await database.rows('piste/a/', true)).keys()], ['piste/a/x/1', 'piste/a/x/2', 'piste/a/y/1']);
  assert.deepEqual([...(await database.rows('piste/c/')), ...(await database.rows('piste/c/', true))], []);
});

test('texts of every kind come back as they were', async (t) => {
  const { database } = open(t);
  const rows = ['', '\u0000', 'ü 😀', '\ud800 alone', 'x'.repeat(500_000)];
  await Promise.all(rows.map((row, i) => database.write(`r/${i}`, row)));
  await database.write('r/\ud800/ü', 'a key');
  assert.deepEqual([...(await database.rows('r/')).values()], [...rows, 'a key']);
});

test('who only looks makes no database', async (t) => {
  const { fake, database } = open(t);
  assert.deepEqual([...(await database.rows('piste/')), ...(await database.rows('piste/', true))], []);
  assert.deepEqual(await fake.factory.databases(), []);
});

test('who looks first and writes in the same task makes one, and the row is kept', async (t) => {
  const { fake, database } = open(t);
  const looked = database.rows('piste/');
  const written = database.write('a', '1');
  assert.deepEqual([[...(await looked)], await written], [[], true]);
  assert.deepEqual(await fake.rows(), { a: '1' });
});

test('what another page wrote is found, also by a page that has written nothing', async (t) => {
  const { fake, database } = open(t);
  await fake.put('piste/a/x/1', 'of another page');
  assert.deepEqual([...(await database.rows('piste/'))], [['piste/a/x/1', 'of another page']]);
});

test('databases of the site are not touched', async (t) => {
  const { fake, database } = open(t);
  fake.factory.open('shop', 7);
  await settled();
  assert.deepEqual([...(await database.rows(''))], []);
  await database.write('a', '1');
  const names = (await fake.factory.databases()).map(({ name, version }) => [name, version]);
  assert.deepEqual(names.sort(), [
    ['piste', 1],
    ['shop', 7],
  ]);
});

const faults: [what: string, fault: Fault][] = [
  ['denied (open throws)', 'denied'],
  ['broken (open fails)', 'broken'],
  ['aborting (the quota is used up)', 'aborting'],
];
for (const [what, fault] of faults) {
  test(`a database that is ${what} says so; when it works again, so do we`, async (t) => {
    const { fake, database } = open(t);
    await fake.put('piste/1', 'before');
    fake.fault = fault;
    const writes = [database.write('a', '1'), database.write('b', '1')];
    assert.deepEqual(await Promise.all(writes), [false, false]);
    assert.deepEqual([...(await database.rows('piste/'))], []);
    fake.fault = 'none';
    assert.equal(await database.write('c', '1'), true);
    assert.deepEqual(await fake.rows(), { c: '1', 'piste/1': 'before' }, 'nothing of what failed is there');
  });
}

test('a database that is closed under us (the visitor clears data) fails once, and is opened again', async (t) => {
  const { fake, database } = open(t);
  await database.write('a', '1');
  fake.close();
  assert.deepEqual([await database.write('b', '1'), await database.write('c', '1')], [false, true]);
  fake.close();
  await database.rows('');
  assert.deepEqual([...(await database.rows('')).keys()], ['a', 'c']);
});

test('what IndexedDB never confirms is never reported', async (t) => {
  const { fake, database } = open(t);
  fake.fault = 'silent';
  const ended = t.mock.fn();
  void database.write('a', '1').then(ended);
  await settled();
  assert.equal(ended.mock.callCount(), 0);
});

test('a database that does not open (a page that is put away makes it) is given up, and tried again', async (t) => {
  const { tick } = stopTime(t);
  const { fake, database } = open(t);
  await fake.put('piste/1', 'before');
  fake.fault = 'shut';
  const written = database.write('a', '1');
  const looked = createRowDatabase().rows('piste/');
  await settled();
  tick(5000);
  assert.deepEqual([await written, [...(await looked)]], [false, []]);
  fake.fault = 'none';
  assert.equal(await database.write('b', '1'), true);
  assert.deepEqual(await fake.rows(), { b: '1', 'piste/1': 'before' });
});

test('a page that is hidden makes no database, but uses one that is there', async (t) => {
  const { fake, database } = open(t);
  shareGlobals(t, { document: { hidden: true } });
  assert.equal(await database.write('a', '1'), false);
  assert.deepEqual(await fake.factory.databases(), []);
  await fake.put('piste/1', 'of another page');
  assert.equal(await database.write('a', '2'), true);
  assert.deepEqual(await fake.rows(), { a: '2', 'piste/1': 'of another page' });
});

test('where there is no IndexedDB nothing is kept and nothing thrown', async () => {
  const database = createRowDatabase();
  assert.equal(await database.write('a', '1'), false);
  assert.deepEqual([...(await database.rows('piste/'))], []);
});

test('where databases() is missing (Firefox before 126) rows are found all the same', async (t) => {
  const { fake, database } = open(t);
  await fake.put('piste/1', 'row');
  Object.defineProperty(fake.factory, 'databases', { value: undefined });
  assert.deepEqual([...(await database.rows('piste/'))], [['piste/1', 'row']]);
});

test('databases() that rejects (a private window) is a database without rows', async (t) => {
  const { fake, database } = open(t);
  shareGlobals(t, {
    indexedDB: {
      databases: () => Promise.reject(new DOMException('no', 'SecurityError')),
      open() {
        throw new DOMException('no', 'SecurityError');
      },
    },
  });
  assert.deepEqual([...(await database.rows('piste/'))], []);
  assert.equal(fake.connections.length, 0);
});
