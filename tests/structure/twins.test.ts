// Every source of this checkout has its test, and a source without one is found.
import test from 'node:test';
import { checkTwins } from './twins.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

test('every source has a twin', () => {
  expectNone(checkTwins(checkout));
});

test('a source without a twin and a needless excuse are found', () => {
  const excuses = { 'js/src/index.ts': 'by the browser tests', 'js/src/gone.ts': 'it is gone' };
  expectFindings(
    (root) => checkTwins(root, excuses),
    {
      'core/src/base/utf8.h': 'int f();\n',
      'core/src/base/utf8.cpp': 'int f() { return 1; }\n',
      'core/src/base/moment.h': 'struct Moment { double wall_ms = 0; };\n',
      'core/src/model/event.cpp': 'int f() { return 1; }\n',
      'tests/core/model/event_test.cpp': '',
      'native/src/journal/disk.h': 'struct Disk { int open() { return 1; } };\n',
      'native/src/journal/marks.cpp': 'int f() { return 1; }\n',
      'tests/native/journal/marks_test.cpp': '',
      'js/src/index.ts': 'export const one = () => 1;\n',
      'js/src/types.ts': 'export interface One { a: 1 }\nexport type { Two } from "./two.js";\n',
      'js/src/names.ts': 'export const names = { one: 1, list: [2, 3] } as const;\n',
      'js/src/ports/clock.ts': 'export const clock = Date();\n',
      'js/src/ports/random.ts': 'export const random = Math.random();\n',
      'tests/js/ports/random.test.ts': '',
    },
    [
      'core/src/base/utf8.cpp: has no twin tests/core/base/utf8_test.cpp',
      'native/src/journal/disk.h: has no twin tests/native/journal/disk_test.cpp',
      'js/src/ports/clock.ts',
      'js/src/gone.ts',
    ],
  );
});
