// What the entity "browser" is made of: the members that the peer has, and what the published schema takes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, type TestContext } from 'node:test';
import { build } from 'esbuild';
import { Registry } from '../../../examples/collector/src/registry.mjs';
import { ownNames } from '../../../js/build/own-names.mjs';
import { createBrowserEntity } from '../../../js/src/ports/browser-facts.ts';
import { shareGlobals } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CENTRAL = here('../../../../shared/iglu-central/schemas');
const skip = existsSync(CENTRAL) ? false : 'the published schemas are not beside this checkout';

const SIZES = ['1215x800', '1200x3000'] as const;
const TAB = '2c5ea4c0-4067-41e9-8bad-9b1deb4d3b7d';

/** The data of an entity that is written for the first time. */
const dataOf = (create: typeof createBrowserEntity, ...facts: Parameters<ReturnType<typeof create>>) =>
  (JSON.parse(create()(...facts)) as { data: Record<string, unknown> }).data;
const readBrowser = (...facts: Parameters<ReturnType<typeof createBrowserEntity>>) =>
  dataOf(createBrowserEntity, ...facts);

/** A page in a browser that tells everything. */
function openTelling(t: TestContext) {
  const page = openPage(t);
  const more = { devicePixelRatio: 1.5 as unknown };
  shareGlobals(t, more);
  const { navigator, document, screen } = page;
  Object.assign(navigator, { onLine: true, webdriver: false, deviceMemory: 8, hardwareConcurrency: 12 });
  Object.assign(document.documentElement, { lang: 'de-CH' });
  return {
    page,
    tells: (facts: object) => Object.assign(navigator, facts),
    hasRatio: (ratio: unknown) => void (more.devicePixelRatio = ratio),
    hasScreen: (facts: object) => Object.assign(screen, facts),
    isWritten: (lang: unknown) => Object.assign(document, { documentElement: lang === null ? null : { lang } }),
  };
}

const everything = {
  viewport: '1215x800',
  documentSize: '1200x3000',
  resolution: '1920x1080',
  colorDepth: 24,
  devicePixelRatio: 1.5,
  cookiesEnabled: true,
  online: true,
  browserLanguage: 'en-GB',
  documentLanguage: 'de-CH',
  webdriver: false,
  deviceMemory: 8,
  hardwareConcurrency: 12,
  tabId: TAB,
};

test('the members and their order are those of the peer', (t) => {
  openTelling(t);
  assert.equal(JSON.stringify(readBrowser(SIZES, TAB)), JSON.stringify(everything));
});

test('the build, which shortens names, leaves those of the members as they are', async (t) => {
  openTelling(t);
  const mangleProps = new RegExp(`^(${ownNames(here('../../../js/src')).join('|')})$`);
  const entryPoints = [here('../../../js/src/ports/browser-facts.ts')];
  const { outputFiles } = await build({ entryPoints, mangleProps, bundle: true, format: 'esm', write: false });
  const url = `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`;
  const built = (await import(url)) as { createBrowserEntity: typeof createBrowserEntity };
  assert.deepEqual(dataOf(built.createBrowserEntity, SIZES, TAB), everything);
});

test('nothing that forces a layout is read', (t) => {
  const { page } = openTelling(t);
  const { documentElement } = page.document;
  const measures = Object.keys(documentElement).filter((name) => name !== 'lang');
  for (const name of measures) Object.defineProperty(documentElement, name, { get: () => assert.fail(name) });
  page.document.body = null;
  for (const name of ['innerWidth', 'innerHeight', 'scrollX', 'scrollY'])
    Object.defineProperty(page, name, { get: () => assert.fail(name) });
  assert.ok(measures.length >= 6);
  assert.deepEqual(readBrowser(SIZES, TAB), everything);
});

test('what the browser does not tell is left out; a tab without a name has none', (t) => {
  openPage(t);
  assert.deepEqual(readBrowser(SIZES, undefined), {
    viewport: '1215x800',
    documentSize: '1200x3000',
    resolution: '1920x1080',
    colorDepth: 24,
    cookiesEnabled: true,
    online: true,
    browserLanguage: 'en-GB',
    tabId: null,
  });
});

