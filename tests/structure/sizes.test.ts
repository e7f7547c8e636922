// The sizes of this checkout, and that too much of each kind is found.
import assert from 'node:assert/strict';
import test from 'node:test';
import { cppFunctions, scriptFunctions } from './functions.ts';
import { checkSizes, quantile } from './sizes.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

const repeated = (line: string, count: number): string => `${line}\n`.repeat(count);

test('files and functions are as short as the style asks for', () => {
  expectNone(checkSizes(checkout));
});

test('a quantile is a value that is there', () => {
  assert.equal(quantile([3, 1, 2, 10], 0.5), 2);
  assert.equal(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9), 9);
  assert.equal(quantile([], 0.5), 0);
});

test('a long file, a long line and a long function are found, in sources and in tests', () => {
  expectFindings(
    checkSizes,
    {
      'core/src/base/a.cpp': `${repeated('//', 395)}int f() {\n}\n\n\n\n`,
      'core/src/base/b.cpp': repeated('//', 401),
      'core/src/base/c.cpp': `int f(int a) {\n${repeated('  ++a;', 59)}}\n`,
      'js/src/d.ts': `export const long = () => {\n${repeated('  go();', 59)}};\n// ${'x'.repeat(118)}\n`,
      'tests/core/base/e_test.cpp': `TEST_CASE("one") {\n${repeated('  go();', 59)}}\n`,
      'tests/js/f.test.ts': repeated('//', 501),
      'tests/js/g.test.ts': `describe('all', () => {\n${repeated("  test('one', () => {});", 80)}});\n`,
    },
    [
      'b.cpp: 401 lines',
      'c.cpp:1: f: 61 lines',
      'd.ts:62: longer',
      'd.ts:1: long: 61',
      'e_test.cpp:1',
      'f.test.ts: 501',
    ],
  );
});

test('a median and a p90 that are too great are found', () => {
  const many = Array.from({ length: 20 }, (_, i) => [`core/src/base/a${i}.cpp`, repeated('//', 121)]);
  const long = `void f() {\n${repeated('  go();', 24)}}\n`;
  const middling = `void f() {\n${repeated('  go();', 7)}}\n`;
  expectFindings(
    checkSizes,
    {
      ...(Object.fromEntries(many) as Record<string, string>),
      'native/src/b.cpp': middling.repeat(30),
      'native/src/c.cpp': long.repeat(10),
    },
    ['median of 22 files', 'median of 40 functions is 9', 'p90 of 40 functions is 26'],
  );
});

test('C++ functions are measured from their first line to their last', () => {
  const text = [
    'namespace piste {',
    'struct Row { int a = 0; };',
    'template <typename T>',
    'class Queue : public Base<T> {',
    ' public:',
    '  Queue(int a)',
    '      : a_{a}, b_(a) {',
    '    run([] { return "}"; });',
    '  }',
    '  [[nodiscard]] int size() const noexcept { return a_; }',
    '  Queue& operator=(const Queue& other) {',
    '    if (a_) { a_ = 1; }',
    "    return '{' ? *this : *this;",
    '  }',
    '};',
    '}',
  ].join('\n');
  assert.deepEqual(
    cppFunctions(text).map(({ name, line, lines }) => [name, line, lines]),
    [
      ['Queue', 6, 4],
      ['size', 10, 1],
      ['operator=', 11, 4],
    ],
  );
});

test('TypeScript functions are measured, short arrows and groups of tests are not', () => {
  const text = [
    'export function one(): void {',
    '  list.map((x) => x + 1);',
    '}',
    'class Two {',
    '  get three() {',
    '    return 3;',
    '  }',
    '}',
    'const four = () =>',
    '  5;',
    "describe('group', () => {",
    '});',
  ].join('\n');
  assert.deepEqual(
    scriptFunctions('a.ts', text).map(({ name, line, lines }) => [name, line, lines]),
    [
      ['one', 1, 3],
      ['three', 5, 3],
      ['four', 9, 2],
    ],
  );
});
