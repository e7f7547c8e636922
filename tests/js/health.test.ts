// The entry piste/health: what is tracked, when, and that the schema in docs/schemas takes it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { Registry } from '../../examples/collector/src/registry.mjs';
import { HEALTH_SCHEMA, reportHealth, type HealthOptions } from '../../js/src/health.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { FullStats } from '../../js/src/full/types.ts';
import type { Stats } from '../../js/src/types.ts';
import { settled, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const SCHEMAS = new URL('../../docs/schemas', import.meta.url).pathname;
const registry = new Registry();
registry.addFolder(SCHEMAS);
const errors = (data: unknown): string[] => registry.errors(HEALTH_SCHEMA, data, true);

interface SelfDescribed {
  data: { schema: string; data: Stats };
}

/** A tracker on the real core that reports its health. */
async function open(t: TestContext, options?: HealthOptions) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const tracker = createTrackerWith((ready) => ready(realEngine()), { collector: 'https://c.example' });
  page.becomeIdle();
  const end = reportHealth(tracker, options);
  /** Lets time pass; what is tracked is sent meanwhile. */
  const pass = async (ms: number): Promise<void> => {
    tick(ms);
    for (let i = 0; i < 3; ++i) {
      await settled();
      tick(0);
    }
  };
  /** The health events that were sent. */
  const reports = () =>
    network
      .events()
      .flatMap(({ e, ue_pr: event }) => (e === 'ue' ? [(JSON.parse(event ?? '') as SelfDescribed).data] : []));
  await pass(1);
  return { tracker, network, end, pass, reports };
}

test('a minute after an event was tracked the ledger is, under its schema', async (t) => {
  const { tracker, pass, reports } = await open(t);
  tracker.trackPageView();
  await pass(50_000);
  assert.deepEqual(reports(), []);
  const before = tracker.stats();
  assert.deepEqual([before.accepted, before.delivered], [1, 1]);
  await pass(10_000);
  assert.deepEqual(reports(), [{ schema: HEALTH_SCHEMA, data: before }]);
});

test('it tells of losses', async (t) => {
  const { tracker, network, pass, reports } = await open(t);
  network.respond = () => answer(413);
  tracker.trackPageView();
  tracker.trackStructured({ category: '', action: '' });
  await pass(1000);
  network.respond = () => answer(200);
  await pass(60_000);
  const [{ data } = {} as { data?: Stats }] = reports();
  assert.deepEqual([data?.accepted, data?.rejected, data?.dropped], [2, { 413: 1 }, { invalid: 1 }]);
});

test('where nothing was tracked nothing is reported: a report alone is no reason for the next', async (t) => {
  const { tracker, pass, reports } = await open(t);
  await pass(300_000);
  assert.equal(reports().length, 0);
  tracker.trackPageView();
  for (let i = 0; i < 5; ++i) await pass(60_000);
  assert.equal(reports().length, 1);
  tracker.trackPageView();
  for (let i = 0; i < 5; ++i) await pass(60_000);
  assert.deepEqual(
    reports().map(({ data }) => data.accepted),
    [1, 3],
    'the report itself is one of them',
  );
});

test('it is reported as often as the site wants', async (t) => {
  const { tracker, pass, reports } = await open(t, { everyMs: 5000 });
  for (let i = 1; i <= 3; ++i) {
    tracker.trackPageView();
    await pass(4000);
    assert.equal(reports().length, i - 1);
    await pass(1000);
    assert.equal(reports().length, i);
  }
});

test('an interval that is not said is a minute', async (t) => {
  const { tracker, pass, reports } = await open(t, { everyMs: undefined });
  tracker.trackPageView();
  await pass(59_000);
  assert.equal(reports().length, 0);
  await pass(1000);
  assert.equal(reports().length, 1);
});

test('it ends when the site says so, once or twice', async (t) => {
  const { tracker, end, pass, reports } = await open(t, { everyMs: 1000 });
  tracker.trackPageView();
  await pass(1000);
  end();
  end();
  tracker.trackPageView();
  await pass(10_000);
  assert.equal(reports().length, 1);
});

test('each report is valid by its schema, whatever has happened', async (t) => {
  const { tracker, network, pass, reports } = await open(t, { everyMs: 1000 });
  for (const status of [200, 400, 413, 500]) {
    network.respond = () => answer(status);
    tracker.trackPageView();
    tracker.trackStructured({ category: '', action: '' });
    await pass(100);
    network.respond = () => answer(200);
    await pass(900);
  }
  for (let i = 0; i < 10; ++i) await pass(60_000);
  assert.ok(reports().length >= 3, `${reports().length} reports`);
  for (const { schema, data } of reports()) assert.deepEqual([schema, errors(data)], [HEALTH_SCHEMA, []]);
});

const FULL: FullStats = {
  redacted: { dropped: 0, masked: 3, hashed: 1 },
  accepted: 9,
  restored: 1,
  delivered: 2,
  pending: 3,
  stored: 3,
  rejected: { 413: 1 },
  dropped: { evicted: 3 },
  inFlight: 1,
  failures: 2,
  retryInMs: 1234.5,
  engine: 'wasm',
};

test('the schema takes the ledger of every engine, and nothing that is not in it', () => {
  for (const engine of ['loading', 'wasm', 'none']) assert.deepEqual(errors({ ...FULL, engine }), [], engine);
  const { redacted: _, ...usual } = FULL;
  assert.deepEqual(errors(usual), []);
  for (const wrong of [
    { ...FULL, url: 'https://shop.example/' },
    { ...FULL, engine: 'native' },
    { ...FULL, accepted: -1 },
    { ...FULL, delivered: 1.5 },
    { ...FULL, pending: '3' },
    { ...FULL, rejected: { 413: 'one' } },
    { ...FULL, dropped: [] },
    { ...FULL, redacted: { masked: '3' } },
    { ...FULL, redacted: { kept: 3 } },
    { ...FULL, retryInMs: -1 },
    { ...FULL, accepted: undefined },
    [],
  ]) {
    // As it would be sent: a member that is undefined is not there.
    assert.notDeepEqual(errors(JSON.parse(JSON.stringify(wrong))), [], JSON.stringify(wrong));
  }
});

test('the schema has the members of the ledger, no fewer and no more', () => {
  const file = `${SCHEMAS}/${HEALTH_SCHEMA.replace('iglu:', '')}`;
  const { properties } = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
  assert.deepEqual(Object.keys(properties).sort(), Object.keys(FULL).sort());
});
