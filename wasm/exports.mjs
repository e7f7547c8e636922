// The names that piste.wasm exports: those of piste.h outside its native-only section, and memory with its functions.
import { readFileSync } from 'node:fs';

/** Reads the function names of piste.h; `nativeOnly` are those under `#ifndef __EMSCRIPTEN__`. @param {string} path */
export function readHeader(path) {
  const header = readFileSync(path, 'utf8');
  const start = header.indexOf('#ifndef __EMSCRIPTEN__');
  const end = header.indexOf('#endif', start);
  return {
    shared: [...functionNames(header.slice(0, start)), ...functionNames(header.slice(end))],
    nativeOnly: functionNames(header.slice(start, end)),
  };
}

/** @param {string} text */
const functionNames = (text) => [...text.matchAll(/PISTE_API[^;(]*?\b(piste_\w+)\(/g)].map((match) => match[1] ?? '');

/** Every export of piste.wasm, for a header at `path`. @param {string} path */
export const wasmExports = (path) => ['memory', 'malloc', 'free', ...readHeader(path).shared];
