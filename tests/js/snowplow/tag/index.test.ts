// The built file `sp.js`: it serves the page that it is loaded into, and nobody where there is none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { runInThisContext } from 'node:vm';
import { loadTag } from '../../../../js/src/snowplow/tag/snippet.ts';
import '../../../../js/src/snowplow/tag/index.ts';
import { settled, shareGlobals, stopTime } from '../../fake-globals.ts';
import { openPage } from '../../fake-page.ts';
import { holdScripts } from '../../fake-scripts.ts';
import { COLLECTOR, openCollector } from '../fake-site.ts';

const text = readFileSync(new URL('../../../../js/dist/sp.js', import.meta.url), 'utf8');
const run = (): unknown => runInThisContext(text);

type Tag = (...values: unknown[]) => void;

/** A page whose snippets have made functions of these names. */
function openTags(t: TestContext, list: string, ...names: string[]) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const scripts = holdScripts(page);
  const network = openCollector(t);
  const window: Record<string, unknown> = {};
  for (const name of names) loadTag(window, page.document as never, '/sp.js', name, list);
  shareGlobals(t, window);
  const tags = names.map((name) => window[name] as Tag);
  /** Runs the file for the first script that has not had it. */
  const load = (): void => {
    Object.assign(page.document, { currentScript: scripts.inHead.shift() ?? null });
    run();
    Object.assign(page.document, { currentScript: null });
  };
  const sent = async () => {
    page.becomeIdle();
    for (let i = 0; i < 3; ++i) {
      tick(20);
      await settled();
    }
    return network.events();
  };
  return { tags, load, sent };
}

test('on a server, and where nobody waits, nothing happens', (t) => {
  assert.equal(run(), undefined);
  openPage(t);
  assert.equal(run(), undefined);
});

test('is one classic script of ASCII that leaves nothing behind in the page', () => {
  assert.match(text, /^[\t\n -~]*$/);
  const before = Object.getOwnPropertyNames(globalThis);
  run();
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
});

test('each load serves one function, and one load too many serves nobody', async (t) => {
  const { tags, load, sent } = openTags(t, 'GlobalSnowplowNamespace', 'one', 'other');
  for (const [i, tag] of tags.entries()) {
    tag('newTracker', 'shop', COLLECTOR, { appId: `app${i}` });
    tag('trackPageView');
  }
  load();
  assert.deepEqual(
    (await sent()).map(({ aid }) => aid),
    ['app0'],
  );
  load();
  load();
  assert.deepEqual((await sent()).map(({ aid }) => aid).sort(), ['app0', 'app1']);
});

test('the script element says under which name the list is', async (t) => {
  const { tags, load, sent } = openTags(t, 'AcmeNames', 'acme');
  tags[0]?.('newTracker', 'shop', COLLECTOR);
  tags[0]?.('trackPageView');
  run();
  assert.deepEqual(await sent(), []);
  load();
  assert.equal((await sent()).length, 1);
});
