// Neither the core nor the native library has a mutable global: two trackers share nothing.
import { outline, type Block, type Outline } from './cpp-text.ts';
import type { Finding } from './findings.ts';
import { cppEnds, files, lineAt } from './tree.ts';

/** Beginnings of what declares no variable. */
const noVariable =
  /^(?:using|typedef|template|friend|static_assert|namespace|enum|class|struct|union|extern\s+"\s*"|return)\b/;

/** `const char*` can be pointed elsewhere; `const char* const` and anything constexpr cannot. */
function isConstant(text: string): boolean {
  const declaration = text.split('=')[0] ?? '';
  if (/\bconstexpr\b/.test(declaration)) return true;
  if (!/\bconst\b/.test(declaration)) return false;
  const star = declaration.lastIndexOf('*');
  return star < 0 || /\bconst\b/.test(declaration.slice(star));
}

/** Whether a statement outside of functions declares a variable that lives as long as the program. */
function isVariable(text: string, scope: 'namespace' | 'type'): boolean {
  if (text === '' || noVariable.test(text) || !/^[\w:<>,*&[\]\s]+/.test(text)) return false;
  if (scope === 'type' && !/\b(?:static|thread_local)\b/.test(text)) return false;
  const brackets = text.indexOf('(');
  const equals = text.search(/[={]/);
  return brackets < 0 || (equals >= 0 && equals < brackets);
}

/** Variables inside a function that outlive it. */
function statics({ code }: Outline, block: Block): { text: string; start: number }[] {
  const body = code.slice(block.open, block.end);
  return [...body.matchAll(/\b(?:static|thread_local)\s[^;{}()]*/g)].map((match) => ({
    text: match[0],
    start: block.open + match.index,
  }));
}

export function checkGlobals(root: string): Finding[] {
  return files(root, ['core/src', 'core/include', 'native/src', 'native/include'], cppEnds).flatMap((file) => {
    const parts = outline(file.text);
    const outside = parts.statements.filter(({ text, scope }) => isVariable(text, scope));
    const inside = parts.blocks.filter(({ kind }) => kind === 'function').flatMap((block) => statics(parts, block));
    return [...outside, ...inside]
      .filter(({ text }) => !isConstant(text))
      .map(({ text, start }) => ({
        file: file.path,
        line: lineAt(file.text, start),
        message: `"${text.replace(/\s+/g, ' ').slice(0, 60)}" is a mutable global`,
      }));
  });
}
