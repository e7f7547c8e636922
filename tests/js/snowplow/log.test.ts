// What the face says on the console: warnings and errors, unless a plugin asks for more or less.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createLog } from '../../../js/src/snowplow/log.ts';
import type { LOG_LEVEL } from '../../../js/src/snowplow/tracker-core/types.ts';

const METHODS = ['error', 'warn', 'debug', 'info'] as const;

function listen(t: TestContext) {
  const log = createLog();
  const spies = METHODS.map((name) => t.mock.method(console, name, () => {}));
  /** Says one thing with each method; which of them came out. */
  const heard = (): string[] => {
    for (const spy of spies) spy.mock.resetCalls();
    for (const name of METHODS) log[name](`by ${name}`);
    return METHODS.filter((_name, i) => spies[i]?.mock.callCount());
  };
  const saidBy = (name: (typeof METHODS)[number]): unknown[][] =>
    spies[METHODS.indexOf(name)]?.mock.calls.map((call) => call.arguments as unknown[]) ?? [];
  return { log, heard, saidBy };
}

describe('the log', () => {
  test('says errors and warnings, and no more, when nobody has asked', (t) => {
    assert.deepEqual(listen(t).heard(), ['error', 'warn']);
  });

  for (const [level, expected] of [
    [0, []],
    [1, ['error']],
    [2, ['error', 'warn']],
    [3, ['error', 'warn', 'debug']],
    [4, ['error', 'warn', 'debug', 'info']],
  ] as const) {
    test(`says at level ${level}: ${expected.join(', ') || 'nothing'}`, (t) => {
      const { log, heard } = listen(t);
      log.setLogLevel(level);
      assert.deepEqual(heard(), expected);
    });
  }

  for (const level of [5, -1, 1.5, NaN, '4', null, undefined, {}]) {
    test(`takes a level that there is not for that of warnings: ${typeof level} ${JSON.stringify(level)}`, (t) => {
      const { log, heard } = listen(t);
      log.setLogLevel(4);
      log.setLogLevel(level as LOG_LEVEL);
      assert.deepEqual(heard(), ['error', 'warn']);
    });
  }

  test('says who speaks, and hands on what comes with the message', (t) => {
    const { log, saidBy } = listen(t);
    const cause = new Error('of the site');
    log.error('It failed.', cause);
    log.warn('It is odd.', 1, { a: 2 });
    assert.deepEqual(saidBy('error'), [['Snowplow: It failed.', cause]]);
    assert.deepEqual(saidBy('warn'), [['Snowplow: It is odd.', 1, { a: 2 }]]);
  });

  test('leaves out what is undefined, and nothing else', (t) => {
    const { log, saidBy } = listen(t);
    log.error('It failed.', undefined, 0, null, '');
    log.warn('It is odd.', undefined);
    assert.deepEqual(
      [saidBy('error'), saidBy('warn')],
      [[['Snowplow: It failed.', 0, null, '']], [['Snowplow: It is odd.']]],
    );
  });

  test('of one page does not change the level of another', (t) => {
    const { heard } = listen(t);
    createLog().setLogLevel(0);
    assert.deepEqual(heard(), ['error', 'warn']);
  });
});
