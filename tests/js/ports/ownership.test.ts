// Names that one living page holds: by a Web Lock, or by a lease in localStorage where there is none.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { type Decided, own } from '../../../js/src/ports/ownership.ts';
import { settled, shareGlobals, START_MS, stopTime } from '../fake-globals.ts';
import { FakeLocks } from '../fake-locks.ts';
import { deniedStorage, FakeStorage } from '../fake-storage.ts';

const NAME = 'piste/shop/00000000/';
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/** One origin. Each ask() in it is a page. */
function open(t: TestContext, locks: FakeLocks | undefined = undefined) {
  const time = stopTime(t);
  const origin = { localStorage: new FakeStorage(), navigator: { locks } };
  shareGlobals(t, origin);
  const ask = (isNew: boolean, name = NAME) => {
    const [wish, life] = [new AbortController(), new AbortController()];
    const told: string[] = [];
    const asked = {
      told,
      wish,
      end: () => (wish.abort(), life.abort()),
      release: undefined as (() => void) | undefined,
    };
    const decided: Decided = (held, release) => {
      told.push(held ? 'given' : 'refused');
      asked.release = release;
    };
    own(name, isNew, wish.signal, life.signal, decided, () => void told.push('lost'));
    return asked;
  };
  return { ...time, ...origin, origin, ask, rows: origin.localStorage.rows };
}

describe('with Web Locks', () => {
  test('a name is held until the end; who asked for it meanwhile has it then', async (t) => {
    const { ask } = open(t, new FakeLocks());
    const first = ask(true);
    await settled();
    const second = ask(false);
    await settled();
    assert.deepEqual([first.told, second.told], [['given'], []]);
    first.end();
    await settled();
    assert.deepEqual([first.told, second.told], [['given'], ['given']]);
  });

  test('who ends his wish is told nothing and given nothing; what he has he keeps', async (t) => {
    const locks = new FakeLocks();
    const { ask } = open(t, locks);
    const first = ask(true);
    await settled();
    const second = ask(false);
    await settled();
    for (const { wish } of [first, second]) wish.abort();
    await settled();
    assert.equal(locks.held.size, 1);
    first.end();
    await settled();
    assert.deepEqual([second.told, locks.held.size], [[], 0]);
  });

  test('a name may be given back', async (t) => {
    const locks = new FakeLocks();
    const { ask } = open(t, locks);
    const first = ask(true);
    await settled();
    first.release?.();
    await settled();
    assert.equal(locks.held.size, 0);
  });

  test('nothing is written', async (t) => {
    const { ask, rows } = open(t, new FakeLocks());
    ask(true);
    await settled();
    assert.equal(rows.size, 0);
  });

  test('where they are refused (an opaque origin) nothing can be owned', async (t) => {
    const locks = new FakeLocks();
    locks.refusal = new DOMException('refused', 'SecurityError');
    const { ask } = open(t, locks);
    const { told } = ask(true);
    await settled();
    assert.deepEqual(told, ['refused']);
  });

  test('who has ended before the lock is there is given nothing, and holds nothing', async (t) => {
    const locks = new FakeLocks();
    const { ask } = open(t, locks);
    const asked = ask(true);
    asked.end();
    await settled();
    assert.deepEqual([asked.told, locks.held.size], [[], 0]);
  });
});

