// Every source has a test of its own name at the mirrored place; what has none is listed here with the reason.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { outline } from './cpp-text.ts';
import type { Finding } from './findings.ts';
import { files } from './tree.ts';

/** Sources that are tested otherwise: path, and where instead. */
export const withoutTwin: Readonly<Record<string, string>> = {};

/** The twin of a source of the core or of the native library: a header and its .cpp share one. */
function cppTwin(path: string): string {
  return path.replace(/^(core|native)\/src\//, 'tests/$1/').replace(/\.(?:h|cpp)$/, '_test.cpp');
}

function hasFunction(text: string): boolean {
  return outline(text).blocks.some(({ kind }) => kind === 'function');
}

/** Constants whose values stand there as they are, nothing computed. */
function isPlainConstant(node: ts.Node): boolean {
  const computes = (part: ts.Node): boolean =>
    ts.isCallExpression(part) ||
    ts.isNewExpression(part) ||
    ts.isFunctionLike(part) ||
    !!ts.forEachChild(part, computes);
  return ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.Const) !== 0 && !computes(node);
}

/** Only types, plain constants, imports and exports of others' names: nothing that a test could run. */
export function isDeclarative(text: string): boolean {
  const file = ts.createSourceFile('one.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements.every(
    (statement) =>
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      isPlainConstant(statement),
  );
}

function expected(root: string): Map<string, string> {
  // A header without a function holds names and numbers only.
  const cpp = files(root, ['core/src', 'native/src'], ['.h', '.cpp']).filter(({ text }) => hasFunction(text));
  const scripts = files(root, ['js/src'], ['.ts']).filter(({ text }) => !isDeclarative(text));
  return new Map([
    ...cpp.map(({ path }): [string, string] => [path, cppTwin(path)]),
    ...scripts.map(({ path }): [string, string] => [path, path.replace(/^js\/src\/(.*)\.ts$/, 'tests/js/$1.test.ts')]),
  ]);
}

export function checkTwins(root: string, exempt: Readonly<Record<string, string>> = withoutTwin): Finding[] {
  const twins = expected(root);
  const alone = [...twins].filter(([path, twin]) => exempt[path] === undefined && !existsSync(join(root, twin)));
  // By the twin, so that a header and its .cpp are one finding.
  const missing = [...new Map(alone.map(([path, twin]) => [twin, path]))].map(([twin, path]) => ({
    file: path,
    message: `has no twin ${twin}`,
  }));
  const needless = Object.keys(exempt)
    .filter((path) => !twins.has(path) || existsSync(join(root, twins.get(path) ?? '')))
    .map((path) => ({ file: path, message: 'is excused from having a twin, but is gone or has one' }));
  return [...missing, ...needless];
}
