// What browsers say, each in its way, of Global Privacy Control and Do Not Track.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasDnt, hasGpc } from '../../../js/src/ports/privacy-signals.ts';
import { shareGlobals } from '../fake-globals.ts';

test('Global Privacy Control is on where it is true, and nothing else', (t) => {
  const page: { navigator: object | undefined } = { navigator: undefined };
  shareGlobals(t, page);
  assert.equal(hasGpc(), false, 'no navigator');
  for (const [wish, is] of [
    [true, true],
    [false, false],
    [undefined, false],
    ['1', false],
  ]) {
    page.navigator = { globalPrivacyControl: wish };
    assert.equal(hasGpc(), is);
  }
});

test('Do Not Track is on where the navigator or the window says so', (t) => {
  const page: { navigator: object | undefined; doNotTrack: unknown } = { navigator: {}, doNotTrack: undefined };
  shareGlobals(t, page);
  for (const [wish, is] of [
    ['1', true],
    ['yes', true],
    ['0', false],
    ['unspecified', false],
    [null, false],
  ]) {
    page.navigator = { doNotTrack: wish };
    assert.equal(hasDnt(), is, `navigator: ${wish}`);
  }
  page.doNotTrack = '1';
  assert.equal(hasDnt(), true);
  page.navigator = undefined;
  assert.equal(hasDnt(), false, 'no navigator');
});
