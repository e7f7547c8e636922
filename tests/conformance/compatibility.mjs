// Writes docs/compatibility.md: every case, what it proves, and on which builds it holds, as of a run of all of them.
//
//   node tests/conformance/compatibility.mjs
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences, readLine } from './expectation.mjs';
import { runners, runnersFor } from './runners.mjs';
import { readCases, run } from './transcripts.mjs';

/** @typedef {import('./expectation.mjs').CaseFile} CaseFile */
/** @typedef {CaseFile['cases'][number]} Case */
/** @typedef {(path: string, file: CaseFile, one: Case) => string} Judge */

export const PAGE = fileURLToPath(new URL('../../docs/compatibility.md', import.meta.url));

const SECTION = /\b\d+\.\d+\b( steps? \d+( to \d+)?)?( \([a-z]\))?(, )?/g;

/** What a case proves, without the numbers of sections that its reader does not have. @param {string} rule */
export const reasonOf = (rule) =>
  rule
    .split('; ')
    .map((part) => (/^RFC /.test(part) ? part : part.replace(SECTION, '').replace(/^\d+: |^[\s:,]+|[\s:,]+$/g, '')))
    .filter((part) => part !== '')
    .join('; ');

/** Text in a cell of a table. @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

/** Runs the cases: on which builds one holds, and on which it does not. @returns {Judge} */
export function makeJudge() {
  /** @type {Map<string, Map<string, string[]>>} */
  const printed = new Map();
  return (path, file, one) => {
    const able = runnersFor(file);
    const verdicts = able.map((runner) => {
      const key = `${runner.name} ${path}`;
      const lines = printed.get(key) ?? run(runner, path);
      printed.set(key, lines);
      const holds = differences(file, one, (lines.get(one.name) ?? []).map(readLine)).length === 0;
      return holds ? runner.name : `**not ${runner.name}**`;
    });
    return verdicts.length === runners.length && !verdicts.join().includes('*') ? 'all' : verdicts.join(', ');
  };
}

/** @param {Map<string, CaseFile>} files @param {Judge} judge */
export function pageOf(files, judge) {
  const sections = [...files].map(([path, file]) => {
    const rows = file.cases.map(
      (one) => `| ${cell(one.name)} | ${cell(reasonOf(one.rule))} | ${judge(path, file, one)} |`,
    );
    const title = basename(path, '.json').replaceAll('_', ' ');
    return `## ${title}\n\n${cell(file.about)}\n\n| case | because | holds on |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  const count = [...files.values()].reduce((sum, { cases }) => sum + cases.length, 0);
  return `# What is proven

The rules of the protocol that an outsider can observe, and what a host may rely on, as ${count} cases. Each is a script
of calls with every byte that must come of them (\`tests/conformance/cases\`), and runs on every build of the core: the
native library, the full wasm of \`piste/full\` and \`piste/wasm\`, the face wasm of \`piste/snowplow\`, and the lean
wasm of the default entry. "All" is all four, with the same bytes. This page is written by
\`node tests/conformance/compatibility.mjs\`; a test fails when it is not what the cases give. Where Piste does
otherwise than Snowplow's browser tracker is in
[the protocol](protocol.md#differences-from-snowplows-browser-tracker).

${sections.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, pageOf(readCases(), makeJudge()));
