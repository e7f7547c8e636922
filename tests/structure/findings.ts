// What a check of the tree gives back, and how a test judges it: on the checkout, and on a bad tree made on purpose.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A breach of a rule: where, and what to do about it. */
export interface Finding {
  file: string;
  line?: number | undefined;
  message: string;
}

/** A check reads the tree under a folder. */
export type Check = (root: string) => Finding[];

/** The checkout that this file is in. */
export const checkout = resolve(import.meta.dirname, '../..');

function line(finding: Finding): string {
  const place = finding.line === undefined ? finding.file : `${finding.file}:${finding.line}`;
  return `${place}: ${finding.message}`;
}

/** Fails with one line for each finding. */
export function expectNone(findings: readonly Finding[]): void {
  assert.equal(findings.length, 0, `\n${findings.map(line).join('\n')}\n`);
}

/** Runs the check on a tree of these files, and gives its findings as lines. */
export function findingsIn(check: Check, files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'piste-structure-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return check(root).map(line);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Expects exactly these findings, each given by a part of its line, in this order. */
export function expectFindings(check: Check, files: Readonly<Record<string, string>>, parts: readonly string[]): void {
  const found = findingsIn(check, files);
  assert.equal(found.length, parts.length, `expected ${parts.length} findings:\n${found.join('\n')}`);
  parts.forEach((part, i) => assert.ok(found[i]?.includes(part), `"${found[i]}" does not say "${part}"`));
}
