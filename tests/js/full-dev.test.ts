// The entry `piste/full` in development as it is built: it says what is wrong, and explains events.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type * as Entry from '../../js/src/full-dev.ts';
import { VERSION } from '../../js/src/version.ts';
import { stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';

const entry = (await import(new URL('../../js/dist/full.dev.js', import.meta.url).href)) as typeof Entry;

function open(t: TestContext, options: object) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const warn = t.mock.method(console, 'warn', () => {});
  const tracker = entry.createTracker({ collector: 'https://c.example', ...options });
  page.becomeIdle();
  const said = (): string[] => (
    tick(1),
    warn.mock.calls.map(({ arguments: [text] }: { arguments: unknown[] }) => String(text))
  );
  return { network, tracker, said };
}

test('options that only this entry knows are checked: here, and by the core', (t) => {
  const { said } = open(t, { keepActivity: 'yes', colector: '', minBatchEvents: 1.5 });
  assert.deepEqual(said().slice(0, 3), [
    'piste, configure: The option keepActivity must be true or false.',
    'piste, configure: There is no option colector.',
    'piste, configure: The option minBatchEvents must be a whole number above 0.',
  ]);
  assert.ok(said().some((text) => text.endsWith('(option minBatchEvents)')));
});

test('global entities that are none are explained', (t) => {
  const { said } = open(t, { features: [entry.globalEntities([5 as never])] });
  assert.match(said()[0] ?? '', /^piste, globalEntities: .*neither an entity/);
});

test('cookies that cannot be used are explained', (t) => {
  const { said } = open(t, { identity: 'cookie', cookies: { prefix: Object.create(null) as string } });
  assert.match(said()[0] ?? '', /\(option cookies\)$/);
});

test('with features, too, what became of an event is explained; without mistakes nothing is said', async (t) => {
  const { tracker, network, said } = open(t, { features: [entry.fields({ ip: '192.0.2.1' })], storage: 'memory' });
  tracker.trackPageView();
  await tracker.flush();
  const [{ eid = '', ip } = {}] = network.events();
  assert.deepEqual([ip, tracker.explain?.(eid)?.state, said()], ['192.0.2.1', 'delivered', []]);
});

test('the version is the same', () => assert.equal(entry.version, VERSION));
