// Rows in localStorage: whose they are, who may take them over and when, and a storage that refuses.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { noStorage, openLocalStorage, type RowStorage } from '../../../js/src/ports/storage.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { FakeLocks, FakeStorage } from '../fake-storage.ts';

/** One origin, empty. Each openLocalStorage() in it is a page. */
function openOrigin(t: TestContext) {
  const origin = {
    localStorage: new FakeStorage(),
    navigator: { locks: new FakeLocks() as FakeLocks | undefined },
  };
  shareGlobals(t, origin);
  return { rows: origin.localStorage.rows, storage: origin.localStorage, navigator: origin.navigator };
}

/** A page whose lock has been given to it. */
async function openPage(namespace: string): Promise<RowStorage> {
  const page = openLocalStorage(namespace);
  await settled();
  return page;
}

/** A page that kept these rows, then went. */
async function leaveRows(namespace: string, rows: Record<number, string>): Promise<void> {
  const page = await openPage(namespace);
  for (const [id, row] of Object.entries(rows)) page.put(+id, row);
  page.release();
  await settled();
}

/** The rows that a page adopts, each taken unless `take` says otherwise. */
async function adopt(page: RowStorage, take: (row: string) => boolean = () => true) {
  const seen = { rows: [] as string[], finished: 0 };
  page.adopt(
    (row) => seen.rows.push(row) > 0 && take(row),
    () => void ++seen.finished,
  );
  await settled();
  return seen;
}

test('a row stands under piste/<namespace>/<page>/<id> until it is erased', async (t) => {
  const { rows } = openOrigin(t);
  const page = await openPage('shop');
  assert.equal(page.put(12, 'row'), true);
  assert.equal(page.put(13, 'other'), true);
  const [first, second] = [...rows.keys()];
  assert.match(first ?? '', /^piste\/shop\/[\da-f]{8}\/12$/);
  assert.equal(rows.get(first ?? ''), 'row');
  page.erase(12);
  assert.deepEqual([...rows.keys()], [second]);
});

test('a page holds the lock of its name, which ends with it', async (t) => {
  const { rows, navigator } = openOrigin(t);
  const page = await openPage('shop');
  page.put(1, 'row');
  const name = [...rows.keys()][0]?.slice(0, -1) ?? '';
  assert.deepEqual([...(navigator.locks?.held ?? [])], [name]);
  page.release();
  await settled();
  assert.equal(navigator.locks?.held.size, 0);
  page.hold();
  await settled();
  assert.deepEqual([...(navigator.locks?.held ?? [])], [name]);
});

test('rows of a page that is gone are taken over, in the order of their ids, and forgotten', async (t) => {
  const { rows } = openOrigin(t);
  await leaveRows('shop', { 10: 'ten', 9: 'nine', 100: 'hundred', 1: 'one' });
  const { rows: taken, finished } = await adopt(await openPage('shop'));
  assert.deepEqual(taken, ['one', 'nine', 'ten', 'hundred']);
  assert.deepEqual([rows.size, finished], [0, 1]);
});

test('rows of living pages and of the page itself are left alone', async (t) => {
  const { rows } = openOrigin(t);
  const living = await openPage('shop');
  living.put(1, 'living');
  const page = await openPage('shop');
  page.put(1, 'own');
  assert.deepEqual(await adopt(page), { rows: [], finished: 0 });
  assert.equal(rows.size, 2);
  living.release();
  await settled();
  assert.deepEqual(await adopt(page), { rows: ['living'], finished: 1 });
});

test('a page that comes back keeps what nobody has taken, and is a living page again', async (t) => {
  openOrigin(t);
  const page = await openPage('shop');
  page.put(1, 'row');
  page.release();
  page.hold();
  await settled();
  assert.deepEqual((await adopt(await openPage('shop'))).rows, []);
});

test('a row that is not taken stays, and the rest is taken', async (t) => {
  const { rows } = openOrigin(t);
  await leaveRows('shop', { 1: 'a', 2: 'b', 3: 'c' });
  await adopt(await openPage('shop'), (row) => row !== 'b');
  assert.deepEqual([...rows.values()], ['b']);
});

