// What the site is told of mistakes, losses and answers: which function is called, of what, and when.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { createSiteCalls } from '../../js/src/site-calls.ts';
import type { Stats, TrackerOptions } from '../../js/src/types.ts';
import { stopTime } from './fake-globals.ts';

const collector = 'https://collector.example';
const ID = '01234567-89ab-4cde-8f01-23456789abcd';
const ROW = `1p{"e":"pv","eid":"${ID}"}`;

/** The calls for a site that writes down what it is told. */
function listen(t: TestContext) {
  const { tick } = stopTime(t);
  const heard: unknown[] = [];
  const hear = (name: string) => (what: object) => void heard.push([name, what]);
  const options: TrackerOptions = {
    collector,
    onProblem: hear('problem'),
    onDelivered: hear('delivered'),
    onDropped: hear('dropped'),
    onRetry: hear('retry'),
  };
  const told = (): unknown[] => {
    tick(1);
    return heard.splice(0);
  };
  return { calls: createSiteCalls(options), options, heard, told };
}

const stats = (): Stats => ({ failures: 3, retryInMs: 4000 }) as Stats;
const never = (): never => assert.fail('nobody needs it');

test('nothing is told within the call, and all in its order', (t) => {
  const { calls, heard, told } = listen(t);
  const tell = (what: string): void => calls.tell((text: string) => void heard.push(text), what);
  tell('first');
  tell('second');
  assert.deepEqual(heard, []);
  assert.deepEqual(told(), ['first', 'second']);
});

test('without a function nothing is done, not even a timer', (t) => {
  stopTime(t);
  const timers = t.mock.method(globalThis, 'setTimeout', never);
  const calls = createSiteCalls({ collector });
  calls.tell(undefined, 1);
  calls.report(Status.Internal, 'run');
  calls.refused(Status.TooLarge);
  calls.ended(never, Status.Ok, 200);
  calls.ended(never, Status.Evicted, 0);
  calls.answered(500, Status.Ok, never);
  assert.equal(timers.mock.callCount(), 0);
});

test('a function that throws harms neither the page nor the calls that come after', (t) => {
  const { calls, heard, told } = listen(t);
  calls.tell(() => {
    throw new Error('the site’s own');
  }, 1);
  calls.tell(() => void heard.push('after'), 1);
  assert.deepEqual(told(), ['after']);
});

test('a mistake is reported with what was being done, and none is not', (t) => {
  const { calls, told } = listen(t);
  calls.report(Status.InvalidValue, 'configure', 7);
  calls.report(Status.Ok, 'configure', 7);
  calls.report(Status.Internal, 'run');
  assert.deepEqual(told(), [
    ['problem', { code: Status.InvalidValue, during: 'configure', detail: 7 }],
    ['problem', { code: Status.Internal, during: 'run', detail: undefined }],
  ]);
});

test('an event that was refused is a mistake and a loss', (t) => {
  const { calls, told } = listen(t);
  calls.refused(Status.Ok);
  calls.refused(Status.Unserialisable, 'why');
  assert.deepEqual(told(), [
    ['problem', { code: Status.Unserialisable, during: 'track', detail: 'why' }],
    ['dropped', { code: Status.Unserialisable }],
  ]);
});

describe('an event that has ended is named by its id', () => {
  const rows: [what: string, row: string, code: Status, outcome: number, expected: unknown][] = [
    ['delivered', ROW, Status.Ok, 200, ['delivered', { eventId: ID }]],
    ['delivered by get', `1g/i?e=pv&eid=${ID}&p=web`, Status.Ok, 200, ['delivered', { eventId: ID }]],
    [
      'refused by the collector',
      ROW,
      Status.Rejected,
      413,
      ['dropped', { code: Status.Rejected, eventId: ID, status: 413 }],
    ],
    [
      'without an answer',
      ROW,
      Status.Expired,
      0,
      ['dropped', { code: Status.Expired, eventId: ID, status: undefined }],
    ],
    [
      'unreadable',
      'no row',
      Status.UnreadableRow,
      0,
      ['dropped', { code: Status.UnreadableRow, eventId: undefined, status: undefined }],
    ],
  ];
  for (const [what, row, code, outcome, expected] of rows)
    test(what, (t) => {
      const { calls, told } = listen(t);
      calls.ended(() => row, code, outcome);
      assert.deepEqual(told(), [expected]);
    });
});

test('the row is read at once, while there is one, and only for a site that wants to hear of it', (t) => {
  const { calls, options, told } = listen(t);
  const row = t.mock.fn(() => ROW);
  delete options.onDelivered;
  calls.ended(row, Status.Ok, 200);
  assert.equal(row.mock.callCount(), 0);
  calls.ended(row, Status.Evicted, 0);
  assert.equal(row.mock.callCount(), 1);
  assert.equal(told().length, 1);
});

describe('a request that is tried again', () => {
  const rows: [outcome: number, code: Status, expected: unknown[]][] = [
    [200, Status.Ok, []],
    [299, Status.Ok, []],
    [199, Status.Ok, [['retry', { status: 199, failures: 3, retryInMs: 4000 }]]],
    [300, Status.Ok, [['retry', { status: 300, failures: 3, retryInMs: 4000 }]]],
    [503, Status.Ok, [['retry', { status: 503, failures: 3, retryInMs: 4000 }]]],
    [-2, Status.Ok, [['retry', { status: 0, failures: 3, retryInMs: 4000 }]]],
    [400, Status.Rejected, [['problem', { code: Status.Rejected, during: 'send', detail: 400 }]]],
  ];
  for (const [outcome, code, expected] of rows)
    test(`${outcome}, ${code}`, (t) => {
      const { calls, told } = listen(t);
      calls.answered(outcome, code, stats);
      assert.deepEqual(told(), expected);
    });
});
