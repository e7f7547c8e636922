// The identity of a tab, in a session storage that may be there, full, denied, or missing.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { forgetTabId, readTabId } from '../../../js/src/ports/tab-id.ts';
import { shareGlobals } from '../fake-globals.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

function open(t: TestContext): FakeStorage {
  const sessionStorage = new FakeStorage();
  shareGlobals(t, { sessionStorage });
  return sessionStorage;
}

/** Makes `tab 1`, then `tab 2` … */
const maker = (t: TestContext) => {
  let count = 0;
  return t.mock.fn(() => `tab ${++count}`);
};

test('it is made once, and kept under the name that other trackers know', (t) => {
  const { rows } = open(t);
  const make = maker(t);
  assert.deepEqual([readTabId(make), readTabId(make), readTabId(make)], ['tab 1', 'tab 1', 'tab 1']);
  assert.equal(make.mock.callCount(), 1);
  assert.deepEqual([...rows], [['_sp_tab_id', 'tab 1']]);
});

test('one that is forgotten is made anew', (t) => {
  const { rows } = open(t);
  const make = maker(t);
  readTabId(make);
  forgetTabId();
  assert.equal(rows.size, 0);
  assert.equal(readTabId(make), 'tab 2');
});

test('where storage is denied there is nothing to forget', (t) => {
  shareGlobals(t, { sessionStorage: deniedStorage });
  assert.doesNotThrow(forgetTabId);
});

test('one that is there is taken, and not written again', (t) => {
  const storage = open(t);
  storage.setItem('_sp_tab_id', 'theirs');
  storage.written = (key) => assert.fail(key);
  assert.equal(
    readTabId(() => assert.fail('made')),
    'theirs',
  );
});

test('an empty one is none, and one that is gone is made anew', (t) => {
  const { rows } = open(t);
  const make = maker(t);
  rows.set('_sp_tab_id', '');
  assert.equal(readTabId(make), 'tab 1');
  rows.clear();
  assert.equal(readTabId(make), 'tab 2');
});

test('a tab whose storage keeps nothing has no identity: it would have another one each time', (t) => {
  const storage = open(t);
  const make = maker(t);
  storage.room = 0;
  assert.equal(readTabId(make), undefined, 'full');
  storage.setItem = () => {};
  assert.equal(readTabId(make), undefined, 'it takes everything and keeps nothing');
});

test('a tab whose storage is denied, or is not there, has none, and nothing is thrown', (t) => {
  const globals: { sessionStorage: unknown } = { sessionStorage: deniedStorage() };
  shareGlobals(t, globals);
  const make = maker(t);
  assert.equal(readTabId(make), undefined, 'denied on every access');
  globals.sessionStorage = null;
  assert.equal(readTabId(make), undefined, 'null in a WebView');
  Object.defineProperty(globals, 'sessionStorage', {
    get() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  assert.equal(readTabId(make), undefined, 'denied on sight');
  assert.equal(make.mock.callCount(), 0);
});

test('where none can be made there is none, and nothing is kept', (t) => {
  const { rows } = open(t);
  const fails = (): never => {
    throw new Error('no random numbers');
  };
  assert.equal(readTabId(fails), undefined);
  assert.equal(rows.size, 0);
});
