// The comparison notices what differs, and only what is listed is let through.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowance, compare } from './compare.mjs';

test('equal trees have no differences, whatever the order of their keys', () => {
  assert.deepEqual(compare([{ a: 1, b: [null, 'x'] }], [{ b: [null, 'x'], a: 1 }]), []);
});

test('a difference is told by its path', () => {
  const differences = compare([{ a: { b: 1 }, c: ['x', 'y'] }], [{ a: { b: '1' }, c: ['y', 'x', 'z'], d: null }]);
  assert.deepEqual(differences, [
    { path: '0/a/b', peer: 1, other: '1' },
    { path: '0/c/0', peer: 'x', other: 'y' },
    { path: '0/c/1', peer: 'y', other: 'x' },
    { path: '0/c/2', peer: undefined, other: 'z' },
    { path: '0/d', peer: undefined, other: null },
  ]);
});

test('a list is no object, and an empty list is not nothing', () => {
  assert.equal(compare([], {}).length, 1);
  assert.equal(compare({ a: [] }, {}).length, 1);
});

const found = [
  { path: '0/events/sp/0/tv', peer: 'a', other: 'b' },
  { path: '0/events/sp/0/co/data/2/schema', peer: 'a', other: 'b' },
];

test('a listed difference is let through in its scenario only, and is needed', () => {
  const allowed = allowance([{ scenario: 'titles: *', path: '*/events/*/*/tv', reason: 'of the test' }]);
  assert.deepEqual(allowed.unexplained('urls: one', found), found);
  assert.equal(allowed.needless().length, 1);
  assert.deepEqual(allowed.unexplained('titles: one', found), [found[1]]);
  assert.deepEqual(allowed.needless(), []);
});

test('two stars are any number of parts, also none', () => {
  for (const path of ['**', '**/schema', '0/events/**/schema', '0/events/sp/0/co/data/2/**/schema', '0/**']) {
    const left = allowance([{ scenario: '*', path, reason: 'of the test' }]).unexplained('x', found.slice(1));
    assert.deepEqual(left, [], path);
  }
  for (const path of ['schema', '*', '**/data', '0/*/schema', '0/events/sp/0/tv']) {
    const left = allowance([{ scenario: '*', path, reason: 'of the test' }]).unexplained('x', found.slice(1));
    assert.equal(left.length, 1, path);
  }
});
