// The names that piste.wasm exports: those of piste.h outside its native-only section, and memory with its functions.
import { readFileSync } from 'node:fs';

/** Reads the function names of piste.h; `nativeOnly` are those under `#ifndef __EMSCRIPTEN__`, `rare` are those of the
 * others under `#ifndef PISTE_LEAN`. @param {string} path */
export function readHeader(path) {
  const header = readFileSync(path, 'utf8');
  const nativeOnly = functionNames(section(header, '__EMSCRIPTEN__'));
  const rare = functionNames(section(header, 'PISTE_LEAN'));
  return { shared: functionNames(header).filter((name) => !nativeOnly.includes(name)), nativeOnly, rare };
}

/** What stands in a header where `macro` is not defined. @param {string} header @param {string} macro */
function section(header, macro) {
  const start = header.indexOf(`#ifndef ${macro}`);
  return header.slice(start, header.indexOf('#endif', start));
}

/** @param {string} text */
const functionNames = (text) => [...text.matchAll(/PISTE_API[^;(]*?\b(piste_\w+)\(/g)].map((match) => match[1] ?? '');

/** Every export of piste.wasm or, if `lean`, of piste-lean.wasm, for a header at `path`. */
/** @param {string} path @param {boolean} lean */
export function wasmExports(path, lean = false) {
  const { shared, rare } = readHeader(path);
  return ['memory', 'malloc', 'free', ...shared.filter((name) => !(lean && rare.includes(name)))];
}
