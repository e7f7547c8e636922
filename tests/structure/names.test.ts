// The names of this checkout, and that vague or misspelt ones are found.
import test from 'node:test';
import { checkNames } from './names.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

test('names say what is inside, in the form of their language', () => {
  expectNone(checkNames(checkout));
});

test('vague names and wrong forms are found', () => {
  expectFindings(
    checkNames,
    {
      'core/src/base/JsonWriter.h': '',
      'core/src/base/json_writer.h': '',
      'core/src/base/url_util.h': '',
      'js/src/engineWasm.ts': '',
      'js/src/engine-wasm.ts': '',
      'js/src/data-url.ts': '',
      'js/src/data.ts': '',
      'tests/js/helpers/engine-wasm.test.ts': '',
      'tests/browser/playwright.config.ts': '',
    },
    [
      'JsonWriter.h: is not named in snake_case',
      'url_util.h',
      'data.ts',
      'engineWasm.ts: is not named in kebab',
      'helpers',
    ],
  );
});
