// What the core is told of the site's options and of the page.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Key, Status } from '../../js/src/constants.ts';
import { readStart } from '../../js/src/ports/page.ts';
import { anonymityOf, identityOf, settingsOf } from '../../js/src/settings.ts';
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
  [Key.Anonymity, '0'],
];

test('without options: the facts of the page, and nothing else but that nobody is anonymous', (t) => {
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
  [{ identity: 'none' }, Key.Identity, '0'],
  [{ identity: 'cookie' }, Key.Identity, '1'],
  [{ identity: 'local' }, Key.Identity, '2'],
  [{ identity: 'memory' }, Key.Identity, '3'],
  [{ anonymous: true }, Key.Anonymity, '1'],
  [{ anonymous: 'session' }, Key.Anonymity, '2'],
  [{ anonymous: false }, Key.Anonymity, '0'],
  [{ sessionEntity: true }, Key.SessionEntity, '1'],
  [{ sessionEntity: false }, Key.SessionEntity, '0'],
  [{ sessionTimeoutSeconds: 60 }, Key.SessionTimeoutS, '60'],
  [{ sessionTimeoutSeconds: 0 }, Key.SessionTimeoutS, '0'],
  [{ userLifetimeSeconds: 86_400 }, Key.UserLifetimeS, '86400'],
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

const senseless: [object, Key, string][] = [
  [{ identity: 'nowhere' }, Key.Identity, '-1'],
  [{ sessionTimeoutSeconds: -1 }, Key.SessionTimeoutS, '-1'],
  [{ sessionTimeoutSeconds: 'soon' }, Key.SessionTimeoutS, 'soon'],
  [{ sessionTimeoutSeconds: 2 ** 31 }, Key.SessionTimeoutS, '2147483648'],
  [{ userLifetimeSeconds: NaN }, Key.UserLifetimeS, 'NaN'],
  [{ sessionEntity: 'yes' }, Key.SessionEntity, 'yes'],
];

for (const [options, key, expected] of senseless) {
  test(`of the visitor: ${JSON.stringify(options)} becomes ${key}: ${expected}, which the core refuses`, (t) => {
    const value = settings(t, { collector, ...options }).get(key);
    assert.equal(value, expected);
    assert.equal(realEngine().set(key, value), Status.InvalidValue);
  });
}

test('how anonymous a visitor is has a number, whatever the site says', () => {
  const values = [undefined, null, false, true, 'session', 'Session', 0, 1, ''] as (boolean | 'session')[];
  assert.deepEqual(values.map(anonymityOf), ['0', '0', '0', '1', '2', '1', '0', '1', '0']);
});

test('where the identity is kept has a number, -1 for what the site invents', () => {
  const values = [undefined, 'none', 'cookie', 'local', 'memory', 'nowhere', null, ''] as TrackerOptions['identity'][];
  assert.deepEqual(
    values.map((identity) => identityOf({ collector, identity })),
    [0, 0, 1, 2, 3, -1, -1, -1],
  );
});
