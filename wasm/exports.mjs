// The names that piste.wasm exports: those of piste.h outside its native-only section, and memory with its two functions.
import { readFileSync } from 'node:fs';

/** Reads the function names of piste.h. `nativeOnly` are those under `#ifndef __EMSCRIPTEN__`. */
export function readHeader(path) {
  const header = readFileSync(path, 'utf8');
  const start = header.indexOf('#ifndef __EMSCRIPTEN__');
  const end = header.indexOf('#endif', start);
  const names = (text) => [...text.matchAll(/PISTE_API[^;(]*?\b(piste_\w+)\(/g)].map((match) => match[1]);
  return { shared: [...names(header.slice(0, start)), ...names(header.slice(end))], nativeOnly: names(header.slice(start, end)) };
}

/** Every export of piste.wasm, for a header at `path`. */
export const wasmExports = (path) => ['memory', 'malloc', 'free', ...readHeader(path).shared];
