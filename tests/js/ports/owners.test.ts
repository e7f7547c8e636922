// Whose end a page waits for, how often it asks, and what it gives back.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createOwners, ownerOf } from '../../../js/src/ports/owners.ts';
import type { Decided } from '../../../js/src/ports/ownership.ts';
import { makeWindow, settled, shareGlobals } from '../fake-globals.ts';

const PREFIX = 'piste/shop/';
const OWN = `${PREFIX}00000000/`;
const [A, B] = [`${PREFIX}aaaaaaaa/`, `${PREFIX}bbbbbbbb/`];

/** A page. `rows`: how many each gone page has left. */
function open(t: TestContext, rows = 1) {
  const { addEventListener, happens } = makeWindow();
  shareGlobals(t, { addEventListener });
  const life = new AbortController();
  const log: [what: string, owner: string][] = [];
  const claims = new Map<string, Decided>();
  const owners = createOwners(
    PREFIX,
    OWN,
    life.signal,
    (owner, decided) => {
      log.push(['claim', owner]);
      claims.set(owner, decided);
    },
    (owner) => {
      log.push(['inherit', owner]);
      return Promise.resolve(rows);
    },
  );
  const told = (what: string): string[] => log.flatMap(([name, owner]) => (name === what ? [owner] : []));
  /** Another page writes. */
  const hear = (key: string | null): void => happens('storage', { key });
  /** The lock of `owner` is given, or its lease if there is no giving it back. */
  const give = async (owner: string, isLock = true): Promise<void> => {
    claims.get(owner)?.(true, isLock ? () => void log.push(['release', owner]) : undefined);
    await settled();
  };
  const refuse = (owner: string): void => claims.get(owner)?.(false);
  return { owners, told, hear, give, refuse, end: () => life.abort() };
}

test('the owner is a key without its last part', () => {
  assert.deepEqual([`${A}12`, A, PREFIX, 'shop', ''].map(ownerOf), [A, A, PREFIX, '', '']);
});

test('each owner is asked for once, whatever is seen and heard of it', (t) => {
  const { owners, told, hear } = open(t);
  owners.watch([`${A}1`, `${B}1`, `${A}2`]);
  hear(`${A}3`);
  owners.watch([`${B}2`]);
  assert.deepEqual(told('claim'), [A, B]);
});

test('a page that writes is known at once', (t) => {
  const { told, hear } = open(t);
  hear(`${A}1`);
  assert.deepEqual(told('claim'), [A]);
});

test('nobody else’s keys are heeded, nor the page’s own', (t) => {
  const { owners, told, hear } = open(t);
  const keys = [PREFIX, OWN, `${OWN}1`];
  for (const key of [...keys, null, 'shop', 'piste/shopping/aaaaaaaa/1']) hear(key);
  owners.watch(keys);
  assert.deepEqual(told('claim'), []);
});

test('when its page is gone this one stands for it, and inherits', async (t) => {
  const { owners, told, hear, give } = open(t);
  hear(`${A}1`);
  hear(`${B}1`);
  assert.deepEqual([owners.has(A), told('inherit')], [false, []]);
  await give(A);
  assert.deepEqual([owners.has(A), owners.has(B), told('inherit'), told('release')], [true, false, [A], []]);
});

test('the name of a page that has left nothing is given back, and asked for when it is heard of again', async (t) => {
  const { owners, told, hear, give } = open(t, 0);
  hear(`${A}1`);
  await give(A);
  assert.deepEqual([owners.has(A), told('release')], [false, [A]]);
  hear(`${A}1`);
  assert.deepEqual(told('claim'), [A, A]);
});

test('a lease is kept, whatever is left', async (t) => {
  const { owners, told, hear, give } = open(t, 0);
  hear(`${A}1`);
  await give(A, false);
  hear(`${A}1`);
  assert.deepEqual([owners.has(A), told('claim')], [true, [A]]);
});

test('who is refused asks again', (t) => {
  const { owners, told, refuse } = open(t);
  owners.watch([`${A}1`]);
  refuse(A);
  owners.watch([`${A}1`]);
  assert.deepEqual(told('claim'), [A, A]);
});

test('after the end nobody is asked for', (t) => {
  const { owners, told, hear, end } = open(t);
  end();
  hear(`${A}1`);
  owners.watch([`${A}1`]);
  assert.deepEqual(told('claim'), []);
});
