// What the driver does with each action, by a scripted engine and ports that keep what they are asked for.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Action, Outcome, Status } from '../../js/src/constants.ts';
import { createDriver } from '../../js/src/driver.ts';
import type { TransportAnswer, TransportRequest } from '../../js/src/ports/transport.ts';
import { settled, stopTime } from './fake-globals.ts';
import { ScriptedEngine, type ScriptedAction } from './scripted-engine.ts';

interface Sent {
  url: string;
  body: string;
  anonymous: boolean;
  keepalive: boolean;
  timeoutMs: number;
  answer: (answer: TransportAnswer) => Promise<void>;
}

/** Ports that keep what they are asked for, in one list with what the tracker is told. */
function makePorts() {
  const log: unknown[][] = [];
  const sent: Sent[] = [];
  const ports = {
    log,
    sent,
    full: false,
    storage: {
      put: (id: number, row: string) => !ports.full && log.push(['put', id, row]) > 0,
      erase: (id: number) => void log.push(['erase', id]),
      adopt() {},
      release() {},
      hold() {},
    },
    transport: ({ body, ...rest }: TransportRequest) =>
      new Promise<TransportAnswer>((resolve) => {
        log.push(['send', rest.url]);
        const answer = (outcome: TransportAnswer): Promise<void> => (resolve(outcome), settled());
        sent.push({ ...rest, body: Buffer.from(body).toString(), answer });
      }),
    events: {
      woken: () => void log.push(['woken']),
      rejected: (status: number) => void log.push(['rejected', status]),
      quiet: () => void log.push(['quiet']),
      guard(task: () => void) {
        try {
          task();
        } catch (cause) {
          log.push(['failed', (cause as Error).message]);
        }
      },
    },
  };
  return ports;
}

function drive(...script: ScriptedAction[]) {
  const engine = new ScriptedEngine(...script);
  const ports = makePorts();
  return { engine, ...ports, ports, driver: createDriver(engine, ports.storage, ports.transport, ports.events) };
}

/** A clock that stands, and a driver. */
const driveIn = (t: TestContext, ...script: ScriptedAction[]) => ({ ...stopTime(t), ...drive(...script) });

const send = (id: number): ScriptedAction => ({ action: Action.Send, id, url: `/${id}`, body: '{}', timeoutMs: 5000 });
const wait = (waitMs: number): ScriptedAction => ({ action: Action.Wait, waitMs });

test('actions are performed in their order, until there is none', () => {
  const { engine, log, driver } = drive(
    { action: Action.Store, id: 1, row: 'one' },
    { action: Action.Erase, id: 7 },
    { action: Action.Store, id: 2, row: 'two' },
    send(3),
    { action: Action.Erase, id: 8 },
  );
  driver.pump();
  assert.deepEqual(log, [
    ['put', 1, 'one'],
    ['erase', 7],
    ['put', 2, 'two'],
    ['send', '/3'],
    ['erase', 8],
  ]);
  assert.equal(engine.named('next').length, 6);
});

test('a row is reported as kept or not, before the next action; an erasure is not reported', () => {
  const { engine, ports, driver } = drive({ action: Action.Store, id: 1, row: 'r' }, { action: Action.Erase, id: 1 });
  driver.pump();
  ports.full = true;
  engine.script.push({ action: Action.Store, id: 2, row: 'r' });
  driver.pump();
  assert.deepEqual(engine.named('done'), [
    [1, Outcome.Ok, ''],
    [2, Outcome.Failed, ''],
  ]);
  assert.deepEqual(engine.calls[1], ['done', 1, Outcome.Ok, '']);
});

test('a request is what the core says it is', () => {
  const { sent, driver } = drive({ ...send(1), body: '{"a":"ü"}', anonymous: true }, { ...send(2), keepalive: true });
  driver.pump();
  const requests = sent.map(({ answer: _answer, ...request }) => request);
  assert.deepEqual(requests, [
    { url: '/1', body: '{"a":"ü"}', anonymous: true, keepalive: false, timeoutMs: 5000 },
    { url: '/2', body: '{}', anonymous: false, keepalive: true, timeoutMs: 5000 },
  ]);
});

test('an answer is reported under the id of its request, and what it makes possible is done', async () => {
  const { engine, sent, log, driver } = drive(send(4), send(5));
  driver.pump();
  engine.script.push({ action: Action.Erase, id: 50 });
  await sent[1]?.answer([200, '']);
  await sent[0]?.answer([503, '30']);
  assert.deepEqual(engine.named('done'), [
    [5, 200, ''],
    [4, 503, '30'],
  ]);
  assert.deepEqual(log.slice(2), [['erase', 50], ['quiet']]);
});

test('the tracker is told of events that the collector refused for good', async () => {
  const { engine, sent, log, driver } = drive(send(1));
  driver.pump();
  engine.answers.done = Status.Rejected;
  await sent[0]?.answer([400, '']);
  assert.deepEqual(log.splice(0).slice(1), [['rejected', 400], ['quiet']]);
  engine.answers.done = Status.NoMemory;
  engine.script.push(send(2));
  driver.pump();
  await sent[1]?.answer([200, '']);
  assert.deepEqual(log, [['send', '/2'], ['quiet']], 'and of nothing else');
});

test('a wait ends by itself: first the tracker is told, then the core is asked', (t) => {
  const { engine, log, driver, tick } = driveIn(t, wait(500));
  driver.pump();
  tick(499);
  assert.equal(engine.named('next').length, 1);
  engine.script.push({ action: Action.Erase, id: 1 });
  tick(1);
  assert.deepEqual(log, [['quiet'], ['woken'], ['erase', 1], ['quiet']]);
});

test('of several waits only the last counts', (t) => {
  const { engine, log, driver, tick } = driveIn(t, wait(500), wait(2000));
  driver.pump();
  driver.pump();
  tick(1999);
  assert.equal(engine.named('next').length, 2);
  tick(1);
  assert.equal(log.filter(([what]) => what === 'woken').length, 1);
  driver.pump();
  tick(100_000);
  assert.equal(log.filter(([what]) => what === 'woken').length, 1, 'no timer without a wait');
});

test('it is quiet when no request is under way, whether or not there is a wait', async (t) => {
  const { engine, sent, log, driver } = driveIn(t, send(1), send(2));
  const isQuiet = (): boolean => log.splice(0).some(([what]) => what === 'quiet');
  driver.pump();
  assert.equal(isQuiet(), false);
  await sent[0]?.answer([200, '']);
  assert.equal(isQuiet(), false);
  engine.script.push(wait(1000));
  await sent[1]?.answer([Outcome.Offline, '']);
  assert.equal(isQuiet(), true);
});

test('what an engine throws goes to the guard: in a timer and in an answer', async (t) => {
  const { engine, sent, log, driver, tick } = driveIn(t, send(1), wait(10));
  driver.pump();
  log.length = 0;
  engine.broken.add('next');
  tick(10);
  assert.deepEqual(log.splice(0), [['woken'], ['failed', 'next is broken']]);
  engine.broken.add('done');
  await sent[0]?.answer([200, '']);
  assert.deepEqual(log, [['failed', 'done is broken']]);
});
