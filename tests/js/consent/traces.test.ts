// What stands on the visitor's device: when it may be looked at, and that the last of it goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clean, mayOpen } from '../../../js/src/consent/traces.ts';
import { namesAt } from '../../../js/src/ports/state.ts';
import type { TrackerOptions } from '../../../js/src/types.ts';
import { openDatabase } from '../fake-database.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { FakeStorage } from '../fake-storage.ts';

const hash = (scope: string): number => scope.length;

test('who has not answered is left alone, who has granted is not', (t) => {
  openPage(t);
  for (const identity of ['cookie', 'local', 'memory', 'none'] as const) {
    assert.equal(mayOpen('unknown', { identity }, hash), false);
    assert.equal(mayOpen('granted', { identity }, hash), true);
  }
});

test('of who has denied is looked at what is to be forgotten: cookies if there are any, where they are', (t) => {
  const page = openPage(t);
  page.location.href = 'https://a.shop.example/';
  const options: Pick<TrackerOptions, 'identity' | 'cookies'> = { identity: 'cookie', cookies: { prefix: '_own_' } };
  assert.equal(mayOpen('denied', options, hash), false);
  assert.deepEqual(options.cookies, { prefix: '_own_' });
  const [name = ''] = namesAt({ prefix: '_own_' }, 'shop.example', hash);
  page.document.cookie = `${name}=x; Domain=shop.example; Path=/`;
  assert.equal(mayOpen('denied', options, hash), true);
  assert.deepEqual(options.cookies, { prefix: '_own_', domain: 'shop.example' });
  for (const identity of ['local', 'memory'] as const) assert.equal(mayOpen('denied', { identity }, hash), true);
});

test('the tab’s id, the sample of a row and an empty database go; what others keep stays', async (t) => {
  const page = openPage(t);
  const sessionStorage = new FakeStorage();
  const localStorage = new FakeStorage();
  const database = openDatabase(t);
  shareGlobals(t, { sessionStorage, localStorage });
  assert.ok(page);
  sessionStorage.setItem('_sp_tab_id', 'x');
  localStorage.setItem('piste/shop/', 'broken');
  localStorage.setItem('piste/shop/other/1', 'row');
  localStorage.setItem('theirs', 'x');
  clean({ namespace: 'shop' });
  await settled();
  assert.deepEqual(
    [[...sessionStorage.rows.keys()], [...localStorage.rows.keys()]],
    [[], ['piste/shop/other/1', 'theirs']],
  );
  assert.deepEqual([await database.rows(), (await indexedDB.databases()).length], [{}, 0]);
});
