// The first lines of this checkout's sources, and that one that says nothing is found.
import test from 'node:test';
import { checkOpenings } from './openings.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

test('each source begins by saying what it holds', () => {
  expectNone(checkOpenings(checkout));
});

test('a source that begins with code, or with an empty comment, is found', () => {
  expectFindings(
    checkOpenings,
    {
      'core/src/base/a.h': '#ifndef A\n',
      'core/src/base/b.h': '/* What it decides. */\n',
      'js/src/c.ts': '//\nexport {};\n',
      'js/src/d.mjs': '#!/usr/bin/env node\n// What it decides.\n',
      'tests/e.sh': '#!/usr/bin/env bash\nset -e\n',
    },
    ['a.h:1', 'c.ts:1', 'e.sh:1'],
  );
});
