// How long each function is, in lines from its first to its last: C++ by its braces, TypeScript by the compiler's tree.
import ts from 'typescript';
import { outline } from './cpp-text.ts';
import { lineAt } from './tree.ts';

export interface FunctionSize {
  name: string;
  line: number;
  lines: number;
}

export function cppFunctions(source: string): FunctionSize[] {
  return outline(source)
    .blocks.filter(({ kind }) => kind === 'function')
    .map(({ header, start, end }) => ({
      name: /(operator\s*[^\s\w(]+|[\w:~]+)\s*\(/.exec(header)?.[1] ?? header.slice(0, 40),
      line: lineAt(source, start),
      lines: lineAt(source, end) - lineAt(source, start) + 1,
    }));
}

/** `describe('…', () => …)` only groups tests, as a folder does. */
function isGroup(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^(?:test\.)?(?:describe|suite)\b/.test(node.parent.expression.getText());
}

/** A function with a body of statements, or an arrow function that says as much as one. */
function isMeasured(node: ts.Node, size: number): node is ts.FunctionLikeDeclaration {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isGroup(node)) return false;
  return !ts.isArrowFunction(node) || ts.isBlock(node.body) || size > 1;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (node.name) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : '(no name)';
}

export function scriptFunctions(path: string, source: string): FunctionSize[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const sizes: FunctionSize[] = [];
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    const line = lineOf(node.getStart());
    const size = lineOf(node.end) - line + 1;
    if (isMeasured(node, size)) sizes.push({ name: nameOf(node), line, lines: size });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return sizes;
}
