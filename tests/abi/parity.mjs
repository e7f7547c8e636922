// The names of the boundary as each side has them, and where two sides differ.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What every shared library has, whoever wrote it; and what the sanitizers add. */
const toolchainNoise = /^(?:_init|_fini|_edata|_end|__bss_start|__(?:asan|odr_asan|ubsan|tsan|lsan|sanitizer)_\w*)$/;

/** The symbols that a shared library gives to its users. @param {string} path */
export function librarySymbols(path) {
  const lines = execFileSync('nm', ['-D', '--defined-only', path], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.split(/\s+/).at(-1) ?? '').filter((name) => !toolchainNoise.test(name));
}

/**
 * How many parameters each function of the header has.
 * @param {string} header the text of piste.h
 * @returns {Record<string, number>}
 */
export function parameterCounts(header) {
  const declarations = [...header.matchAll(/^PISTE_API[^;(]*?\b(piste_\w+)\(([^)]*)\)/gm)];
  return Object.fromEntries(
    declarations.map(([, name = '', list = '']) => [name, /^\s*(?:void)?\s*$/.test(list) ? 0 : list.split(',').length]),
  );
}

/** @param {string} text */
const parse = (text) => ts.createSourceFile('one.ts', text, ts.ScriptTarget.Latest, true);

/**
 * The functions of the boundary that interface `name` of a source declares, and how many parameters they have.
 * @param {string} text
 * @param {string} name
 * @returns {Record<string, number>}
 */
export function interfaceMethods(text, name) {
  const found = parse(text).statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`there is no interface ${name}`);
  const methods = found.members.filter((member) => ts.isMethodSignature(member));
  return Object.fromEntries(methods.map((method) => [method.name.getText(), method.parameters.length]));
}

/**
 * The members that interface `name` of a source declares with a type that is no function: their types as text.
 * @param {string} text
 * @param {string} name
 * @returns {Record<string, string>}
 */
export function interfaceMembers(text, name) {
  const found = parse(text).statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`there is no interface ${name}`);
  const members = found.members.filter((member) => ts.isPropertySignature(member));
  return Object.fromEntries(members.map((member) => [member.name.getText(), member.type?.getText() ?? '']));
}

/** Every name of the boundary that a TypeScript source mentions. @param {string} text */
export function mentions(text) {
  return [...new Set(text.match(/\bpiste_\w+/g) ?? [])].sort();
}

/**
 * The enumerations of a TypeScript source whose members are numbers.
 * @param {string} text
 * @returns {Record<string, Record<string, number>>}
 */
export function typescriptEnums(text) {
  const found = parse(text).statements.filter((statement) => ts.isEnumDeclaration(statement));
  return Object.fromEntries(
    found.map((one) => [
      one.name.text,
      Object.fromEntries(one.members.map((member) => [member.name.getText(), Number(member.initializer?.getText())])),
    ]),
  );
}

/** The constants of a TypeScript source that are numbers. @param {string} text @returns {Record<string, number>} */
export function typescriptConstants(text) {
  const matches = [...text.matchAll(/^export const (\w+) = ([\d_]+);$/gm)];
  return Object.fromEntries(matches.map(([, name = '', value = '']) => [name, Number(value.replaceAll('_', ''))]));
}

/** Which prefix the values of each enumeration have, and what it is called in TypeScript. */
const enumNames = /** @type {const} */ ({
  piste_key: ['PISTE_KEY_', 'Key'],
  piste_event: ['PISTE_EVENT_', 'EventKind'],
  piste_signal_kind: ['PISTE_SIGNAL_', 'Signal'],
  piste_action: ['PISTE_ACTION_', 'Action'],
  piste_field: ['PISTE_FIELD_', 'Field'],
  piste_outcome: ['PISTE_OUTCOME_', 'Outcome'],
  piste_status: ['PISTE_', 'Status'],
});

/** `PAGE_VIEW` becomes `PageView`. @param {string} name */
const pascal = (name) => name.toLowerCase().replace(/(?:^|_)([a-z0-9])/g, (_, first) => first.toUpperCase());

/**
 * The header's enumerations under the names that TypeScript must give them.
 * @param {Record<string, Record<string, number>>} enums
 */
export function expectedEnums(enums) {
  return Object.fromEntries(
    Object.entries(enums).map(([type, values]) => {
      const [prefix, name] = enumNames[/** @type {keyof typeof enumNames} */ (type)] ?? [];
      if (!prefix) throw new Error(`${type} has no name in TypeScript yet: add it to enumNames`);
      const members = Object.entries(values).map(([value, number]) => [pascal(value.slice(prefix.length)), number]);
      return [name, Object.fromEntries(members)];
    }),
  );
}

/** @param {string} path */
export const textOf = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
