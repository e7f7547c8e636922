// Coming back, and waiting for something that comes late, or never.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { keepLooking, onRestore, onReturn } from '../../../js/src/ports/returns.ts';
import { stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';

test('a visitor is back when the page is seen, or comes out of the back/forward cache', (t) => {
  const page = openPage(t);
  const back = t.mock.fn();
  const ended = new AbortController();
  onReturn(back, ended.signal);
  page.show('hidden');
  page.happens('pageshow', { persisted: false });
  assert.equal(back.mock.callCount(), 0);
  page.show('visible');
  assert.equal(back.mock.callCount(), 1);
  page.happens('pageshow', { persisted: true });
  assert.equal(back.mock.callCount(), 2);
  ended.abort();
  page.show('visible');
  page.happens('pageshow', { persisted: true });
  assert.equal(back.mock.callCount(), 2);
});

test('a page is restored when it comes out of the back/forward cache, and not otherwise', (t) => {
  const page = openPage(t);
  const back = t.mock.fn();
  onRestore(back);
  page.show('hidden');
  page.show('visible');
  page.happens('pageshow', { persisted: false });
  assert.equal(back.mock.callCount(), 0);
  page.happens('pageshow', { persisted: true });
  assert.equal(back.mock.callCount(), 1);
});

/** Something that comes at the given look; counts the looks. */
function wait(t: TestContext, ms: unknown, comesAt = Infinity) {
  const { tick } = stopTime(t);
  const ended = new AbortController();
  const look = t.mock.fn(() => look.mock.callCount() + 1 >= comesAt);
  keepLooking(look, ms, ended.signal);
  const pass = (steps: number): number => {
    for (let i = 0; i < steps; ++i) tick(100);
    return look.mock.callCount();
  };
  return { pass, ended };
}

test('what is there is found at once, and not looked for again', (t) => {
  assert.equal(wait(t, 1000, 1).pass(100), 1);
});

test('what comes late is found, and not looked for again', (t) => {
  const { pass } = wait(t, 1000, 4);
  assert.equal(pass(2), 3);
  assert.equal(pass(100), 4);
});

test('what never comes is looked for as long as was said', (t) => {
  assert.equal(wait(t, 1000).pass(100), 11);
});

test('a wait that is no number is none', (t) => {
  const { tick } = stopTime(t);
  for (const ms of [undefined, null, NaN, 'long', 5n, Symbol('s'), -1, 0]) {
    const look = t.mock.fn(() => false);
    keepLooking(look, ms, new AbortController().signal);
    for (let i = 0; i < 5; ++i) tick(100);
    assert.equal(look.mock.callCount(), 1, String(ms));
  }
});

test('it ends when it is told to', (t) => {
  const { pass, ended } = wait(t, 1000);
  pass(2);
  ended.abort();
  assert.equal(pass(100), 3);
});
