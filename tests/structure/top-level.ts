// The top level of the checkout is a fixed list: whoever looks for something finds it below one of these.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './findings.ts';
import { madeFolders } from './tree.ts';

/** What every checkout has. */
export const topLevel = [
  '.ci',
  '.clang-format',
  '.clang-tidy',
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  '.prettierignore',
  '.prettierrc',
  'CMakeLists.txt',
  'CMakePresets.json',
  'LICENSE',
  'README.md',
  'core',
  'docs',
  'eslint.config.mjs',
  'examples',
  'js',
  'native',
  'package-lock.json',
  'package.json',
  'tests',
  'tsconfig.json',
  'wasm',
];

export function checkTopLevel(root: string): Finding[] {
  const found = readdirSync(root).filter((name) => !madeFolders.includes(name));
  return [
    ...found
      .filter((name) => !topLevel.includes(name))
      .map((name) => ({ file: name, message: 'is not on the list of the top level' })),
    ...topLevel
      .filter((name) => !existsSync(join(root, name)))
      .map((name) => ({ file: name, message: 'is missing from the top level' })),
  ];
}
