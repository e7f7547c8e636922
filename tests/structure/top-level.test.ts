// The top level of this checkout, and that a stray or a missing name is found.
import test from 'node:test';
import { checkout, expectFindings, expectNone } from './findings.ts';
import { checkTopLevel, topLevel } from './top-level.ts';

test('the top level is exactly the list', () => {
  expectNone(checkTopLevel(checkout));
});

test('a stray file and a missing one are found, what tools make is not', () => {
  const all = Object.fromEntries(topLevel.map((name) => [name, '']));
  delete all['LICENSE'];
  expectFindings(checkTopLevel, { ...all, 'notes.txt': '', 'node_modules/a': '', 'build/b': '' }, [
    'notes.txt: is not on the list',
    'LICENSE: is missing',
  ]);
});
