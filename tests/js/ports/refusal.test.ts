// The signs of a visitor who does not want to be tracked: each counts only where the site has asked for it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RefusalOptions } from '../../../js/src/ports/refusal.ts';
import { refuses } from '../../../js/src/ports/refusal.ts';
import { shareGlobals } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';

describe('Do Not Track: the first sign that is there says yes or no', () => {
  const rows: [signs: object, ofPage: unknown, expected: boolean][] = [
    [{}, undefined, false],
    [{ doNotTrack: '1' }, undefined, true],
    [{ doNotTrack: 'yes' }, undefined, true],
    [{ doNotTrack: '0' }, undefined, false],
    [{ doNotTrack: 'unspecified' }, '1', false],
    [{ doNotTrack: null }, undefined, false],
    [{ doNotTrack: 1 }, undefined, false],
    [{ doNotTrack: true }, undefined, false],
    [{ msDoNotTrack: '1' }, undefined, true],
    [{ doNotTrack: '0', msDoNotTrack: '1' }, '1', false],
    [{ doNotTrack: null, msDoNotTrack: '' }, 'yes', true],
    [{}, '1', true],
    [{}, '0', false],
  ];
  for (const [signs, doNotTrack, expected] of rows)
    test(`${JSON.stringify(signs)}, ${String(doNotTrack)} of the page: ${expected}`, (t) => {
      Object.assign(openPage(t).navigator, signs);
      shareGlobals(t, { doNotTrack });
      assert.equal(refuses({ respectDoNotTrack: true }), expected);
      for (const option of [{}, { respectDoNotTrack: false }, { respectGlobalPrivacyControl: true }])
        assert.equal(refuses(option), false);
    });
});

describe('Global Privacy Control', () => {
  for (const [sign, expected] of [
    [true, true],
    [false, false],
    [undefined, false],
  ] as const)
    test(`${sign}: ${expected}`, (t) => {
      Object.assign(openPage(t).navigator, { globalPrivacyControl: sign });
      assert.equal(refuses({ respectGlobalPrivacyControl: true }), expected);
      for (const option of [{}, { respectGlobalPrivacyControl: false }, { respectDoNotTrack: true }])
        assert.equal(refuses(option), false);
    });
});

test('a cookie of the name that is given refuses while it is there and not empty', (t) => {
  const page = openPage(t);
  const options: RefusalOptions = { optOutCookie: 'refused' };
  assert.equal(refuses(options), false);
  page.document.cookie = 'other=1';
  assert.equal(refuses(options), false);
  page.document.cookie = 'refused=0';
  assert.equal(refuses(options), true, 'whatever its value');
  page.document.cookie = 'refused=';
  assert.equal(refuses(options), false);
  page.document.cookie = 'refused=1';
  assert.equal(refuses(options), true);
  for (const cookie of ['undefined=1', 'null=1', '=1']) page.document.cookie = cookie;
  for (const optOutCookie of [undefined, null, '', 'refuse']) assert.equal(refuses({ optOutCookie }), false);
  page.document.cookie = 'refused=1; Max-Age=-1';
  assert.equal(refuses(options), false);
});

test('each sign refuses alone, though all are heeded', (t) => {
  const page = openPage(t);
  const all: RefusalOptions = {
    respectDoNotTrack: true,
    respectGlobalPrivacyControl: true,
    optOutCookie: 'refused',
  };
  assert.equal(refuses(all), false);
  const { navigator } = page;
  for (const signs of [{ doNotTrack: '1' }, { globalPrivacyControl: true }]) {
    page.navigator = { ...navigator, ...signs };
    assert.equal(refuses(all), true);
  }
  page.navigator = navigator;
  page.document.cookie = 'refused=1';
  assert.equal(refuses(all), true);
});

test('what cannot be read is no sign', (t) => {
  assert.equal(refuses({ optOutCookie: 'refused' }), false, 'without a page');
  const page = openPage(t);
  page.document.cookie = 'refused=1';
  page.cookies.isDenied = true;
  assert.equal(refuses({ optOutCookie: 'refused' }), false);
  assert.equal(refuses({ optOutCookie: Symbol('refused') as never }), false);
});
