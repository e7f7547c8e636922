// Rows of several pages of one origin: whose they are, where they are, who takes them over, what storage may refuse.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { settled, stopTime } from '../fake-globals.ts';
import { openOrigin } from '../fake-origin.ts';
import { deniedStorage } from '../fake-storage.ts';

describe('one page', () => {
  test('a row stands under piste/<namespace>/<owner>/<id>, first here, then there, until it is erased', async (t) => {
    const { page, rows, database, places } = openOrigin(t);
    const { put, erase, seen } = await page();
    put(12, 'row', false);
    const [key = ''] = rows.keys();
    assert.match(key, /^piste\/shop\/[\da-f]{8}\/12$/);
    put(12, 'row', true);
    assert.deepEqual([[...rows], new Set(seen.stored)], [[[key, 'row']], new Set([12])]);
    await settled();
    assert.deepEqual([[...rows], await database.rows()], [[], { [key]: 'row' }]);
    erase(12);
    await settled();
    assert.deepEqual(await places(), [[], []]);
  });

  // Before that another page might take it for one of the dead.
  test('nothing is written before the name is the page’s own', async (t) => {
    const { start, rows, database, places } = openOrigin(t);
    const { put, seen } = start();
    put(1, 'row', false);
    put(2, 'row', true);
    assert.deepEqual([[...rows], database.transactions, seen.stored], [[], [], []]);
    await settled();
    assert.deepEqual(await places(), [['piste/shop/…/1'], ['piste/shop/…/2']]);
    assert.deepEqual(new Set(seen.stored), new Set([1, 2]));
  });

  test('the lock of its name is held as long as it lives, and no other', async (t) => {
    const { page, rows, locks } = openOrigin(t);
    const { put, leave } = await page();
    put(1, 'row', false);
    assert.deepEqual([...locks.held.keys()], [[...rows.keys()][0]?.slice(0, -1)]);
    await leave();
    assert.equal(locks.held.size, 0);
  });

  test('a page that is left has everything in localStorage that IndexedDB has not confirmed', async (t) => {
    const { page, places } = openOrigin(t);
    const { put, hurry, release } = await page();
    put(1, 'row', true);
    await settled();
    put(2, 'row', true);
    hurry(true);
    release();
    const [local] = await places();
    assert.deepEqual(local, ['piste/shop/…/2'], 'within the call');
  });
});

test('what comes after a page has given its name up is in localStorage or nowhere', async (t) => {
  const { origin, page, places, database } = openOrigin(t);
  const { put, hurry, release } = await page();
  hurry(true);
  release();
  put(1, 'row', true);
  origin.localStorage.room = 0;
  put(2, 'row', true);
  await settled();
  assert.deepEqual([await places(), database.transactions], [[['piste/shop/…/1'], []], []]);
});

