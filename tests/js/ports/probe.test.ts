// The right to try a collector that is down: queued for, stolen by who is seen, lost and given back.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createProbe } from '../../../js/src/ports/probe.ts';
import { settled, shareGlobals } from '../fake-globals.ts';
import { FakeLocks } from '../fake-locks.ts';

const COLLECTOR = 'https://collector.example';

/** Trackers of one origin; `hidden` is how the page of the next claim is seen. */
function open(t: TestContext) {
  const origin = { navigator: { locks: new FakeLocks() as FakeLocks | undefined }, document: { hidden: true } };
  shareGlobals(t, origin);
  const make = (collector = COLLECTOR) => {
    const told: string[] = [];
    const probe = createProbe(
      collector,
      () => void told.push('granted'),
      () => void told.push('lost'),
    );
    return { told, ...probe };
  };
  const claim = async (hidden: boolean, collector?: string) => {
    const made = make(collector);
    origin.document.hidden = hidden;
    made.claim();
    await settled();
    return made;
  };
  return { ...origin, make, claim };
}

test('who claims first is granted, and nobody else until he yields', async (t) => {
  const { claim, navigator } = open(t);
  const [first, second, third] = [await claim(true), await claim(true), await claim(true)];
  assert.deepEqual([first.told, second.told, third.told], [['granted'], [], []]);
  assert.deepEqual([...(navigator.locks?.held.keys() ?? [])], [`piste ${COLLECTOR}`]);
  first.yield();
  await settled();
  assert.deepEqual([first.told, second.told, third.told], [['granted'], ['granted'], []]);
});

test('a page that is seen takes it; who lost it stands in the queue, and has it again', async (t) => {
  const { claim } = open(t);
  const [hidden, waiting, seen] = [await claim(true), await claim(true), await claim(false)];
  assert.deepEqual([hidden.told, waiting.told, seen.told], [['granted', 'lost'], [], ['granted']]);
  seen.yield();
  await settled();
  assert.deepEqual([hidden.told, waiting.told], [['granted', 'lost'], ['granted']], 'behind those who waited');
  waiting.yield();
  await settled();
  assert.deepEqual(hidden.told, ['granted', 'lost', 'granted']);
});

test('who lost it does not steal it back, though it is seen by now', async (t) => {
  const { claim, document } = open(t);
  const first = await claim(true);
  const second = await claim(false);
  document.hidden = false;
  await settled();
  assert.deepEqual([first.told, second.told], [['granted', 'lost'], ['granted']]);
});

test('a page that yields while it waits is not granted; it may claim again', async (t) => {
  const { claim } = open(t);
  const [first, second] = [await claim(true), await claim(true)];
  second.yield();
  first.yield();
  await settled();
  assert.deepEqual(second.told, []);
  second.claim();
  await settled();
  assert.deepEqual(second.told, ['granted']);
});

test('a page that yields what was taken from it leaves the queue', async (t) => {
  const { claim, navigator } = open(t);
  const [first, second] = [await claim(true), await claim(false)];
  first.yield();
  second.yield();
  await settled();
  assert.deepEqual([first.told, navigator.locks?.held.size], [['granted', 'lost'], 0]);
});

test('a claim that is yielded in the same task is not granted', async (t) => {
  const { make, navigator } = open(t);
  for (const locks of [navigator.locks, undefined]) {
    navigator.locks = locks;
    const made = make();
    made.claim();
    made.yield();
    await settled();
    assert.deepEqual(made.told, [], locks ? 'with locks' : 'without');
  }
});

test('a page that waits and is seen by now waits no longer; one that does not wait asks for nothing', async (t) => {
  const { claim, make, document, navigator } = open(t);
  const [first, second] = [await claim(true), await claim(true)];
  document.hidden = false;
  const idle = make();
  for (const page of [first, idle, second]) page.hasten();
  await settled();
  assert.deepEqual([first.told, idle.told, second.told], [['granted', 'lost'], [], ['granted']]);
  second.hasten();
  second.yield();
  await settled();
  assert.deepEqual(first.told, ['granted', 'lost', 'granted']);
  second.hasten();
  await settled();
  assert.deepEqual([second.told, navigator.locks?.held.size], [['granted'], 1]);
});

test('a page that lost the right and is seen again takes it back', async (t) => {
  const { claim, document } = open(t);
  const [first, second] = [await claim(true), await claim(false)];
  document.hidden = false;
  first.hasten();
  await settled();
  assert.deepEqual(
    [first.told, second.told],
    [
      ['granted', 'lost', 'granted'],
      ['granted', 'lost'],
    ],
  );
});

test('to yield what was never claimed is harmless', async (t) => {
  const { make } = open(t);
  const made = make();
  made.yield();
  made.yield();
  await settled();
  assert.deepEqual(made.told, []);
});

test('each collector has a right of its own', async (t) => {
  const { claim } = open(t);
  const [first, second] = [await claim(true), await claim(true, 'https://other.example')];
  assert.deepEqual([first.told, second.told], [['granted'], ['granted']]);
});

test('a page that dies leaves it to the next', async (t) => {
  const { claim, navigator } = open(t);
  await claim(true);
  const second = await claim(true);
  navigator.locks?.kill(`piste ${COLLECTOR}`);
  await settled();
  assert.deepEqual(second.told, ['granted']);
});

test('without locks each claim is granted, but not inside of it', async (t) => {
  const { make, navigator } = open(t);
  navigator.locks = undefined;
  const [first, second] = [make(), make()];
  first.claim();
  second.claim();
  assert.deepEqual(first.told, []);
  await settled();
  assert.deepEqual([first.told, second.told], [['granted'], ['granted']]);
});

test('where locks are refused (an opaque origin) a claim is granted once, and does not ask for ever', async (t) => {
  const { claim, navigator } = open(t);
  if (navigator.locks) navigator.locks.refusal = new DOMException('refused', 'SecurityError');
  const { told } = await claim(false);
  assert.deepEqual([told.filter((what) => what === 'granted').length, told.at(-1)], [1, 'granted']);
  assert.ok((navigator.locks?.requests ?? 0) <= 2, `${navigator.locks?.requests} requests`);
});
