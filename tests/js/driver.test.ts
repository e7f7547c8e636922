// What the driver does with each action, by a scripted engine and ports that keep what they are asked for.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Action, Key, Outcome, Status } from '../../js/src/constants.ts';
import { createDriver } from '../../js/src/driver.ts';
import { createKeepaliveShare } from '../../js/src/ports/keepalive.ts';
import type { RowStorage } from '../../js/src/ports/storage.ts';
import type { TransportAnswer, TransportRequest } from '../../js/src/ports/transport.ts';
import { settled, stopTime } from './fake-globals.ts';
import { ScriptedEngine, type ScriptedAction } from './scripted-engine.ts';

interface Sent extends Omit<TransportRequest, 'body'> {
  body: string;
  answer: (answer: TransportAnswer) => Promise<void>;
}

/** Ports that keep what they are asked for, in one list with what the tracker is told. */
function makePorts() {
  const log: unknown[][] = [];
  const sent: Sent[] = [];
  const keep =
    (name: string) =>
    (...values: unknown[]): void =>
      void log.push([name, ...values]);
  return {
    log,
    sent,
    storage: { put: keep('put'), erase: keep('erase') } as Partial<RowStorage> as RowStorage,
    probe: { claim: keep('claim'), yield: keep('yield'), hasten: keep('hasten') },
    transport: ({ body, ...rest }: TransportRequest) =>
      new Promise<TransportAnswer>((resolve) => {
        log.push(['send', rest.url]);
        const answer = (outcome: TransportAnswer): Promise<void> => (resolve(outcome), settled());
        sent.push({ ...rest, body: Buffer.from(body).toString(), answer });
      }),
    events: {
      woken: keep('woken'),
      answered: (outcome: number, code: number) => void log.push(['answered', outcome, code]),
      ended: (row: () => string, code: number, outcome: number) => void log.push(['ended', row(), code, outcome]),
      kept: keep('kept'),
      began: keep('began'),
      quiet: keep('quiet'),
      guard(task: () => void) {
        try {
          task();
        } catch (cause) {
          log.push(['failed', (cause as Error).message]);
        }
      },
    },
  };
}

/** A driver, a clock that stands, and the share of somebody else on the page. */
function drive(t: TestContext, ...script: ScriptedAction[]) {
  const time = stopTime(t);
  const page = createKeepaliveShare();
  t.after(() => page.count(-page.others()));
  const engine = new ScriptedEngine(...script);
  const ports = makePorts();
  const make = (target: ScriptedEngine) =>
    createDriver(target, ports.storage, ports.transport, ports.probe, ports.events);
  return { ...time, ...ports, page, engine, make, driver: make(engine) };
}

const send = (id: number): ScriptedAction => ({ action: Action.Send, id, url: `/${id}`, body: '{}', timeoutMs: 5000 });
const wait = (waitMs: number): ScriptedAction => ({ action: Action.Wait, waitMs });
const erase = (id: number): ScriptedAction => ({ action: Action.Erase, id, row: `row ${id}` });

test('actions are performed in their order, until there is none', (t) => {
  const { engine, log, driver } = drive(
    t,
    { action: Action.Store, id: 1, row: 'one' },
    erase(7),
    { action: Action.ClaimProbe },
    { action: Action.Store, id: 2, row: 'two', lasting: true },
    send(3),
    { action: Action.YieldProbe },
  );
  driver.pump();
  assert.deepEqual(log, [
    ['put', 1, 'one', false],
    ['erase', 7],
    ['ended', 'row 7', 0, 0],
    ['claim'],
    ['put', 2, 'two', true],
    ['send', '/3'],
    ['yield'],
  ]);
  assert.equal(engine.named('next').length, 7);
});

test('that a row is kept is not reported by the driver: its storage does that, later', (t) => {
  const { engine, driver } = drive(t, { action: Action.Store, id: 1, row: 'r' }, erase(1));
  driver.pump();
  assert.deepEqual(engine.named('done'), []);
});

test('without a storage rows are kept nowhere, and all else is done', (t) => {
  const { engine, log, ...ports } = drive(t, { action: Action.Store, id: 1, row: 'r' }, erase(1), send(2));
  createDriver(engine, undefined, ports.transport, ports.probe, ports.events).pump();
  assert.deepEqual(log, [
    ['ended', 'row 1', 0, 0],
    ['send', '/2'],
  ]);
});

