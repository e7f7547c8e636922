// The names of members that only the package's own modules use: they may be shortened. Not those of public types, of
// the wasm's exports, nor any that the platform knows, since a name is shortened wherever it stands.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';

const PUBLIC = /(?:^|\/)types\.ts$/;
const LIBRARIES = [
  'dom',
  'dom.iterable',
  'es5',
  'es2015.core',
  'es2015.collection',
  'es2015.iterable',
  'es2015.promise',
  'es2016.array.include',
  'es2017.object',
  'es2017.string',
  'es2018.promise',
  'es2019.array',
  'es2019.object',
  'es2019.string',
  'es2021.string',
  'es2022.array',
  'es2022.object',
  'es2022.string',
];

/** The member names of the interfaces and classes in a source file whose names pass. @param {string} path */
const members = (path, passes = /** @param {string} _name */ (_name) => true) =>
  membersOf(
    path,
    (node) => (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && passes(node.name?.text ?? ''),
  );

/** The member names of the nodes in a source file that `wanted` picks. @param {string} path @param {(node: ts.Node) => boolean} wanted */
function membersOf(path, wanted) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  /** @type {string[]} */
  const names = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (wanted(node)) {
      const { members: own } = /** @type {ts.InterfaceDeclaration} */ (node);
      for (const { name } of own) if (name && ts.isIdentifier(name)) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** @param {string} source the folder js/src */
export function ownNames(source) {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const libraries = dirname(createRequire(import.meta.url).resolve('typescript'));
  const foreign = new Set([
    ...LIBRARIES.flatMap((name) => members(join(libraries, `lib.${name}.d.ts`))),
    ...files.filter((path) => PUBLIC.test(path)).flatMap((path) => members(join(source, path))),
    // Outside of these files, what sites see is written as `type`.
    ...files.flatMap((path) => membersOf(join(source, path), ts.isTypeLiteralNode)),
  ]);
  const inner = files.filter((path) => !PUBLIC.test(path));
  /** @param {RegExp} of @param {boolean} wanted */
  const ofInterfaces = (of, wanted) =>
    inner.flatMap((path) => members(join(source, path), (name) => of.test(name) === wanted));
  // The wasm's exports are not ours to rename, whoever else uses a name of theirs.
  for (const name of ofInterfaces(/Exports$/, true)) foreign.add(name);
  return [...new Set(ofInterfaces(/Exports$|Options$|Document$/, false))].filter((name) => !foreign.has(name)).sort();
}
