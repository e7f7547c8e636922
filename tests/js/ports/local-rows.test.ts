// localStorage as it may be found: there, full, denied, or missing.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { getItem, keysOf, removeItem, setItem } from '../../../js/src/ports/local-rows.ts';
import { shareGlobals } from '../fake-globals.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

function open(t: TestContext): FakeStorage {
  const localStorage = new FakeStorage();
  shareGlobals(t, { localStorage });
  return localStorage;
}

test('what is set is there until it is removed', (t) => {
  open(t);
  assert.equal(getItem('piste/a'), null);
  assert.equal(setItem('piste/a', 'one'), true);
  assert.equal(setItem('piste/a', 'two'), true);
  assert.equal(getItem('piste/a'), 'two');
  removeItem('piste/a');
  removeItem('piste/a');
  assert.equal(getItem('piste/a'), null);
});

test('keys are those that begin with the prefix', (t) => {
  const storage = open(t);
  for (const key of ['piste/a/1', 'piste/a/2', 'piste/ab/1', 'Piste/a/1', 'x/piste/a/1', ''])
    storage.setItem(key, 'row');
  assert.deepEqual(keysOf('piste/a/').sort(), ['piste/a/1', 'piste/a/2']);
  assert.deepEqual(keysOf('nobody'), []);
});

test('a full storage says so, and keeps what it has', (t) => {
  open(t).room = 1;
  assert.deepEqual([setItem('a', '1'), setItem('b', '2'), getItem('a'), getItem('b')], [true, false, '1', null]);
});

const nothing = (): unknown[] => {
  removeItem('piste/a');
  return [setItem('piste/a', 'row'), getItem('piste/a'), keysOf('piste/')];
};

test('a localStorage that throws on every access keeps nothing and throws nothing', (t) => {
  shareGlobals(t, { localStorage: deniedStorage() });
  assert.deepEqual(nothing(), [false, null, []]);
});

test('a localStorage that throws on sight (cookies are blocked) keeps nothing and throws nothing', (t) => {
  shareGlobals(t, {
    get localStorage(): never {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  assert.deepEqual(nothing(), [false, null, []]);
});

test('where there is none (null in a WebView, absent in a worker) nothing is kept and nothing thrown', (t) => {
  assert.deepEqual(nothing(), [false, null, []]);
  shareGlobals(t, { localStorage: null });
  assert.deepEqual(nothing(), [false, null, []]);
});