test('the tracker is told of each event that ended: its row, why, and by what status', (t) => {
  const { log, driver } = drive(
    t,
    { ...erase(1), why: Status.Rejected, outcome: 413 },
    { ...erase(2), why: Status.Evicted },
    { ...erase(3), why: Status.Ok, outcome: 200 },
  );
  driver.pump();
  assert.deepEqual(
    log.filter(([what]) => what === 'ended'),
    [
      ['ended', 'row 1', Status.Rejected, 413],
      ['ended', 'row 2', Status.Evicted, 0],
      ['ended', 'row 3', Status.Ok, 200],
    ],
  );
});

test('what is to be kept of the visitor and that a session has begun is told, in the order of the core', (t) => {
  const keep = (state: number, stateValue: string, stateMaxAgeS: number): ScriptedAction => ({
    action: Action.SetState,
    state,
    stateValue,
    stateMaxAgeS,
  });
  const { engine, log, driver } = drive(
    t,
    keep(0, 'who', 63_072_000),
    keep(1, '*', 1800),
    { action: Action.Session },
    keep(0, '', -1),
  );
  driver.pump();
  assert.deepEqual(log, [
    ['kept', 0, 'who', 63_072_000],
    ['kept', 1, '*', 1800],
    ['began'],
    ['kept', 0, '', -1],
    ['quiet'],
  ]);
  assert.deepEqual(engine.named('done'), [], 'that is not reported');
});

test('a request is what the core says it is', (t) => {
  const { sent, driver } = drive(
    t,
    { ...send(1), body: '{"a":"ü"}', anonymous: true },
    { ...send(2), keepalive: true },
  );
  driver.pump();
  const requests = sent.map(({ answer: _answer, ...request }) => request);
  assert.deepEqual(requests, [
    { url: '/1', body: '{"a":"ü"}', anonymous: true, keepalive: false, timeoutMs: 5000 },
    { url: '/2', body: '{}', anonymous: false, keepalive: true, timeoutMs: 5000 },
  ]);
});

test('an answer is reported under the id of its request, told, and what it makes possible is done', async (t) => {
  const { engine, sent, log, driver } = drive(t, send(4), send(5));
  driver.pump();
  engine.script.push(erase(50));
  await sent[1]?.answer([200, 0]);
  engine.answers.done = Status.Rejected;
  await sent[0]?.answer([503, 30_000]);
  assert.deepEqual(engine.named('done'), [
    [5, 200, 0],
    [4, 503, 30_000],
  ]);
  assert.deepEqual(log.slice(2), [
    ['answered', 200, Status.Ok],
    ['erase', 50],
    ['ended', 'row 50', 0, 0],
    ['answered', 503, Status.Rejected],
    ['quiet'],
  ]);
});

test('a request that failed gives its bytes back', async (t) => {
  const { page, engine, sent, driver } = drive(t, keepaliveOf(300), keepaliveOf(50, 2));
  driver.pump();
  await sent[0]?.answer([Outcome.Offline, 0]);
  assert.deepEqual([engine.named('done'), page.others()], [[[1, Outcome.Offline, 0]], 50]);
});

test('a wait ends by itself: first the tracker is told, then the core is asked', (t) => {
  const { engine, log, driver, tick } = drive(t, wait(500));
  driver.pump();
  tick(499);
  assert.equal(engine.named('next').length, 1);
  engine.script.push(erase(1));
  tick(1);
  assert.deepEqual(log, [['quiet'], ['woken'], ['erase', 1], ['ended', 'row 1', 0, 0], ['quiet']]);
});

const timersSet = (t: TestContext): (() => number) => {
  const { setTimeout } = globalThis;
  const set = t.mock.method(globalThis, 'setTimeout', setTimeout);
  return () => set.mock.callCount();
};

test('a timer that fires no later than the next wait asks for is left as it is: no event costs a timer', (t) => {
  const { engine, driver, tick } = drive(t);
  const set = timersSet(t);
  for (let i = 0; i < 50; ++i) {
    engine.script.push(wait(500 + i));
    driver.pump();
  }
  assert.equal(set(), 1);
  engine.script.push(wait(700));
  tick(500);
  assert.equal(set(), 2, 'it fires, and the core says how long still');
  const asked = engine.named('next').length;
  tick(699);
  assert.equal(engine.named('next').length, asked);
  tick(1);
  assert.equal(engine.named('next').length, asked + 1);
});

