// What piste.h declares, read from its text and that of the values that it includes: its enumerations and its other
// constants.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const headerPath = fileURLToPath(new URL('../../core/include/piste/piste.h', import.meta.url));

/** The text of a header with what it includes from beside itself. @param {string} path */
const textOf = (path) =>
  readFileSync(path, 'utf8').replace(/^#include "piste\/(\w+\.h)"$/gm, (_, name) =>
    readFileSync(join(dirname(path), String(name)), 'utf8'),
  );

/**
 * The enumerations of the header by the name of their type: full name of each value, and the value.
 * @param {string} [path]
 * @returns {Record<string, Record<string, number>>}
 */
export function readEnums(path = headerPath) {
  const header = textOf(path).replace(/\/\*[^]*?\*\//g, '');
  const enums = [...header.matchAll(/typedef enum (\w+) \{([^}]*)\}/g)];
  return Object.fromEntries(enums.map(([, type = '', body = '']) => [type, readValues(body)]));
}

/**
 * The entries of a list as `NAME = number`; fails on an entry without a number, which no other language could mirror.
 * @param {string} body
 */
function readValues(body) {
  const entries = body.split(',').filter((entry) => entry.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [, name = '', value] = /^\s*(\w+) = (-?\d+)\s*$/.exec(entry) ?? [];
      if (value === undefined) throw new Error(`piste.h: "${entry.trim()}" has no number`);
      return [name, Number(value)];
    }),
  );
}

/**
 * The constants of the header that are numbers.
 * @param {string} [path]
 * @returns {Record<string, number>}
 */
export function readConstants(path = headerPath) {
  const matches = [...textOf(path).matchAll(/^#define (PISTE_\w+) (\d+)$/gm)];
  return Object.fromEntries(matches.map(([, name = '', value]) => [name, Number(value)]));
}
