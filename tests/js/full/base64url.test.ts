// Base64url: the vectors of the protocol, and what Node makes of the same texts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base64url, textOfBase64url } from '../../../js/src/full/base64url.ts';

describe('each text is written without padding and in signs that a URL may carry', () => {
  const rows: [text: string, expected: string][] = [
    ['', ''],
    ['a', 'YQ'],
    ['ab', 'YWI'],
    ['abc', 'YWJj'],
    ['>>>???', 'Pj4-Pz8_'],
    ['{"k":"é✓~~?>"}', 'eyJrIjoiw6ninJN-fj8-In0'],
  ];
  for (const [text, expected] of rows)
    test(`“${text}”`, () => {
      assert.equal(base64url(text), expected);
      assert.equal(textOfBase64url(expected), text);
    });
});

test('texts of any length and any characters are as Node has them, and are read again', () => {
  for (const piece of ['x', 'é', '✓', '😀', '\0', '?>']) {
    for (const count of [1, 2, 3, 4, 100]) {
      const text = `{"k":"${piece.repeat(count)}"}`;
      assert.equal(base64url(text), Buffer.from(text).toString('base64url'));
      assert.equal(textOfBase64url(base64url(text)), text);
    }
  }
});

test('a text of half a million bytes is no call with half a million arguments', () => {
  const text = '€'.repeat(170_000);
  assert.equal(textOfBase64url(base64url(text)), text);
});

test('no text is as an empty one, and half a character becomes a sign of its own', () => {
  assert.equal(base64url(undefined), '');
  assert.equal(textOfBase64url(base64url('\ud83d')), '\ufffd');
});

test('what is no base64 throws', () => {
  for (const text of ['a', 'a*b', 'é']) assert.throws(() => textOfBase64url(text), text);
  assert.throws(() => textOfBase64url(undefined as never));
});
