// What the core is told of the site's options and of the page.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import { readStart } from '../../js/src/ports/page.ts';
import { settingsOf } from '../../js/src/settings.ts';
import type { TrackerOptions } from '../../js/src/types.ts';
import { VERSION } from '../../js/src/version.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const collector = 'https://collector.example';

function settings(t: TestContext, options: TrackerOptions): Map<Key, string> {
  openPage(t);
  return new Map(settingsOf(options, readStart()));
}

const pageFacts: [Key, string][] = [
  [Key.TrackerVersion, `piste-${VERSION}`],
  [Key.Namespace, 'piste'],
  [Key.CookiesEnabled, '1'],
  [Key.Charset, 'UTF-8'],
  [Key.Language, 'en-GB'],
  [Key.Resolution, '1920x1080'],
  [Key.ColorDepth, '24'],
  [Key.Timezone, new Intl.DateTimeFormat().resolvedOptions().timeZone],
  [Key.Viewport, '1215x800'],
  [Key.DocumentSize, '1200x3000'],
  [Key.PageReferrer, 'https://search.example/?q=skis'],
  [Key.PageUrl, 'https://shop.example/skis'],
  [Key.PageTitle, 'Shop'],
  [Key.Collector, collector],
];

test('without options: the facts of the page, and nothing for which the core has a default', (t) => {
  assert.deepEqual(settings(t, { collector }), new Map(pageFacts));
});

const rows: [Partial<TrackerOptions>, Key, string][] = [
  [{ appId: 'shop' }, Key.AppId, 'shop'],
  [{ namespace: 'a/b' }, Key.Namespace, 'a/b'],
  [{ platform: 'mob' }, Key.Platform, 'mob'],
  [{ method: 'get' }, Key.Method, 'get'],
  [{ postPath: '/p/t' }, Key.PostPath, '/p/t'],
  [{ base64: true }, Key.Base64, '1'],
  [{ base64: false }, Key.Base64, '0'],
  [{ serverAnonymisation: true }, Key.Anonymous, '1'],
  [{ webPage: false }, Key.WebPage, '0'],
  [{ pagePings: { minimumVisitSeconds: 10, heartbeatSeconds: 5 } }, Key.PingFirstMs, '10000'],
  [{ pagePings: { minimumVisitSeconds: 0, heartbeatSeconds: 2.5 } }, Key.PingEveryMs, '2500'],
  [{ pagePings: { minimumVisitSeconds: 0, heartbeatSeconds: 2.5 } }, Key.PingFirstMs, '0'],
  [{ maxBatchBytes: 20_000 }, Key.BatchBytes, '20000'],
  [{ batchWaitMs: 0 }, Key.BatchWaitMs, '0'],
  [{ requestTimeoutMs: 1500 }, Key.TimeoutMs, '1500'],
];

for (const [options, key, expected] of rows) {
  test(`${JSON.stringify(options)} becomes ${key}: ${expected}`, (t) => {
    assert.equal(settings(t, { collector, ...options }).get(key), expected);
  });
}

test('undefined and null are as if they were not given', (t) => {
  const nothing = { appId: undefined, pagePings: undefined, webPage: undefined, platform: null, batchWaitMs: null };
  assert.deepEqual(settings(t, { collector, ...nothing } as unknown as TrackerOptions), new Map(pageFacts));
});

test('without a collector an empty one is set, so that the core can say what is missing', (t) => {
  assert.equal(settings(t, {} as TrackerOptions).get(Key.Collector), '');
});

test('the core takes every setting, and refuses what makes no sense', (t) => {
  const options = Object.assign({ collector }, ...rows.map(([one]) => one)) as TrackerOptions;
  const engine = realEngine();
  const statuses = [...settings(t, options)].map(([key, value]) => engine.set(key, value));
  assert.ok(statuses.every((status) => status === Status.Ok));
  assert.equal(engine.set(Key.Collector, ''), Status.InvalidValue);
});
