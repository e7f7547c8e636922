// The entry `piste/snowplow`: it has all that its type says, and does no harm where there is no page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as entry from '../../../js/src/snowplow/index.ts';
import { createSnowplow } from '../../../js/src/snowplow/api.ts';
import type { SnowplowApi } from '../../../js/src/snowplow/types.ts';
import { VERSION } from '../../../js/src/version.ts';
import { settled, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { openCollector } from './fake-site.ts';

// The compiler says if one of the type is missing or is another.
const api: SnowplowApi = entry;

test('exports every function of the face, and nothing else', () => {
  const { addTracker, ...functions } = createSnowplow(() => {});
  assert.equal(typeof addTracker, 'function');
  assert.deepEqual(Object.keys(entry).sort(), Object.keys(functions).sort());
});

test('the version is that of the package', () => {
  assert.equal(api.version, VERSION);
});

test('on a server there is no tracker, and every call is harmless', (t) => {
  for (const name of ['warn', 'error'] as const) t.mock.method(console, name, () => {});
  assert.equal(api.newTracker('server', 'https://c.example', { appId: 'shop' }), undefined);
  assert.equal(api.getDomainSessionId(), undefined);
  assert.equal(api.getDomainSessionId('server'), undefined);
  for (const [name, member] of Object.entries(entry)) {
    if (typeof member !== 'function' || name === 'SharedState') continue;
    const call = member as (...values: unknown[]) => unknown;
    for (const values of [[], [undefined, []], [{ event: {} }, []], [null], [{}, 'server'], [5, ['server']]])
      assert.equal(call(...values), undefined, name);
  }
});

test('an event is delivered by the engine that is inside, without any other request', async (t) => {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const { requests, events } = openCollector(t);
  // As it is built: the engine inside has short names that only the built file knows.
  const dist = new URL('../../../js/dist/snowplow/index.js', import.meta.url);
  const built = (await import(dist.href)) as SnowplowApi;
  built.newTracker('page', 'https://c.example', { appId: 'shop' });
  built.trackPageView({ title: 'of the site' });
  page.becomeIdle();
  for (let i = 0; i < 3; ++i) {
    tick(20);
    await settled();
  }
  const [event] = await events();
  assert.deepEqual([requests.length, event?.e, event?.aid, event?.page], [1, 'pv', 'shop', 'of the site']);
});
