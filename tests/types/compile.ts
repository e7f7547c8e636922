// Compiles files as a site would that uses the built package: by its `exports`, with the strictest settings there are.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** How a site's compiler finds the package. */
export const resolutions: Record<string, ts.CompilerOptions> = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
};

const strictest: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: false,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
};

/** A mistake that the compiler sees. */
export interface Mistake {
  file: string;
  /** From 1. */
  line: number;
  message: string;
}

function mistakeOf({ file, start, messageText }: ts.Diagnostic): Mistake {
  const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
  return { file: file?.fileName ?? '', line, message: ts.flattenDiagnosticMessageText(messageText, '\n') };
}

// The types of the DOM are read once, not for each program.
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Compiles files. `instead` says what stands in some of them, for this time. */
export function compile(
  files: readonly string[],
  options: ts.CompilerOptions,
  instead: ReadonlyMap<string, string> = new Map(),
): Mistake[] {
  const all = { ...strictest, ...options };
  const host = ts.createCompilerHost(all);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version, ...rest) => {
    const text = instead.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    const isLibrary = name.includes('/node_modules/typescript/lib/');
    if (!isLibrary) return read(name, version, ...rest);
    if (!parsed.has(name)) parsed.set(name, read(name, version, ...rest));
    return parsed.get(name);
  };
  const program = ts.createProgram([...files], all, host);
  // The declarations of the package are checked too; those of TypeScript are its own business, and take seconds.
  const checked = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ].map(mistakeOf);
}

/** What a line that must not compile is marked with, before a part of the message. */
const mark = /\s*\/\/ ERROR (.+)$/;

/** The lines of a file that must not compile. */
export function marked(file: string): Mistake[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    const message = mark.exec(text)?.[1];
    return message === undefined ? [] : [{ file, line: i + 1, message }];
  });
}

/** The text of a file without the lines that must not compile. */
export function withoutMarked(file: string): string {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => !mark.test(text))
    .join('\n');
}
