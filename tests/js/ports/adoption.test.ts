// Whose rows a page takes over, when it reads them, and that each is offered once.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Status } from '../../../js/src/constants.ts';
import { createAdoption } from '../../../js/src/ports/adoption.ts';
import type { Decided } from '../../../js/src/ports/ownership.ts';
import type { RowKeeper } from '../../../js/src/ports/row-keeper.ts';
import { makeWindow, settled, shareGlobals } from '../fake-globals.ts';
import { FakeStorage } from '../fake-storage.ts';

const PREFIX = 'piste/shop/';
const OWN = `${PREFIX}00000000/`;
const [A, B] = [`${PREFIX}aaaaaaaa/`, `${PREFIX}bbbbbbbb/`];

type Take = (row: string) => number;
/** Each row is taken, under the next id from 100 on. */
const takeAll = (): Take => {
  let id = 100;
  return () => id++;
};

/** A page before it adopts. `lasting` is what the database holds; names are given to those who `claim` when asked. */
function open(t: TestContext, lasting: Record<string, string> = {}, take = takeAll()) {
  const { addEventListener } = makeWindow();
  const origin = { localStorage: new FakeStorage(), addEventListener };
  shareGlobals(t, origin);
  const life = new AbortController();
  const log: unknown[][] = [];
  const claims = new Map<string, Decided>();
  const script = { take, lasting: new Map(Object.entries(lasting)), isFree: (_: string) => true };
  const keeper: Pick<RowKeeper, 'add' | 'erase'> = {
    add: (key) => void log.push(['add', key]),
    erase(key) {
      log.push(['erase', key]);
      origin.localStorage.removeItem(key);
      script.lasting.delete(key);
    },
  };
  const database = {
    write: () => Promise.resolve(true),
    rows: (prefix: string, bare = false) => {
      log.push([bare ? 'look' : 'read', prefix]);
      return Promise.resolve(new Map([...script.lasting].filter(([key]) => key.startsWith(prefix))));
    },
  };
  const adoption = createAdoption(PREFIX, OWN, database, keeper as RowKeeper, life.signal, {
    claim(owner, decided) {
      log.push(['claim', owner]);
      claims.set(owner, decided);
      if (script.isFree(owner)) decided(true, () => void log.push(['release', owner]));
    },
    take(row) {
      log.push(['take', row]);
      return script.take(row);
    },
    adopted: () => void log.push(['adopted']),
  });
  const told = (what: string): unknown[] => log.flatMap(([name, value]) => (name === what ? [value] : []));
  const seek = async (): Promise<void> => {
    void adoption.seek();
    await settled();
  };
  const resume = async (): Promise<void> => {
    adoption.resume();
    await settled();
  };
  const put = (key: string, row: string): void => origin.localStorage.setItem(key, row);
  const { rows } = origin.localStorage;
  return { origin, database, rows, log, claims, script, adoption, told, seek, resume, put, end: () => life.abort() };
}

test('rows of both places are offered, each once, and found again by their ids', async (t) => {
  const { adoption, seek, put, told } = open(t, { [`${A}1`]: 'lasting', [`${A}2`]: 'in both' });
  put(`${A}2`, 'in both');
  put(`${A}3`, 'local');
  await seek();
  assert.deepEqual(told('take').sort(), ['in both', 'lasting', 'local']);
  const found = [100, 101, 102].map((id) => adoption.keyOf(id));
  assert.deepEqual(found.sort(), [`${A}1`, `${A}2`, `${A}3`]);
  assert.deepEqual([adoption.keyOf(1), told('adopted').length > 0], [undefined, true]);
});

test('what was found in the database is told to the keeper, so that an erasure reaches it', async (t) => {
  const { seek, put, told } = open(t, { [`${A}1`]: 'lasting' });
  put(`${A}3`, 'local');
  await seek();
  assert.deepEqual([...new Set(told('add'))], [`${A}1`]);
});

