// Writes the table of fields of docs/privacy.md, as core/src/model/payload_fields.def has it for the core.
//
//   node tests/docs/privacy-fields.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './blocks.mjs';

/** @typedef {{ key: string, anonymised: 'stays' | 'goes' | 'is_cut', what: string, from: string }} Field */

export const PAGE = join(ROOT, 'docs/privacy.md');
const BEGIN = '<!-- fields: node tests/docs/privacy-fields.mjs -->\n';
const END = '<!-- /fields -->';

const WORDS = { stays: 'as it is', goes: '**not sent**', is_cut: 'without query and fragment, but for `utm_…`' };
const LINE = /^PISTE_(?:SETTING|STRUCTURED|OFFSET|TRANSACTION|ITEM|OTHER)\((.*)\)$/;
const VALUES = /^"(\w+)", (stays|goes|is_cut), "([^"]+)", "([^"]+)"$/;

/** What the core knows of its fields, in order. @param {string} text @returns {Field[]} */
export function fieldsOf(text) {
  return text.split('\n').flatMap((line) => {
    const values = LINE.exec(line)?.[1];
    if (values === undefined) return [];
    const [, key, anonymised, what, from] = VALUES.exec(values) ?? [];
    if (!key || !what || !from) throw new Error(`not a field: ${line}`);
    return [{ key, anonymised: /** @type {Field['anonymised']} */ (anonymised), what, from }];
  });
}

export const readFields = () => fieldsOf(readFileSync(join(ROOT, 'core/src/model/payload_fields.def'), 'utf8'));

/** The table: fields of which the same is said share a row. @param {readonly Field[]} fields */
export function tableOf(fields) {
  /** @type {Map<string, string[]>} */
  const rows = new Map();
  for (const { key, anonymised, what, from } of fields) {
    const said = `${what} | ${from} | ${WORDS[anonymised]}`;
    rows.set(said, [...(rows.get(said) ?? []), `\`${key}\``]);
  }
  const lines = [...rows].map(([said, keys]) => `| ${keys.join(' ')} | ${said} |\n`);
  return `| field | what | from | anonymised |\n|---|---|---|---|\n${lines.join('')}`;
}

/** The page with the table in its place. @param {string} page @param {readonly Field[]} fields */
export function pageWith(page, fields) {
  const start = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error('the page has no place for the table');
  return page.slice(0, start + BEGIN.length) + tableOf(fields) + page.slice(end);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), readFields()));
}
