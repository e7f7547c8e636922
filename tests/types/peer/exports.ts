// What a module's declarations export, and the names of the members in a file of types.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  // Names alone are asked for, and those do not need it.
  noLib: true,
  types: [],
};

/** A name that a module exports. */
export interface Exported {
  isType: boolean;
  isValue: boolean;
  /** How many type arguments it takes, and how many it needs. */
  takes: number;
  needs: number;
}

/** Where the declarations of a package are. */
export function declarationsOf(name: string): string {
  const { resolvedModule } = ts.resolveModuleName(name, import.meta.filename, options, ts.sys);
  if (!resolvedModule) throw new Error(`${name} is not installed`);
  return resolvedModule.resolvedFileName;
}

function describe(symbol: ts.Symbol): Exported {
  const parameters = (symbol.declarations ?? []).flatMap((node) =>
    ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) ? [...(node.typeParameters ?? [])] : [],
  );
  return {
    isType: (symbol.flags & ts.SymbolFlags.Type) !== 0,
    isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    takes: parameters.length,
    needs: parameters.filter((one) => !one.default).length,
  };
}

/** The exports of files, by name. */
export function exportsOf(files: readonly string[]): Map<string, Exported>[] {
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  return files.map((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module ? checker.getExportsOfModule(module) : [];
    const resolve = (one: ts.Symbol): ts.Symbol =>
      one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
    return new Map(symbols.map((one) => [one.name, describe(resolve(one))]));
  });
}

/** The names of all members in the types of a file; only of the types that pass. */
export function membersIn(path: string, passes: (name: string) => boolean = () => true): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) && !passes(node.name.text)) return;
    if ((ts.isPropertySignature(node) || ts.isMethodSignature(node)) && ts.isIdentifier(node.name)) {
      names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return names;
}