test('only rows of owners whose name is given are offered, as they are after it was given', async (t) => {
  const { claims, script, seek, put, told } = open(t);
  put(`${A}1`, 'a');
  put(`${B}1`, 'b');
  script.isFree = () => false;
  await seek();
  assert.deepEqual([told('claim'), told('take'), told('read').length], [[A, B], [], 0]);
  put(`${A}1`, 'a, as it is by now');
  put(`${A}2`, 'a, too');
  claims.get(A)?.(true);
  claims.get(B)?.(false);
  await settled();
  assert.deepEqual([told('take'), told('read')], [['a, as it is by now', 'a, too'], [A]]);
});

test('where nobody is gone nothing is read', async (t) => {
  const { claims, script, seek, put, told } = open(t);
  put(`${A}1`, 'a');
  script.isFree = () => false;
  await seek();
  claims.get(A)?.(false);
  await settled();
  assert.deepEqual([told('take'), told('read').length, told('adopted').length], [[], 0, 0]);
});

test('owners of rows in localStorage are asked at once, even if the database never opens', (t) => {
  const { adoption, origin, database, told } = open(t);
  database.rows = () => new Promise(() => {});
  origin.localStorage.setItem(`${A}1`, 'row');
  void adoption.seek();
  assert.deepEqual(told('claim'), [A]);
});

test('a row that moves to the database while it is looked for is found, and taken once', async (t) => {
  const { origin, database, script, seek, told } = open(t);
  const { rows } = database;
  origin.localStorage.setItem(`${A}1`, 'row');
  database.rows = async (prefix, bare) => {
    const found = await rows(prefix, bare); // as it was when it was asked
    script.lasting.set(`${A}1`, 'row');
    origin.localStorage.removeItem(`${A}1`);
    return found;
  };
  await seek();
  await seek();
  assert.deepEqual([told('claim'), told('take')], [[A], ['row']]);
});

test('the rows of each owner are read by themselves', async (t) => {
  const { seek, put, told } = open(t, { [`${B}1`]: 'b1', [`${A}1`]: 'a1' });
  put(`${A}2`, 'a2');
  await seek();
  assert.deepEqual(
    [told('read').sort(), told('take').sort()],
    [
      [A, B],
      ['a1', 'a2', 'b1'],
    ],
  );
});

test('the page’s own rows, those of other names and what is no row are left alone', async (t) => {
  const { seek, put, told } = open(t, { [`${OWN}1`]: 'own' });
  const others = [`${OWN}2`, PREFIX, `${PREFIX}name`, 'piste/shopping/aaaaaaaa/1', 'piste/shop', 'shop/aaaaaaaa/1'];
  for (const key of others) put(key, 'theirs');
  await seek();
  assert.deepEqual([told('claim'), told('take')], [[], []]);
});

test('an owner is claimed once, however often the page seeks', async (t) => {
  const { seek, put, told } = open(t);
  put(`${A}1`, 'a');
  await seek();
  put(`${A}2`, 'written after its page was gone');
  await seek();
  assert.deepEqual([told('claim'), told('take')], [[A], ['a']]);
});

test('a lease is no row', async (t) => {
  const { seek, put, told } = open(t);
  put(A, '1700000180000 01234567');
  put(`${A}1`, 'a');
  await seek();
  assert.deepEqual(told('take'), ['a']);
});

test('rows for which there is no room are offered when there is some; those that were taken are not', async (t) => {
  const { script, seek, resume, told } = open(t, { [`${A}1`]: 'a1', [`${A}2`]: 'a2', [`${A}3`]: 'a3' });
  const take = takeAll();
  script.take = (row) => (row === 'a1' ? take(row) : 0);
  await seek();
  assert.deepEqual(told('take'), ['a1', 'a2'], 'the first that does not fit is the last');
  script.take = take;
  await resume();
  assert.deepEqual(told('take').slice(2), ['a2', 'a3']);
  await resume();
  assert.equal(told('take').length, 4, 'nothing is left');
});

