// Script elements of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addScript, ownScriptData } from '../../../js/src/ports/scripts.ts';
import { openPage } from '../fake-page.ts';
import { holdScripts } from '../fake-scripts.ts';

test('a script is added to the head, asynchronous, and tells how it ended', (t) => {
  const scripts = holdScripts(openPage(t));
  const ends: boolean[] = [];
  for (const url of ['/there.js', '/gone.js']) addScript(url, (isThere) => ends.push(isThere));
  assert.deepEqual(
    scripts.inHead.map(({ src, async }) => [src, async]),
    [
      ['/there.js', true],
      ['/gone.js', true],
    ],
  );
  assert.deepEqual(ends, []);
  scripts.runs('/there.js');
  scripts.fails('/gone.js');
  assert.deepEqual(ends, [true, false]);
});

test('a page that lets nobody make scripts counts as one where it cannot be had', (t) => {
  const page = openPage(t);
  holdScripts(page);
  const head = {
    append: () => {
      throw new TypeError('This document requires TrustedScriptURL');
    },
  };
  Object.assign(page.document, { head });
  const ends: boolean[] = [];
  addScript('/a.js', (isThere) => ends.push(isThere));
  assert.deepEqual(ends, [false]);
});

test('the running script has data; where none runs, and on a server, there are none', (t) => {
  assert.equal(ownScriptData('names'), undefined);
  const page = openPage(t);
  assert.equal(ownScriptData('names'), undefined);
  Object.assign(page.document, { currentScript: null });
  assert.equal(ownScriptData('names'), undefined);
  Object.assign(page.document, { currentScript: { dataset: { names: 'AcmeNames' } } });
  assert.equal(ownScriptData('names'), 'AcmeNames');
  // An SVG script of old browsers has none.
  Object.assign(page.document, { currentScript: {} });
  assert.equal(ownScriptData('names'), undefined);
});