test('a wait that ends sooner takes the place of the one before, which never fires', (t) => {
  const { engine, log, driver, tick } = drive(t, wait(2000), wait(500));
  driver.pump();
  tick(100);
  driver.pump();
  tick(500);
  assert.equal(log.filter(([what]) => what === 'woken').length, 1);
  tick(5000);
  assert.equal(log.filter(([what]) => what === 'woken').length, 1);
  assert.equal(engine.named('next').length, 3);
});

test('each wait that the core asks for when it is woken is waited', (t) => {
  const { log, driver, tick } = drive(t, wait(10), wait(10), wait(10));
  driver.pump();
  for (let i = 0; i < 5; ++i) tick(10);
  assert.equal(log.filter(([what]) => what === 'woken').length, 3);
});

test('it is quiet when no request is under way, whether or not there is a wait', async (t) => {
  const { engine, sent, log, driver } = drive(t, send(1), send(2));
  const isQuiet = (): boolean => log.splice(0).some(([what]) => what === 'quiet');
  driver.pump();
  assert.equal(isQuiet(), false);
  await sent[0]?.answer([200, 0]);
  assert.equal(isQuiet(), false);
  engine.script.push(wait(1000));
  await sent[1]?.answer([Outcome.Offline, 0]);
  assert.equal(isQuiet(), true);
});

test('what an engine throws goes to the guard: in a timer and in an answer', async (t) => {
  const { engine, sent, log, driver, tick } = drive(t, send(1), wait(10));
  driver.pump();
  log.length = 0;
  engine.broken.add('next');
  tick(10);
  assert.deepEqual(log.splice(0), [['woken'], ['failed', 'next is broken']]);
  engine.broken.add('done');
  await sent[0]?.answer([200, 0]);
  assert.deepEqual(log, [['failed', 'done is broken']]);
});

const keepaliveOf = (bytes: number, id = 1): ScriptedAction => ({
  ...send(id),
  body: 'x'.repeat(bytes),
  keepalive: true,
});
const taken = (engine: ScriptedEngine): unknown[] =>
  engine.named('set').flatMap(([key, value]) => (key === Key.KeepaliveTaken ? [value] : []));

test('keepalive bytes are counted from the request to its answer; those of other requests are not', async (t) => {
  const { page, sent, driver } = drive(t, keepaliveOf(100), { ...send(2), body: 'x'.repeat(40) }, keepaliveOf(30, 3));
  driver.pump();
  assert.equal(page.others(), 130);
  await sent[0]?.answer([200, 0]);
  assert.equal(page.others(), 30);
  await sent[1]?.answer([200, 0]);
  await sent[2]?.answer([Outcome.Offline, 0]);
  assert.equal(page.others(), 0);
});

test('what others have under way is told to the core before it is asked, when that has changed', async (t) => {
  const { page, engine, driver, make, sent } = drive(t);
  const other = new ScriptedEngine(keepaliveOf(500));
  make(other).pump();
  driver.pump();
  driver.pump();
  assert.deepEqual([taken(engine), taken(other)], [['500'], []]);
  assert.deepEqual(
    engine.calls.map(([name]) => name),
    ['set', 'next', 'next'],
  );
  page.count(7); // by another copy of the package
  driver.pump();
  page.count(-7);
  await sent[0]?.answer([200, 0]);
  driver.pump();
  assert.deepEqual([taken(engine), taken(other)], [['500', '507', '0'], []]);
});

test('its own requests are not told to the core, which knows of them', async (t) => {
  const { engine, driver, sent } = drive(t, keepaliveOf(500));
  driver.pump();
  driver.pump();
  await sent[0]?.answer([200, 0]);
  assert.deepEqual(taken(engine), []);
});

test('the bytes of a request whose engine has failed are given back all the same', async (t) => {
  const { page, engine, driver, sent } = drive(t, keepaliveOf(500));
  driver.pump();
  assert.equal(page.others(), 500);
  engine.broken.add('done');
  await sent[0]?.answer([200, 0]);
  assert.equal(page.others(), 0);
});