describe('rows of pages that are gone', () => {
  test('are taken where they are; what the new page erases goes from there', async (t) => {
    const { page, leaveRows, places } = openOrigin(t);
    await leaveRows({ 1: 'local', 2: 'lasting' });
    const before = await places();
    const next = await page();
    assert.deepEqual((await next.adopt()).sort(), ['lasting', 'local']);
    assert.deepEqual([await places(), next.seen.adopted > 0], [before, true]);
    next.erase(1000);
    next.erase(1001);
    await settled();
    assert.deepEqual(await places(), [[], []]);
  });

  test('a page that dies all of a sudden is gone as well', async (t) => {
    const { page, locks } = openOrigin(t);
    const { put } = await page();
    put(1, 'local', false);
    put(2, 'lasting', true);
    await settled();
    const next = await page();
    assert.deepEqual(await next.adopt(), []);
    locks.kill([...locks.held.keys()][0] ?? '');
    assert.deepEqual((await next.adopt()).sort(), ['lasting', 'local']);
  });

  test('a row that is in both places is offered once, and erased in both', async (t) => {
    const { page, rows, database, places } = openOrigin(t);
    rows.set('piste/shop/00000000/1', 'row');
    await database.put('piste/shop/00000000/1', 'row');
    const next = await page();
    assert.deepEqual(await next.adopt(), ['row']);
    next.erase(1000);
    await settled();
    assert.deepEqual(await places(), [[], []]);
  });

  test('a row that was taken over is asked to last, and lasts under its own key', async (t) => {
    const { page, leaveRows, places } = openOrigin(t);
    await leaveRows({ 1: 'local' });
    const next = await page();
    await next.adopt();
    next.put(1000, 'local', true);
    await settled();
    assert.deepEqual(await places(), [[], ['piste/shop/…/1']]);
  });

  test('living pages and the page itself are left alone', async (t) => {
    const { page } = openOrigin(t);
    const [living, own] = [await page(), await page()];
    for (const { put } of [living, own]) put(1, 'row', false);
    for (const { put } of [living, own]) put(2, 'row', true);
    await settled();
    assert.deepEqual(await own.adopt(), []);
    await living.leave();
    assert.equal((await own.adopt()).length, 2);
  });

  test('two pages that start together share them without taking any twice', async (t) => {
    const { page, leaveRows } = openOrigin(t);
    await leaveRows({ 1: 'a', 2: 'b' });
    await leaveRows({ 1: 'c', 2: 'd' });
    const pages = [await page(), await page()];
    for (const { adopt } of pages) void adopt();
    await settled();
    assert.deepEqual(pages.flatMap(({ seen }) => seen.taken).sort(), ['a', 'b', 'c', 'd']);
  });

  test('what they adopted themselves is taken with them', async (t) => {
    const { page, leaveRows } = openOrigin(t);
    await leaveRows({ 1: 'first', 2: 'first, lasting' });
    const second = await page();
    await second.adopt();
    second.put(1, 'second', false);
    const third = await page();
    assert.deepEqual(await third.adopt(), []);
    await second.leave();
    assert.deepEqual(third.seen.taken.sort(), ['first', 'first, lasting', 'second']);
  });

  test('a page hears at once of the rows of another, and of its end', async (t) => {
    const { page, locks } = openOrigin(t);
    const [watching, dying] = [await page(), await page()];
    dying.put(1, 'row', false);
    await settled();
    const [, name] = locks.held.keys();
    locks.kill(name ?? '');
    await settled();
    assert.deepEqual(watching.seen.taken, ['row']);
  });

  for (const end of ['stop', 'leave'] as const) {
    test(`a page waits for nobody any more after ${end}(): the next in the queue has them`, async (t) => {
      const { page, locks } = openOrigin(t);
      const [dying, first, next] = [await page(), await page(), await page()];
      dying.put(1, 'row', false);
      await settled();
      await first[end]();
      await settled();
      const [name] = locks.held.keys();
      locks.kill(name ?? '');
      await settled();
      assert.deepEqual([first.seen.taken, next.seen.taken], [[], ['row']]);
    });
  }

  test('names of pages that leave nothing are nobody’s', async (t) => {
    const { page, locks } = openOrigin(t);
    await page();
    const gone = await page();
    gone.put(1, 'row', false);
    await settled();
    gone.erase(1);
    await gone.leave();
    assert.equal(locks.held.size, 1);
  });

  test('those for which there is no room are the page’s to come back to, and nobody else’s', async (t) => {
    const { page, leaveRows } = openOrigin(t);
    await leaveRows({ 2: 'a', 4: 'b', 6: 'c' });
    const next = await page();
    next.seen.room = 1;
    await next.adopt();
    assert.deepEqual(await (await page()).adopt(), []);
    next.seen.room = 2;
    next.resume();
    await settled();
    next.seen.room = Infinity;
    next.resume();
    await settled();
    next.resume();
    await settled();
    assert.deepEqual(next.seen.taken, ['a', 'b', 'c']);
  });

  test('an unreadable one is erased wherever it was; a sample of the last is kept', async (t) => {
    const { page, leaveRows, places, rows } = openOrigin(t);
    await leaveRows({ 1: 'bad', 2: `bad ${'x'.repeat(2000)}` });
    await (await page()).adopt();
    assert.deepEqual(await places(), [['piste/shop/'], []]);
    assert.equal(rows.get('piste/shop/')?.slice(0, 3), 'bad');
    assert.ok((rows.get('piste/shop/')?.length ?? 0) <= 1000);
    assert.deepEqual(await (await page()).adopt(), [], 'nor is the sample ever offered');
  });

  test('namespaces never meet, whatever their names are like', async (t) => {
    const { page, leaveRows, places } = openOrigin(t);
    const names = ['a', 'a/b', 'a.b', 'a%2Fb', 'a%252Fb', 'a%', 'A', '', 'ä', 'a/', '/a', '../a', 'a/b/00000000'];
    names.push('\ud800', '\ud801', '\udc00', '\ufffd', 'a\uffff', '%EF%BF%BD', '__proto__', 'unreadable');
    for (const name of names) await leaveRows({ 1: `local of ${name}`, 2: `lasting of ${name}` }, name);
    assert.deepEqual(
      (await places()).map(({ length }) => length),
      [names.length, names.length],
    );
    for (const name of names) {
      const next = await page(name);
      assert.deepEqual((await next.adopt()).sort(), [`lasting of ${name}`, `local of ${name}`], JSON.stringify(name));
      next.erase(1000);
      next.erase(1001);
      await settled();
    }
    assert.deepEqual(await places(), [[], []]);
  });

  test('what others keep is not touched', async (t) => {
    const { page, leaveRows, origin, rows } = openOrigin(t);
    const others = ['pistenraupe', 'piste', 'piste/', 'snowplow/shop/1/1', 'piste/shopping/0/1', 'shop/1', 'keys'];
    for (const key of others) origin.localStorage.setItem(key, 'theirs');
    await leaveRows({ 1: 'ours' });
    const next = await page();
    assert.deepEqual(await next.adopt(), ['ours']);
    next.erase(1000);
    assert.deepEqual([...rows.keys()], others);
  });
});

