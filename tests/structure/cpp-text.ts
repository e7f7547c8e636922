// Reads C++ just enough: takes comments, literals and preprocessor lines out, and finds the blocks between braces.

/** What a pair of braces holds. `list`: an initialiser. */
export type BlockKind = 'namespace' | 'type' | 'enum' | 'function' | 'inner' | 'list';

/** A pair of braces: what stands before the open one, where that begins, and where the closing one is. */
export interface Block {
  kind: BlockKind;
  header: string;
  start: number;
  open: number;
  end: number;
}

/** A piece that ends in `;` outside of any function. */
export interface Statement {
  scope: 'namespace' | 'type';
  text: string;
  start: number;
}

export interface Outline {
  /** The source with comments, texts and preprocessor lines blanked; every other character stays at its place. */
  code: string;
  blocks: Block[];
  statements: Statement[];
}

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//;
const rawString = /R"([^()\\\s]{0,16})\([\s\S]*?\)\1"/;
// A quote between digits, as in 1'000, begins no character.
const literal = /"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'/;
const directive = /^[ \t]*#(?:\\\n|[^\n])*/;
const skipped = new RegExp([comment, rawString, literal, directive].map(({ source }) => source).join('|'), 'gm');

/** Blanks what is no code, so that the rest stays at its place. A text keeps its quotes. */
export function blank(source: string): string {
  return source.replace(skipped, (match) => {
    const spaces = match.replace(/[^\n]/g, ' ');
    return /^R?["']/.test(match) ? `"${spaces.slice(2)}"` : spaces;
  });
}

/** Takes the argument lists of templates out of a header, so that `<`, `=` and `class` in them do not mislead. */
function withoutTemplates(header: string): string {
  let text = header.replace(/operator\s*(?:\(\)|[^\s\w(]+)/g, 'operator_');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/<[^<>;{}]*>/g, ' ');
  }
  return text.replace(/\[\[[^\]]*\]\]/g, ' ').trim();
}

/** What a `{` begins, judged by what stands before it and around it. */
function kindOf(header: string, around: BlockKind | undefined): BlockKind {
  if (around === 'function' || around === 'inner') return 'inner';
  if (around === 'list' || around === 'enum') return 'list';
  const text = withoutTemplates(header);
  if (/^(?:inline\s+)?namespace\b/.test(text) || /^extern\s*"\s*"$/.test(text)) return 'namespace';
  const brackets = text.indexOf('(');
  const equals = text.indexOf('=');
  if (brackets < 0 || (equals >= 0 && equals < brackets)) {
    if (/\benum\b/.test(text)) return 'enum';
    return equals < 0 && /\b(?:class|struct|union)\b/.test(text) ? 'type' : 'list';
  }
  // A member's initialiser, `: size_{0}`, comes before the body, which follows `)` or `}`.
  if (/\)\s*(?:noexcept\s*)?:[^:]/.test(text) && /[\w>]\s*$/.test(text)) return 'list';
  return 'function';
}

/** The text between two places, without blanks and the label of an access section before it, and where it begins. */
function piece(code: string, start: number, end: number): { text: string; start: number } {
  const raw = code.slice(start, end);
  const before = /^\s*(?:(?:public|private|protected)\s*:\s*)*/.exec(raw)?.[0].length ?? 0;
  return { text: raw.slice(before).trim(), start: start + before };
}

/** Finds the blocks and the statements of a C++ source. */
export function outline(source: string): Outline {
  const code = blank(source);
  const result: Outline = { code, blocks: [], statements: [] };
  const open: Block[] = [];
  // Where the piece began that the next brace or semicolon ends.
  let start = 0;
  for (let i = 0; i < code.length; ++i) {
    const around = open.at(-1)?.kind;
    if (code[i] === '{') {
      const header = piece(code, start, i);
      const kind = kindOf(header.text, around);
      open.push({ kind, header: header.text, start: header.start, open: i, end: i });
      if (kind !== 'list') start = i + 1;
    } else if (code[i] === '}') {
      const block = open.pop();
      if (!block) continue;
      result.blocks.push({ ...block, end: i });
      // What follows a list still belongs to the statement that the list is in; so does the name of a typedef.
      if (block.kind !== 'list') start = /^typedef\b/.test(block.header) ? block.start : i + 1;
    } else if (code[i] === ';' && around !== 'list') {
      const scope = around ?? 'namespace';
      if (scope === 'namespace' || scope === 'type') result.statements.push({ scope, ...piece(code, start, i) });
      start = i + 1;
    }
  }
  return result;
}