test('what is read is what the browser says now', (t) => {
  const { page, tells, hasRatio, hasScreen, isWritten } = openTelling(t);
  readBrowser(SIZES, TAB);
  tells({ cookieEnabled: false, onLine: false, language: '', webdriver: true, hardwareConcurrency: 3.9 });
  tells({ deviceMemory: 0.25 });
  hasRatio(0.5);
  hasScreen({ width: 800.7, height: -1, colorDepth: 30 });
  isWritten('');
  const { browserLanguage: _, ...others } = everything;
  assert.deepEqual(readBrowser(SIZES, TAB), {
    ...others,
    resolution: '800x0',
    colorDepth: 30,
    devicePixelRatio: 0.5,
    cookiesEnabled: false,
    online: false,
    documentLanguage: '',
    webdriver: true,
    deviceMemory: 0.25,
    hardwareConcurrency: 3,
  });
  page.navigator.language = 'de';
  assert.equal(readBrowser(SIZES, TAB)['browserLanguage'], 'de');
});

test('texts that are too long are cut where something must be said, and left out elsewhere', (t) => {
  const { tells, hasScreen, isWritten } = openTelling(t);
  const tag = 'de-Latn-CH-1901-x-ab';
  tells({ language: tag });
  isWritten(tag);
  const fits = readBrowser(SIZES, TAB);
  assert.deepEqual([fits['browserLanguage'], fits['documentLanguage']], [tag, tag]);
  tells({ language: `${tag}c` });
  isWritten(`${tag}c`);
  hasScreen({ width: 1e12, height: 1e12 });
  const long = readBrowser(['1234567890123x1234567890123', '1x1234567890123456789'], TAB);
  assert.deepEqual(Object.values(long).slice(0, 3), [
    '1234567890123x123456',
    '1x123456789012345678',
    '1000000000000x100000',
  ]);
  assert.deepEqual(['browserLanguage' in long, 'documentLanguage' in long], [false, false]);
});

test('hardwareConcurrency is left out when it says nothing', (t) => {
  const { tells } = openTelling(t);
  for (const hardwareConcurrency of [0, 0.5, NaN, undefined, 'many', -2, 1001]) {
    tells({ hardwareConcurrency });
    assert.equal('hardwareConcurrency' in readBrowser(SIZES, TAB), false, `${hardwareConcurrency}`);
  }
});

test('a name of the tab that is not a UUID is none', (t) => {
  openTelling(t);
  for (const tabId of ['', 'tab', `${TAB}0`, TAB.replace('-', ''), TAB.replace('2', 'g')])
    assert.equal(readBrowser(SIZES, tabId)['tabId'], null, tabId);
  assert.equal(readBrowser(SIZES, TAB.toUpperCase())['tabId'], TAB.toUpperCase());
});

test('the published schema takes it, whatever the browser says', { skip }, (t) => {
  const { tells, hasRatio, hasScreen, isWritten } = openTelling(t);
  const name = 'com.snowplowanalytics.snowplow/browser_context/jsonschema/2-0-0';
  const registry = new Registry();
  registry.add(`iglu:${name}`, JSON.parse(readFileSync(join(CENTRAL, name), 'utf8')) as Record<string, unknown>);
  const check = (what: string, sizes: readonly [string, string] = SIZES, tabId: string | undefined = TAB): void => {
    const data: unknown = readBrowser(sizes, tabId);
    assert.deepEqual(registry.errors(`iglu:${name}`, data, true), [], what);
  };
  check('everything');
  const long = 'x'.repeat(99);
  check('long sizes and tab', [long, long], long);
  check('no tab', SIZES, '');
  for (const value of [undefined, null, NaN, Infinity, -1, 0, 2.5, 1e9, '', 'a', long, true, {}, []]) {
    tells({ cookieEnabled: value, onLine: value, language: value, webdriver: value, deviceMemory: value });
    tells({ hardwareConcurrency: value });
    hasRatio(value);
    hasScreen({ width: value, height: value, colorDepth: value });
    isWritten(value);
    check(`${JSON.stringify(value)}`);
  }
});

test('it is written anew only when something in it has changed', (t) => {
  const { tells, isWritten } = openTelling(t);
  const write = t.mock.method(JSON, 'stringify');
  const entity = createBrowserEntity();
  const first = entity(SIZES, TAB);
  for (let i = 0; i < 5; ++i) assert.equal(entity(SIZES, TAB), first);
  assert.equal(write.mock.callCount(), 1);
  tells({ onLine: false });
  assert.notEqual(entity(SIZES, TAB), first);
  tells({ onLine: true });
  isWritten('');
  assert.match(entity(SIZES, TAB), /"documentLanguage":""/);
  isWritten(null);
  assert.doesNotMatch(entity(SIZES, TAB), /documentLanguage/);
  assert.match(entity(['1x1', '1x1'], undefined), /"viewport":"1x1".*"tabId":null/);
  assert.equal(write.mock.callCount(), 5);
});
