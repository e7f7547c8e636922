// That this checkout names nothing outside of itself, and that a mention is found.
import test from 'node:test';
import { checkMentions } from './mentions.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

const outside = (name: string): string => ['..', name].join('/');

test('nothing outside of the checkout is named', () => {
  expectNone(checkMentions(checkout));
});

test('a folder beside the checkout is found, but for the schemas that tests compare with', () => {
  expectFindings(
    checkMentions,
    {
      'docs/a.md': `See ${outside('shared/DESIGN.md')}.\n`,
      'docs/b.md': 'See `tests/shared/x` and config.library.\n',
      'docs/c.md': `In ${['.', 'library'].join('')}/x and ${['', 'work', 'x'].join('/')}\n`,
      'tests/d.test.ts': `const schemas = '${outside('shared/iglu-central')}';\n`,
      'js/src/e.ts': `const schemas = '${outside('shared/iglu-central')}';\n`,
    },
    ['docs/a.md:1', 'docs/c.md:1', 'js/src/e.ts:1'],
  );
});
