// The first line of each source says what the file decides or holds.
import type { Finding } from './findings.ts';
import { cppEnds, files, lines, scriptEnds } from './tree.ts';

const folders = ['.ci', 'core', 'wasm', 'js', 'native', 'examples', 'tests'];

export function checkOpenings(root: string): Finding[] {
  const comment = (text: string): boolean => /^(?:\/\/|\/\*\*?)\s*\S.{10,}/.test(text);
  const code = files(root, folders, [...cppEnds, ...scriptEnds]).map((file) => ({
    file: file.path,
    // A reference to types has to come before everything.
    opened: comment(lines(file.text).find((text) => !/^(?:#!|\/\/\/ <)/.test(text)) ?? ''),
  }));
  const shell = files(root, folders, ['.sh', '.ci/run']).map((file) => ({
    file: file.path,
    opened: /^# \S.{10,}/.test(lines(file.text).find((text) => !text.startsWith('#!')) ?? ''),
  }));
  return [...code, ...shell]
    .filter(({ opened }) => !opened)
    .map(({ file }) => ({ file, line: 1, message: 'does not begin with a comment that says what it holds' }));
}
