// The JS glue stays thin: only ports, plugins and the driver reach the page, the clock or the network.
import ts from 'typescript';
import type { Finding } from './findings.ts';
import { files } from './tree.ts';

const allowed = [/^js\/src\/ports\//, /^js\/src\/plugins\//, /^js\/src\/driver\.ts$/];

/** Global names of the platform that decide nothing by themselves but make a result differ from run to run. */
const names = new Set([
  ...['setTimeout', 'setInterval', 'requestIdleCallback', 'queueMicrotask'],
  ...['fetch', 'XMLHttpRequest', 'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'crypto'],
  ...['document', 'window', 'navigator', 'location', 'screen', 'addEventListener'],
]);

/** Members of globals that are else harmless. */
const members = new Set(['Date.now', 'Math.random', 'performance.now', 'performance.timeOrigin']);

const globals = new Set(['globalThis', 'self', 'window']);

/** Names that the file itself declares: a parameter called `fetch` is what somebody handed in. */
function declared(file: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isBinding = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    const isOther = ts.isFunctionDeclaration(node) || ts.isImportSpecifier(node) || ts.isClassDeclaration(node);
    if ((isBinding || isOther) && node.name && ts.isIdentifier(node.name)) found.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** An identifier that stands for itself: no member, key, or name of a declaration, and not in a type. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isTypeElement(parent)) return false;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !('name' in parent && parent.name === node);
}

function usedName(node: ts.Node, own: ReadonlySet<string>): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression;
    if (own.has(text)) return undefined;
    const member = `${text}.${node.name.text}`;
    if (members.has(member)) return member;
    return globals.has(text) && names.has(node.name.text) ? member : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  return ts.isIdentifier(node) && names.has(node.text) && !own.has(node.text) && isFree(node) ? node.text : undefined;
}

export function checkPlatform(root: string): Finding[] {
  return files(root, ['js/src'], ['.ts'])
    .filter(({ path }) => !allowed.some((place) => place.test(path)))
    .flatMap(({ path, text }) => {
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      const own = declared(file);
      const found: Finding[] = [];
      const visit = (node: ts.Node): void => {
        const name = usedName(node, own);
        if (name !== undefined) {
          const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          found.push({ file: path, line, message: `${name} belongs into ports/, plugins/ or driver.ts` });
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
      return found;
    });
}
