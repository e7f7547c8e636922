// What piste.h declares, read from its text: the values of its enumerations and its other constants.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const headerPath = fileURLToPath(new URL('../../core/include/piste/piste.h', import.meta.url));

/**
 * The enumerations of the header by the name of their type: full name of each value, and the value.
 * @param {string} [path]
 * @returns {Record<string, Record<string, number>>}
 */
export function readEnums(path = headerPath) {
  const header = readFileSync(path, 'utf8').replace(/\/\*[^]*?\*\//g, '');
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
  const matches = [...readFileSync(path, 'utf8').matchAll(/^#define (PISTE_\w+) (\d+)$/gm)];
  return Object.fromEntries(matches.map(([, name = '', value]) => [name, Number(value)]));
}
