// The loader snippet: from its source, and as it is built for pages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { snippet } from '../../../../js/build/snippet.mjs';
import { loadTag } from '../../../../js/src/snowplow/tag/snippet.ts';
import { openPage } from '../../fake-page.ts';
import { holdScripts } from '../../fake-scripts.ts';

type Called = { (...values: unknown[]): unknown; q: unknown[] };
type Window = Record<string, unknown>;

const NAMES = 'GlobalSnowplowNamespace';

/** A page that runs the snippet as often as it likes. */
function openWindow(t: Parameters<typeof openPage>[0]) {
  const page = openPage(t);
  const { inHead } = holdScripts(page);
  const window: Window = {};
  const document = page.document as unknown as Document;
  return { window, document, inHead };
}

describe('the snippet', () => {
  test('makes a function that keeps its calls, says its name, and loads the tag', (t) => {
    const { window, document, inHead } = openWindow(t);
    loadTag(window, document, '/sp.js', 'snowplow', NAMES);
    const snowplow = window['snowplow'] as Called;
    assert.equal(snowplow('trackPageView', { title: 'a' }), undefined);
    snowplow('trackPageView');
    assert.deepEqual([...snowplow.q], [['trackPageView', { title: 'a' }], ['trackPageView']]);
    assert.deepEqual(window[NAMES], ['snowplow']);
    assert.deepEqual(
      inHead.map(({ src, async, dataset }) => [src, async, { ...dataset }]),
      [['/sp.js', true, { names: NAMES }]],
    );
  });

  test('does nothing where there is something of that name', (t) => {
    const { window, document, inHead } = openWindow(t);
    window['snowplow'] = 5;
    loadTag(window, document, '/sp.js', 'snowplow', NAMES);
    assert.deepEqual([window, inHead], [{ snowplow: 5 }, []]);
  });

  test('twice makes one function; with another name, another one that waits behind it', (t) => {
    const { window, document, inHead } = openWindow(t);
    for (const name of ['a', 'a', 'b']) loadTag(window, document, '/sp.js', name, NAMES);
    assert.deepEqual([window[NAMES], inHead.length], [['a', 'b'], 2]);
  });

  test('goes on calling what the tag puts in the place of the list', (t) => {
    const { window, document } = openWindow(t);
    loadTag(window, document, '/sp.js', 'snowplow', NAMES);
    const calls: unknown[] = [];
    const snowplow = window['snowplow'] as { (...values: unknown[]): unknown; q: { push: (call: unknown) => void } };
    snowplow.q = { push: (call) => calls.push(call) };
    snowplow('trackPageView');
    assert.deepEqual(calls, [['trackPageView']]);
  });

  test('as it is built is one short line that does the same, with what the site has chosen', async (t) => {
    const { window, document, inHead } = openWindow(t);
    const text = await snippet({ url: '/own.js', name: 'own', names: 'OwnNames' });
    assert.match(text, /^[ -~]+$/);
    assert.doesNotMatch(text, /<\//);
    assert.ok(text.length < 400, `${text.length} characters`);
    runInNewContext(text, { window, document });
    (window['own'] as Called)('trackPageView');
    assert.deepEqual(JSON.parse(JSON.stringify([(window['own'] as Called).q, window['OwnNames']])), [
      [['trackPageView']],
      ['own'],
    ]);
    assert.deepEqual([inHead[0]?.src, inHead[0]?.dataset['names']], ['/own.js', 'OwnNames']);
  });
});