test('finished is called once for each page that is gone', async (t) => {
  openOrigin(t);
  await leaveRows('shop', { 1: 'a', 2: 'b' });
  await leaveRows('shop', { 1: 'c' });
  const { rows, finished } = await adopt(await openPage('shop'));
  assert.deepEqual([rows.sort(), finished], [['a', 'b', 'c'], 2]);
});

test('two pages that start together share the rows of the dead without taking any twice', async (t) => {
  openOrigin(t);
  await leaveRows('shop', { 1: 'a', 2: 'b' });
  await leaveRows('shop', { 1: 'c', 2: 'd' });
  const pages = [await openPage('shop'), await openPage('shop')];
  const taken = await Promise.all(pages.map((page) => adopt(page)));
  assert.deepEqual(taken.flatMap(({ rows }) => rows).sort(), ['a', 'b', 'c', 'd']);
});

test('namespaces never meet, whatever their names are like', async (t) => {
  const { rows } = openOrigin(t);
  const names = ['a', 'a/b', 'a.b', 'a%2Fb', 'A', '', 'ä', 'a/', '/a', '../a', 'a/b/00000000'];
  for (const name of names) await leaveRows(name, { 1: `of ${name}` });
  assert.equal(rows.size, names.length);
  for (const name of names) assert.deepEqual((await adopt(await openPage(name))).rows, [`of ${name}`], name);
  assert.equal(rows.size, 0);
});

test('what others keep in localStorage is not touched', async (t) => {
  const { storage, rows } = openOrigin(t);
  const others = ['pistenraupe', 'piste', 'piste/', 'snowplow/shop/1/1', 'piste/shopping/0/1', 'shop/1'];
  for (const key of others) storage.setItem(key, 'theirs');
  await leaveRows('shop', { 1: 'ours' });
  assert.deepEqual((await adopt(await openPage('shop'))).rows, ['ours']);
  assert.deepEqual([...rows.keys()], others);
});

test('without locks (plain http) every other page counts as gone', async (t) => {
  const { navigator } = openOrigin(t);
  navigator.locks = undefined;
  await leaveRows('shop', { 2: 'b', 1: 'a' });
  const living = await openPage('shop');
  living.put(1, 'c');
  const page = await openPage('shop');
  page.put(1, 'own');
  const seen = { rows: [] as string[] };
  page.adopt(
    (row) => seen.rows.push(row) > 0,
    () => {},
  );
  assert.deepEqual(seen.rows.sort(), ['a', 'b', 'c'], 'within the call');
});

test('locks that are refused (an opaque origin) reject nowhere', async (t) => {
  const { navigator, storage } = openOrigin(t);
  navigator.locks = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as FakeLocks;
  storage.setItem('piste/shop/00000000/1', 'row');
  assert.deepEqual(await adopt(await openPage('shop')), { rows: [], finished: 0 });
});

test('a full storage says so, and what was there stays', async (t) => {
  const { storage, rows } = openOrigin(t);
  const page = await openPage('shop');
  storage.room = 1;
  assert.deepEqual([page.put(1, 'fits'), page.put(2, 'does not')], [true, false]);
  page.erase(1);
  assert.equal(page.put(3, 'fits again'), true);
  assert.deepEqual([...rows.values()], ['fits again']);
});

test('a localStorage that throws on sight keeps nothing and breaks nothing', async (t) => {
  shareGlobals(t, {
    navigator: { locks: new FakeLocks() },
    get localStorage(): never {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  const page = await openPage('shop');
  assert.equal(page.put(1, 'row'), false);
  page.erase(1);
  assert.deepEqual(await adopt(page), { rows: [], finished: 0 });
  page.release();
});

test('a tracker that throws while it takes a row loses none', async (t) => {
  const { rows } = openOrigin(t);
  await leaveRows('shop', { 1: 'a' });
  await adopt(await openPage('shop'), () => {
    throw new Error('no memory');
  });
  assert.deepEqual([...rows.values()], ['a']);
});

test('no storage keeps nothing', async () => {
  assert.equal(noStorage.put(1, 'row'), false);
  noStorage.erase(1);
  assert.deepEqual(await adopt(noStorage), { rows: [], finished: 0 });
  noStorage.hold();
  noStorage.release();
});
