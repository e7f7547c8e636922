// The sizes that keep code readable: lines of a file and of a function, each alone and over all.
import type { Finding } from './findings.ts';
import { cppFunctions, scriptFunctions, type FunctionSize } from './functions.ts';
import { cppEnds, files, lines, scriptEnds, type TreeFile } from './tree.ts';

const limits = {
  sourceFileLines: 400,
  testFileLines: 500,
  medianFileLines: 120,
  functionLines: 60,
  medianFunctionLines: 8,
  p90FunctionLines: 25,
  lineCharacters: 120,
};

/** Below this many, a median says nothing. */
const enough = 20;

/** The whole of each language is judged by itself: one-line C++ must not excuse long TypeScript. */
const groups = [
  { name: 'C++', folders: ['core', 'native', 'wasm'], ends: cppEnds },
  { name: 'TypeScript and JavaScript', folders: ['js', 'wasm', 'native', 'examples'], ends: scriptEnds },
];

/** The value that `part` of all are not above. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function functionsOf(file: TreeFile): FunctionSize[] {
  const isCpp = cppEnds.some((end) => file.path.endsWith(end));
  return isCpp ? cppFunctions(file.text) : scriptFunctions(file.path, file.text);
}

function tooLong(file: TreeFile, most: number): Finding[] {
  const all = lines(file.text);
  const found: Finding[] = [];
  if (all.length > most) found.push({ file: file.path, message: `${all.length} lines, at most ${most} allowed` });
  all.forEach((text, i) => {
    if ([...text].length > limits.lineCharacters) {
      found.push({ file: file.path, line: i + 1, message: `longer than ${limits.lineCharacters} characters` });
    }
  });
  for (const { name, line, lines: count } of functionsOf(file)) {
    if (count <= limits.functionLines) continue;
    found.push({ file: file.path, line, message: `${name}: ${count} lines, at most ${limits.functionLines} allowed` });
  }
  return found;
}

function overall(name: string, what: string, values: number[], part: number, most: number): Finding[] {
  const value = quantile(values, part);
  if (values.length < enough || value <= most) return [];
  const which = part === 0.5 ? 'median' : `p${part * 100}`;
  return [{ file: name, message: `${which} of ${values.length} ${what} is ${value} lines, at most ${most} allowed` }];
}

/** Each file, and the groups as a whole. */
export function checkSizes(root: string): Finding[] {
  const found = groups.flatMap((group) => {
    const all = files(root, group.folders, group.ends);
    const fileLines = all.map(({ text }) => lines(text).length);
    const functionLines = all.flatMap(functionsOf).map((one) => one.lines);
    return [
      ...all.flatMap((file) => tooLong(file, limits.sourceFileLines)),
      ...overall(group.name, 'files', fileLines, 0.5, limits.medianFileLines),
      ...overall(group.name, 'functions', functionLines, 0.5, limits.medianFunctionLines),
      ...overall(group.name, 'functions', functionLines, 0.9, limits.p90FunctionLines),
    ];
  });
  const tests = files(root, ['tests'], [...cppEnds, ...scriptEnds]);
  return [...found, ...tests.flatMap((file) => tooLong(file, limits.testFileLines))];
}
