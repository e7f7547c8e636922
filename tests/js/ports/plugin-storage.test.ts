// Cookies and web storage for plugins: as the peer's core, and nothing throws where they are denied or full.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import * as peer from '@snowplow/browser-tracker-core';
import * as ours from '../../../js/src/ports/plugin-storage.ts';
import { shareGlobals, stopTime, START_MS } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

/** A page with both storages, which the peer finds as members of `window`. */
function open(t: TestContext, storage = new FakeStorage()) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  page.localStorage = storage;
  shareGlobals(t, { sessionStorage: storage, window: { localStorage: storage, sessionStorage: storage } });
  return { page, storage, tick };
}

describe('a cookie', () => {
  const rows: [name: string, ...rest: unknown[]][] = [
    ['a', 'value; with = signs'],
    ['a', undefined],
    ['a', 'v', 0],
    ['a', 'v', 60],
    ['a', 'v', -1, '/x', 'shop.example', 'None', true],
    ['a', 'v', undefined, '', '', 'Lax', false],
    ['a', 'é'],
  ];
  for (const row of rows) {
    test(`is written as the peer writes it: ${JSON.stringify(row)}`, (t) => {
      const { page } = open(t);
      const [mine, theirs] = [ours, peer].map((core) => (core.cookie as (...all: unknown[]) => string)(...row));
      assert.equal(mine, theirs);
      assert.deepEqual(page.cookies.written, [theirs, theirs]);
    });
  }

  test('is read by its whole name, decoded, and empty if there is none', (t) => {
    const { page } = open(t);
    for (const text of ['a=1', 'ab=2', 'c=%C3%A9%20x', 'empty=', 'eq=a=b']) page.document.cookie = text;
    for (const name of ['a', 'b', 'ab', 'c', 'empty', 'eq', 'none']) assert.equal(ours.cookie(name), peer.cookie(name));
    assert.equal(ours.cookie('c'), 'é x');
  });

  test('whose text is no encoding is read as it is; the peer throws', (t) => {
    open(t).page.document.cookie = 'a=%E0%A4%A';
    assert.equal(ours.cookie('a'), '%E0%A4%A');
    assert.throws(() => peer.cookie('a'));
  });

  test('is deleted as the peer deletes it', (t) => {
    const { page } = open(t);
    for (const core of [ours, peer]) core.deleteCookie('a', '/x', 'shop.example', 'Lax', true);
    for (const core of [ours, peer]) core.deleteCookie('a');
    const [mine, theirs, short, theirShort] = page.cookies.written;
    assert.deepEqual([mine, short], [theirs, theirShort]);
    assert.match(mine ?? '', new RegExp(`Expires=${new Date(START_MS - 1000).toUTCString()}`));
  });

  test('is found by the beginning of its name', (t) => {
    const { page } = open(t);
    for (const text of ['_ga=1', '_ga_X=2', 'x_ga=3']) page.document.cookie = text;
    for (const prefix of ['_ga', '_ga_', 'x', '', 'none'])
      assert.deepEqual(ours.getCookiesWithPrefix(prefix), peer.getCookiesWithPrefix(prefix));
  });

  test('that is denied is empty, and nothing throws', (t) => {
    open(t).page.cookies.isDenied = true;
    assert.deepEqual([ours.cookie('a'), ours.getCookiesWithPrefix('a')], ['', []]);
    ours.cookie('a', 'v');
    ours.deleteCookie('a');
    ours.flushPendingCookies();
  });
});

describe('local storage', () => {
  test('gives what was written until it is too old, in either direction', (t) => {
    const { storage, tick } = open(t);
    for (const [writer, reader] of [
      [ours, peer],
      [peer, ours],
    ] as const) {
      assert.equal(writer.attemptWriteLocalStorage('k', 'v', 60), true);
      assert.equal(reader.attemptGetLocalStorage('k'), 'v');
      tick(60_000);
      assert.equal(reader.attemptGetLocalStorage('k'), undefined);
      assert.equal(storage.rows.size, 0);
    }
  });

  test('keeps for two years what has no end, and for ever what others wrote', (t) => {
    const { storage } = open(t);
    ours.attemptWriteLocalStorage('k', 'v');
    const mine = [...storage.rows];
    peer.attemptWriteLocalStorage('k', 'v');
    assert.deepEqual(mine, [...storage.rows]);
    storage.setItem('site', 's');
    assert.deepEqual([ours.attemptGetLocalStorage('site'), ours.attemptGetLocalStorage('none')], ['s', null]);
  });

  test('forgets with its end', (t) => {
    const { storage } = open(t);
    ours.attemptWriteLocalStorage('k', 'v');
    assert.equal(ours.attemptDeleteLocalStorage('k'), true);
    assert.equal(storage.rows.size, 0);
  });

  test('leaves no trace of being tried', (t) => {
    const { storage } = open(t);
    assert.deepEqual([ours.localStorageAccessible(), ours.hasLocalStorage()], [true, true]);
    assert.equal(storage.rows.size, 0);
  });

  test('that is full takes nothing, and says so', (t) => {
    const { storage } = open(t);
    storage.room = 0;
    for (const { attemptWriteLocalStorage, localStorageAccessible } of [ours, peer])
      assert.deepEqual([attemptWriteLocalStorage('k', 'v'), localStorageAccessible()], [false, false]);
  });
});

test('session storage gives what was written, to the peer too', (t) => {
  open(t);
  assert.equal(ours.attemptWriteSessionStorage('k', 'v'), true);
  assert.deepEqual([ours.attemptGetSessionStorage('k'), peer.attemptGetSessionStorage('k')], ['v', 'v']);
  assert.deepEqual([ours.attemptGetSessionStorage('none'), ours.hasSessionStorage()], [null, true]);
});

test('what is denied gives the answers of the peer', (t) => {
  open(t, deniedStorage());
  for (const answers of [ours, peer].map((core) => [
    core.attemptGetLocalStorage('k'),
    core.attemptWriteLocalStorage('k', 'v'),
    core.attemptDeleteLocalStorage('k'),
    core.attemptGetSessionStorage('k'),
    core.attemptWriteSessionStorage('k', 'v'),
    core.localStorageAccessible(),
  ]))
    assert.deepEqual(answers, [undefined, false, false, undefined, false, false]);
});

test('a storage that may not be looked at is there all the same', (t) => {
  const denied = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  const storages = {
    get localStorage(): never {
      return denied();
    },
    get sessionStorage(): never {
      return denied();
    },
  };
  shareGlobals(t, { ...Object.defineProperties({}, Object.getOwnPropertyDescriptors({ window: storages })) });
  shareGlobals(t, storages);
  for (const { hasLocalStorage, hasSessionStorage } of [ours, peer])
    assert.deepEqual([hasLocalStorage(), hasSessionStorage()], [true, true]);
});