describe('without Web Locks', () => {
  const lease = (endsInMs: number): string => `${START_MS + endsInMs} 01234567`;

  test('a new name is given within the call, and its lease ends with it', (t) => {
    const { ask, rows } = open(t);
    const { told, end } = ask(true);
    assert.deepEqual([told, [...rows.keys()]], [['given'], [NAME]]);
    end();
    assert.equal(rows.size, 0);
  });

  test('a name whose lease has not ended is not given', (t) => {
    const { ask, tick } = open(t);
    ask(true);
    const second = ask(false);
    tick(10 * MINUTE);
    assert.deepEqual(second.told, ['refused']);
  });

  test('a lease is renewed as long as its page lives, also by the slow timers of the background', (t) => {
    const { ask, tick } = open(t);
    const first = ask(true);
    for (let i = 0; i < 100; ++i) {
      tick(2 * MINUTE);
      assert.deepEqual(ask(false).told, ['refused']);
    }
    assert.deepEqual(first.told, ['given']);
  });

  test('the name of a page that is gone is given when its lease has ended, after a moment', (t) => {
    const { ask, tick, rows } = open(t);
    rows.set(NAME, lease(3 * MINUTE));
    tick(3 * MINUTE - 1);
    const early = ask(false);
    tick(5000);
    assert.deepEqual(early.told, ['refused']);
    const late = ask(false);
    assert.deepEqual(late.told, [], 'another page may ask at this instant');
    tick(1000);
    assert.deepEqual(late.told, ['given']);
  });

  test('a name without a lease is given as well', (t) => {
    const { ask, tick } = open(t);
    const { told } = ask(false);
    tick(1000);
    assert.deepEqual(told, ['given']);
  });

  for (const text of ['', 'nonsense', '-5 x', 'Infinity', '1e400', '[object Object]', '0']) {
    test(`a lease that reads ${JSON.stringify(text)} is none`, (t) => {
      const { ask, tick, rows } = open(t);
      rows.set(NAME, text);
      const { told } = ask(false);
      tick(1000);
      assert.deepEqual(told, ['given']);
    });
  }

  test('a lease of a clock that was set back a year since has ended', (t) => {
    const { ask, tick, rows } = open(t);
    rows.set(NAME, lease(YEAR));
    const { told } = ask(false);
    tick(1000);
    assert.deepEqual(told, ['given']);
  });

  test('of two who ask at a time the one whose writing stands has it', (t) => {
    const { ask, tick, rows } = open(t);
    const first = ask(false);
    const written = rows.get(NAME) ?? '';
    rows.delete(NAME); // neither has seen what the other wrote
    const second = ask(false);
    assert.notEqual(rows.get(NAME), written);
    tick(1000);
    assert.deepEqual([first.told, second.told], [['refused'], ['given']]);
  });

  test('who has ended while he waits is given nothing, and leaves no lease', (t) => {
    const { ask, tick } = open(t);
    const asked = ask(false);
    asked.end();
    tick(1000);
    assert.deepEqual(asked.told, ['refused']);
    const next = ask(false);
    tick(3 * MINUTE + 1000);
    const last = ask(false);
    tick(1000);
    assert.ok([next, last].some(({ told }) => told[0] === 'given'));
  });

  test('a page that slept while another took its name has lost it, and leaves it alone', (t) => {
    const { ask, tick, rows } = open(t);
    const sleeper = ask(true);
    const others = lease(5 * MINUTE);
    rows.set(NAME, others);
    tick(MINUTE);
    assert.deepEqual(sleeper.told, ['given', 'lost']);
    assert.equal(rows.get(NAME), others);
    sleeper.end();
    assert.equal(rows.get(NAME), others, 'nor does it end what is another’s');
  });

  test('a page that is put away before it knows that its name was taken leaves it alone', (t) => {
    const { ask, rows } = open(t);
    const sleeper = ask(true);
    const others = lease(5 * MINUTE);
    rows.set(NAME, others);
    sleeper.end();
    assert.equal(rows.get(NAME), others);
  });

  test('after the end nothing is renewed and nothing told', (t) => {
    const { ask, tick, rows } = open(t);
    const { told, end } = ask(true);
    end();
    tick(10 * MINUTE);
    assert.deepEqual([told, rows.size], [['given'], 0]);
  });

  test('a lease that the site deletes is lost', (t) => {
    const { ask, tick, rows } = open(t);
    const { told } = ask(true);
    rows.clear();
    tick(MINUTE);
    assert.deepEqual([told, rows.size], [['given', 'lost'], 0]);
  });

  test('where localStorage is full or denied nothing can be owned', (t) => {
    const { ask, origin } = open(t);
    origin.localStorage.room = 0;
    const full = ask(true);
    origin.localStorage = deniedStorage();
    const denied = [ask(true), ask(false)];
    assert.deepEqual([full.told, ...denied.map(({ told }) => told)], [['refused'], ['refused'], ['refused']]);
  });
});
