// The development entry as it is built: the same tracker, which says in the console what goes wrong.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Status } from '../../js/src/constants.ts';
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
  const network = openNetwork(t, () => answer(200));
  const warn = t.mock.method(console, 'warn', () => {});
  const make = () => entry.createTracker({ collector: 'https://c.example', ...options });
  const begin = (): void => {
    page.becomeIdle();
    tick(1);
  };
  const tracker = make();
  begin();
  const said = (): string[] => (
    tick(1),
    warn.mock.calls.map(({ arguments: [text] }: { arguments: unknown[] }) => String(text))
  );
  return { network, make, begin, tracker, said };
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

test('what became of an event is explained by its id, and of another nothing is known', async (t) => {
  const { tracker, network } = open(t, { storage: 'memory' });
  network.respond = () => answer(413);
  tracker.trackPageView();
  await tracker.flush();
  network.respond = () => answer(200);
  tracker.trackPageView();
  await tracker.flush();
  const [refused = '', delivered = ''] = network.events().map(({ eid }) => eid ?? '');
  const known = { stored: false, attempts: 1 };
  assert.deepEqual(tracker.explain?.(refused), { ...known, state: 'dropped', status: 413, code: Status.Rejected });
  assert.deepEqual(tracker.explain?.(delivered), { ...known, state: 'delivered', status: 200, code: undefined });
  assert.equal(tracker.explain?.('00000000-0000-4000-8000-000000000000'), undefined);
});

test('before there is an engine nothing is explained; trackers know their own events alone', async (t) => {
  const { network, make, tracker: first, begin } = open(t, { storage: 'memory' });
  const second = make();
  second.trackPageView();
  assert.equal(second.explain?.(''), undefined);
  begin();
  await second.flush();
  const [{ eid = '' } = {}] = network.events();
  assert.deepEqual([second.explain?.(eid)?.state, first.explain?.(eid)], ['delivered', undefined]);
});

test('what is explained is in development alone', async (t) => {
  openPage(t);
  const url = new URL('../../js/dist/index.js', import.meta.url).href;
  const production = (await import(url)) as typeof Entry;
  assert.equal('explain' in production.createTracker({ collector: 'https://c.example' }), false);
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
