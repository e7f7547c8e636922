// The development entry as it is built: the same tracker, which says in the console what goes wrong.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type * as Entry from '../../js/src/index-dev.ts';
import type { Problem, TrackerOptions } from '../../js/src/types.ts';
import { VERSION } from '../../js/src/version.ts';
import { stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';

const entry = (await import(new URL('../../js/dist/index.dev.js', import.meta.url).href)) as typeof Entry;

function open(t: TestContext, options: Partial<TrackerOptions>) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  openNetwork(t, () => answer(200));
  const warn = t.mock.method(console, 'warn', () => {});
  const tracker = entry.createTracker({ collector: 'https://c.example', ...options });
  page.becomeIdle();
  tick(1);
  const said = (): string[] => (
    tick(1),
    warn.mock.calls.map(({ arguments: [text] }: { arguments: unknown[] }) => String(text))
  );
  return { tracker, said };
}

test('a mistake is explained in the console, and told to the site as well', (t) => {
  const problems: Problem[] = [];
  const { tracker, said } = open(t, { onProblem: (problem) => void problems.push(problem) });
  tracker.trackStructured({ category: '', action: 'b' });
  assert.equal(said().length, 1);
  assert.match(said()[0] ?? '', /^piste, track: A required field is empty/);
  assert.equal(problems.length, 1);
});

test('an option that makes no sense is named', (t) => {
  const { said } = open(t, { collector: '', requestTimeoutMs: -1 });
  assert.ok(said().some((text) => text.endsWith('(option collector)')));
  assert.ok(said().some((text) => text.endsWith('(option requestTimeoutMs)')));
});

test('without mistakes it says nothing', async (t) => {
  const { tracker, said } = open(t, {});
  tracker.trackPageView();
  assert.equal((await tracker.flush()).delivered, 1);
  assert.deepEqual(said(), []);
});

test('options that are none at all are explained too', (t) => {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const warn = t.mock.method(console, 'warn', () => {});
  entry.createTracker(undefined as unknown as TrackerOptions);
  page.becomeIdle();
  tick(1);
  assert.equal(warn.mock.callCount(), 1);
});

test('the version is the same', () => assert.equal(entry.version, VERSION));
