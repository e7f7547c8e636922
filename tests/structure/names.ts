// What files and folders are called: words that say what is inside, in the form of their language.
import { posix } from 'node:path';
import type { Finding } from './findings.ts';
import { paths } from './tree.ts';

/** Says nothing about what is inside. `data` and `common` may qualify another word (`data-url`). */
const empty = /(?:^|[-_.])(?:utils?|utilities|helpers?|manager|misc)(?:[-_.]|$)|^(?:common|data)(?:\.|$)/i;

const forms: readonly [RegExp, RegExp, string][] = [
  [/\.(?:h|hpp|c|cpp)$/, /^[a-z0-9]+(?:_[a-z0-9]+)*\.\w+$/, 'snake_case'],
  [/\.(?:ts|mts|mjs|js|tsx)$/, /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|spec|config|d))?\.\w+$/, 'kebab-case'],
];

function judge(path: string): Finding[] {
  const name = posix.basename(path);
  const found: Finding[] = [];
  const vague = path.split('/').find((part) => empty.test(part));
  if (vague !== undefined) found.push({ file: path, message: `"${vague}" says nothing about what is inside` });
  for (const [which, form, what] of forms) {
    if (which.test(name) && !form.test(name)) found.push({ file: path, message: `is not named in ${what}` });
  }
  return found;
}

export function checkNames(root: string): Finding[] {
  return ['core', 'wasm', 'js', 'native', 'examples', 'tests', 'docs']
    .flatMap((folder) => paths(root, folder))
    .flatMap(judge);
}