test('as long as there is no room nobody is told of rows', async (t) => {
  const { script, seek, resume, told } = open(t, { [`${A}1`]: 'a' });
  script.take = () => 0;
  await seek();
  await resume();
  assert.deepEqual([told('take').length, told('adopted').length], [2, 0]);
});

test('a page that has nothing to go on with reads nothing', async (t) => {
  const { resume, seek, told } = open(t, { [`${A}1`]: 'a' });
  await resume();
  assert.deepEqual(told('read'), []);
  await seek();
  const { length } = told('read');
  await resume();
  assert.equal(told('read').length, length);
});

test('a row is offered once, even if a list was read before it was taken and erased', async (t) => {
  const { adoption, script, seek, told } = open(t, { [`${A}1`]: 'a1', [`${A}2`]: 'a2' });
  const take = takeAll();
  script.take = (row) => (row === 'a1' ? take(row) : 0);
  await seek();
  script.take = take;
  adoption.resume(); // reads a list that has both rows
  script.lasting.delete(`${A}1`);
  await settled();
  assert.deepEqual(told('take'), ['a1', 'a2', 'a2']);
});

test('an unreadable row is erased, and the last one kept for whoever looks into it', async (t) => {
  const { rows, script, seek, put, told } = open(t, { [`${A}1`]: 'nonsense', [`${A}2`]: 'x'.repeat(5000) });
  put(`${A}3`, 'good');
  script.take = (row) => (row === 'good' ? 100 : -Status.UnreadableRow);
  await seek();
  assert.deepEqual(told('erase'), [`${A}1`, `${A}2`]);
  assert.deepEqual(
    [...rows],
    [
      [`${A}3`, 'good'],
      [PREFIX, 'x'.repeat(1000)],
    ],
  );
});

test('an expired row is erased, and not kept', async (t) => {
  const { rows, script, seek, put } = open(t);
  put(`${A}1`, 'old');
  script.take = () => -Status.Expired;
  await seek();
  assert.equal(rows.size, 0);
});

test('a row that ended when it was offered is not offered again', async (t) => {
  const { adoption, script, seek, put, told } = open(t);
  put(`${A}1`, 'old');
  put(`${A}2`, 'good');
  script.take = (row) => (row === 'old' ? -Status.Expired : 0);
  await seek();
  put(`${A}1`, 'old'); // as a list would show it that was read before
  script.take = takeAll();
  adoption.resume();
  await settled();
  assert.deepEqual(told('take'), ['old', 'good', 'good']);
});

test('a key that an extension deletes midway is no row', async (t) => {
  const { origin, seek, put, told } = open(t);
  for (const id of [1, 2, 3]) put(`${A}${id}`, `row ${id}`);
  const { localStorage } = origin;
  const getItem = localStorage.getItem.bind(localStorage);
  localStorage.getItem = (key) => {
    localStorage.removeItem(`${A}2`);
    return getItem(key);
  };
  await seek();
  assert.deepEqual(told('take'), ['row 1', 'row 3']);
});

test('a page that is put away while it reads takes nothing', async (t) => {
  const { adoption, claims, script, seek, end, told } = open(t, { [`${A}1`]: 'a' });
  script.isFree = () => false;
  await seek();
  claims.get(A)?.(true);
  await Promise.resolve();
  end();
  await settled();
  assert.deepEqual(told('take'), []);
  void adoption.seek();
  await settled();
  assert.deepEqual(told('claim'), [A]);
});

test('rows of an owner are offered oldest first, whatever their ids and places', async (t) => {
  const rowAt = (ms: number): string => `2p-1${10_000_000_000_000 + ms}{}`;
  const { seek, put, told } = open(t, { [`${A}10`]: rowAt(3), [`${A}9`]: rowAt(2) });
  put(`${A}100`, rowAt(4));
  put(`${A}5`, rowAt(1));
  await seek();
  assert.deepEqual(told('take'), [rowAt(1), rowAt(2), rowAt(3), rowAt(4)]);
});
