// Consent strings: what they say, and that what is cut off, garbled or of another version is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTcString } from '../../../js/src/consent/tc-string.ts';
import { seeded } from '../seeded.ts';
import { garbage } from './garbage.ts';
import { makeTcString } from './tc-strings.ts';

/** The example of the framework's own documentation, with the segment of disclosed vendors. */
const EXAMPLE = 'COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQ';

test('the example of the framework', () => {
  const { createdMs, ...rest } = parseTcString(EXAMPLE) ?? {};
  assert.equal(new Date(createdMs ?? 0).toISOString().slice(0, 10), '2020-02-20');
  assert.deepEqual(rest, {
    updatedMs: createdMs,
    cmpId: 27,
    purposeConsents: [1, 2, 3],
    purposeLegitimateInterests: [],
    vendorConsents: [2, 6, 8],
  });
});

test('each part of the core, vendors by bits', () => {
  const text = makeTcString({
    createdMs: 1_700_000_000_100,
    updatedMs: 1_700_000_999_900,
    cmpId: 4095,
    consents: [1, 10, 24],
    interests: [2, 11],
    vendors: { most: 755, listed: [1, 755] },
    vendorInterests: { most: 3, listed: [3] },
    restrictions: [{ purpose: 2, ranges: [[5, 9]] }],
  });
  assert.deepEqual(parseTcString(text), {
    createdMs: 1_700_000_000_100,
    updatedMs: 1_700_000_999_900,
    cmpId: 4095,
    purposeConsents: [1, 10, 24],
    purposeLegitimateInterests: [2, 11],
    vendorConsents: [1, 755],
  });
});

test('vendors as ranges; those of several are listed once', () => {
  const ranges = [
    [2, 2],
    [5, 8],
    [7, 9],
  ] as const;
  const parsed = parseTcString(makeTcString({ vendors: { most: 9, ranges }, vendorInterests: { most: 9, ranges } }));
  assert.deepEqual(parsed?.vendorConsents, [2, 5, 6, 7, 8, 9]);
});

test('ranges that go backwards, begin at none or go beyond the last vendor are none', () => {
  for (const range of [
    [3, 2],
    [0, 4],
    [1, 10],
    [10, 10],
  ] as const) {
    assert.equal(parseTcString(makeTcString({ vendors: { most: 9, ranges: [range] } })), undefined);
  }
});

test('another version is none', () => {
  for (const version of [0, 1, 3, 63]) assert.equal(parseTcString(makeTcString({ version })), undefined);
  assert.equal(parseTcString('BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA'), undefined, 'version 1');
});

test('cut off anywhere it is none', () => {
  const restrictions = [{ purpose: 2, ranges: [[5, 9]] as const }];
  const text = makeTcString({ vendors: { most: 60, listed: [4] }, restrictions });
  assert.ok(parseTcString(text));
  for (let length = 0; length < text.length; ++length) {
    assert.equal(parseTcString(text.slice(0, length)), undefined, `${length} characters`);
  }
});

test('a character that is no digit is found wherever it stands', () => {
  const text = makeTcString({ consents: [1], vendors: { most: 60, listed: [4] } });
  for (let at = 0; at < text.length; ++at) {
    for (const bad of ['+', '/', '=', ' ', 'é']) {
      assert.equal(parseTcString(text.slice(0, at) + bad + text.slice(at + 1)), undefined, `${bad} at ${at}`);
    }
  }
});

test('what follows the core is not looked at, nor is padding of the last byte', () => {
  assert.deepEqual(parseTcString(`${makeTcString({ consents: [7] })}AA.!!!.`)?.purposeConsents, [7]);
});

test('garbage is none, and throws nothing', () => {
  for (const one of garbage(4, 2000, ['split', 'length', 'charAt'])) assert.equal(parseTcString(one), undefined);
});

test('random digits of the right version throw nothing, and what they give is within bounds', () => {
  const next = seeded(5);
  let good = 0;
  for (let i = 0; i < 5000; ++i) {
    const digits = Buffer.from(Array.from({ length: next() % 150 }, () => next() % 256)).toString('base64url');
    const parsed = parseTcString(`C${digits}`);
    good += parsed ? 1 : 0;
    assert.ok((parsed?.purposeConsents ?? []).every((one) => one >= 1 && one <= 24));
    assert.ok((parsed?.vendorConsents ?? []).every((one) => one >= 1 && one <= 65_535));
  }
  assert.ok(good < 5000);
});

test('a string of a megabyte, and the longest lists that there can be, take no time that anybody notices', () => {
  const most = Array.from({ length: 4095 }, () => [1, 65_535] as const);
  const many = Array.from({ length: 4095 }, (_, i) => [i + 1, i + 1] as const);
  assert.equal(parseTcString(makeTcString({ vendors: { most: 65_535, ranges: many } }))?.vendorConsents.length, 4095);
  const long = makeTcString({ vendors: { most: 65_535, ranges: most } });
  assert.equal(parseTcString(long), undefined, 'vendors more often than there are any');
  for (const text of [long, 'C'.repeat(1 << 20), `C${'_'.repeat(1 << 20)}`]) {
    const start = process.cpuUsage().user;
    parseTcString(text);
    assert.ok(process.cpuUsage().user - start < 500_000, 'µs');
  }
});