describe('a page that comes back', () => {
  test('has a new name, and takes its old rows again where nobody else did', async (t) => {
    const { page, locks } = openOrigin(t);
    const gone = await page();
    gone.put(1, 'local', false);
    gone.put(2, 'lasting', true);
    const [before] = locks.held.keys();
    await gone.leave();
    await gone.comeBack();
    assert.deepEqual(gone.seen.taken.sort(), ['lasting', 'local']);
    assert.deepEqual([locks.held.size, locks.held.has(before ?? '')], [2, true]);
    assert.deepEqual(await (await page()).adopt(), []);
  });

  test('writes nothing before its new name is its own', async (t) => {
    const { page, rows } = openOrigin(t);
    const gone = await page();
    await gone.leave();
    const back = gone.comeBack();
    gone.put(1, 'row', false);
    assert.equal(rows.size, 0);
    await back;
    assert.equal(rows.size, 1);
  });

  test('leaves its old rows to who took them meanwhile', async (t) => {
    const { page, places } = openOrigin(t);
    const gone = await page();
    gone.put(1, 'row', false);
    await gone.leave();
    const other = await page();
    assert.deepEqual(await other.adopt(), ['row']);
    await gone.comeBack();
    assert.deepEqual(gone.seen.taken, []);
    gone.erase(1);
    await settled();
    assert.deepEqual(await places(), [['piste/shop/…/1'], []], 'nor can it erase them');
    gone.put(1, 'new', false);
    assert.equal((await places())[0].length, 2);
  });

  test('takes again what it had taken over before', async (t) => {
    const { page, leaveRows, places } = openOrigin(t);
    await leaveRows({ 1: 'local', 2: 'lasting' });
    const next = await page();
    await next.adopt();
    await next.leave();
    next.seen.taken.length = 0;
    await next.comeBack();
    assert.deepEqual(next.seen.taken.sort(), ['lasting', 'local']);
    next.erase(1002);
    next.erase(1003);
    await settled();
    assert.deepEqual(await places(), [[], []]);
  });
});

describe('storage that refuses', () => {
  for (const fault of ['denied', 'broken', 'aborting'] as const) {
    test(`an IndexedDB that is ${fault}: rows are in localStorage, at the latest when the page is left`, async (t) => {
      const { page, database, places } = openOrigin(t);
      database.fault = fault;
      const { put, leave } = await page();
      put(1, 'row', false);
      put(2, 'row', true);
      await settled();
      put(1, 'row', true);
      await settled();
      await leave();
      assert.deepEqual((await places())[0], ['piste/shop/…/1', 'piste/shop/…/2']);
      const next = await page();
      assert.equal((await next.adopt()).length, 2);
    });
  }

  test('an IndexedDB that is closed under us loses no row', async (t) => {
    const { page, database, places } = openOrigin(t);
    const { put, leave } = await page();
    put(1, 'row', true);
    await settled();
    database.close();
    put(2, 'row', true);
    await settled();
    put(3, 'row', true);
    await settled();
    await leave();
    const [local, lasting] = await places();
    assert.deepEqual([...local, ...lasting].sort(), ['piste/shop/…/1', 'piste/shop/…/2', 'piste/shop/…/3']);
  });

  test('a localStorage that throws on every access: what lasts is kept, taken over and erased', async (t) => {
    const { origin, page, places } = openOrigin(t);
    origin.localStorage = deniedStorage();
    const gone = await page();
    gone.put(1, 'row', false);
    gone.put(2, 'row', true);
    await settled();
    assert.deepEqual(gone.seen.stored, [2]);
    await gone.leave();
    const next = await page();
    assert.deepEqual(await next.adopt(), ['row']);
    next.erase(1000);
    await settled();
    assert.deepEqual(await places(), [[], []]);
  });

  test('a full localStorage takes no more; nothing is reported that is not kept', async (t) => {
    const { origin, page, places } = openOrigin(t);
    origin.localStorage.room = 1;
    const { put, erase, seen } = await page();
    put(1, 'row', false);
    put(2, 'row', false);
    assert.deepEqual(seen.stored, [1]);
    put(2, 'row', true);
    await settled();
    erase(1);
    put(3, 'row', false);
    assert.deepEqual(
      [seen.stored, await places()],
      [
        [1, 2, 3],
        [['piste/shop/…/3'], ['piste/shop/…/2']],
      ],
    );
  });

  test('where locks are refused (an opaque origin) nothing is kept and nothing taken', async (t) => {
    const { page, locks, rows, database } = openOrigin(t);
    rows.set('piste/shop/00000000/1', 'row');
    await database.put('piste/shop/00000000/2', 'row');
    locks.refusal = new DOMException('refused', 'SecurityError');
    const { put, erase, adopt, leave, seen } = await page();
    put(1, 'row', false);
    put(2, 'row', true);
    await settled();
    assert.deepEqual([await adopt(), seen.stored, rows.size], [[], [], 1]);
    erase(1);
    await leave();
    assert.equal(Object.keys(await database.rows()).length, 1);
  });

  test('where everything is missing nothing is thrown', async (t) => {
    const { origin, database, page } = openOrigin(t);
    origin.localStorage = deniedStorage();
    origin.navigator.locks = undefined;
    database.fault = 'denied';
    const { put, erase, resume, adopt, leave, comeBack, seen } = await page();
    put(1, 'row', false);
    put(2, 'row', true);
    erase(1);
    resume();
    await leave();
    await comeBack();
    assert.deepEqual([await adopt(), seen.stored], [[], []]);
  });
});

describe('without Web Locks (plain http)', () => {
  const MINUTE = 60_000;

  function open(t: TestContext) {
    const time = stopTime(t);
    const opened = openOrigin(t);
    opened.origin.navigator.locks = undefined;
    const wait = async (ms: number): Promise<void> => (time.tick(ms), await settled());
    return { ...opened, wait };
  }

  test('rows of a page that was put away are taken at once, of a dead one after its lease', async (t) => {
    const { page, rows, wait } = open(t);
    const [gone, dying] = [await page(), await page()];
    gone.put(1, 'gone', false);
    dying.put(1, 'dead', false);
    const leases = [...rows].filter(([key]) => key.endsWith('/'));
    assert.equal(leases.length, 2);
    await gone.leave();
    dying.release();
    for (const [key, lease] of leases.slice(1)) rows.set(key, lease); // it could not do even that
    const next = await page();
    await next.adopt();
    await wait(1000);
    assert.deepEqual(next.seen.taken, ['gone']);
    await wait(3 * MINUTE);
    await next.adopt();
    await wait(1000);
    assert.deepEqual(next.seen.taken, ['gone', 'dead']);
  });

  test('the rows of a page that lives are left alone, however long it does', async (t) => {
    const { page, wait } = open(t);
    const living = await page();
    living.put(1, 'row', false);
    await wait(60 * MINUTE);
    const next = await page();
    await next.adopt();
    await wait(1000);
    assert.deepEqual(next.seen.taken, []);
  });

  test('a page that slept too long is told that it has lost its rows', async (t) => {
    const { page, rows, wait } = open(t);
    const sleeper = await page();
    const [name = ''] = [...rows.keys()];
    rows.set(name, `${Date.now() + 3 * MINUTE} 01234567`);
    await wait(MINUTE);
    assert.equal(sleeper.seen.lost, 1);
  });

  test('a full localStorage of which another page’s lease finds no room leaves this page what it has', async (t) => {
    const { origin, page, places, wait } = open(t);
    const own = await page();
    origin.localStorage.setItem('piste/shop/00000000/1', 'of the dead');
    origin.localStorage.room = 2;
    await own.adopt();
    await wait(1000);
    own.put(2, 'row', true);
    await settled();
    assert.deepEqual((await places())[1], ['piste/shop/…/2']);
  });
});

describe('while what others have left may not be read', () => {
  test('no name is taken, and nothing is looked at, until there is a row to keep', async (t) => {
    const { page, rows, locks } = openOrigin(t);
    rows.set('piste/shop/gone/1', 'old');
    const asking = await page('shop', false);
    assert.deepEqual([await asking.adopt(), [...locks.held.keys()]], [[], []]);
    asking.resume();
    asking.hurry(true);
    asking.hurry(false);
    await settled();
    assert.deepEqual([[...locks.held.keys()], rows.size], [[], 1]);
    asking.put(1, 'row', false);
    await settled();
    assert.deepEqual([[...locks.held.keys()].length, rows.size, await asking.adopt()], [1, 2, []]);
    asking.seen.mayRead = true;
    assert.deepEqual(await asking.adopt(), ['old']);
  });

  test('who has ended before waits for no other', async (t) => {
    const { page } = openOrigin(t);
    const other = await page();
    other.put(1, 'row', false);
    const asking = await page('shop', false);
    asking.stop();
    asking.seen.mayRead = true;
    await asking.adopt();
    await other.leave();
    assert.deepEqual(asking.seen.taken, []);
  });
});
