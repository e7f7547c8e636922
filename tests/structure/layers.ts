// Who may use whom: in the core base <- model <- policy <- engine <- abi; everybody else knows piste.h alone.
import { posix } from 'node:path';
import type { Finding } from './findings.ts';
import { cppEnds, files, lines, type TreeFile } from './tree.ts';

const layers = ['base', 'model', 'policy', 'engine', 'abi'];

/** What the core may use of the standard library: what needs no operating system and costs the wasm nothing. */
const coreHeaders = ['stddef.h', 'stdint.h', 'stdlib.h', 'string.h', 'new'];

/** Functions that reach outside, end the host or print; most stand in <stdlib.h>. */
const forbiddenCalls =
  /(?<![\w.>])(?:abort|_?[eE]xit|atexit|getenv|system|s?rand|time|clock|s?n?printf|fprintf|puts|fopen)\s*\(/;

interface Include {
  line: number;
  name: string;
  /** Whether it is written `<name>`. */
  system: boolean;
}

function includes(file: TreeFile): Include[] {
  return lines(file.text).flatMap((text, i) => {
    const match = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(text);
    return match?.[2] === undefined ? [] : [{ line: i + 1, name: match[2], system: match[1] === '<' }];
  });
}

const stem = (path: string): string => posix.basename(path).replace(/\.[^.]+$/, '');

/** Why a file of `layer` may not include `name`; undefined if it may. */
function breach(path: string, layer: string, include: Include): string | undefined {
  if (include.name === 'piste/piste.h') {
    return layer === 'abi' ? undefined : 'only abi/ implements, and so includes, piste/piste.h';
  }
  if (include.system) {
    const allowed = coreHeaders.includes(include.name);
    return allowed ? undefined : `<${include.name}> is not among the headers that the core may use`;
  }
  const used = include.name.split('/')[0] ?? '';
  if (!layers.includes(used)) return `"${include.name}" does not begin with the name of a layer`;
  if (layers.indexOf(used) > layers.indexOf(layer)) return `${layer}/ may not use ${used}/, which is above it`;
  const own = stem(path) === stem(include.name);
  if (layer === 'policy' && used === 'policy' && !own) return 'a policy may not use another: the engine joins them';
  return undefined;
}

/** The core: include lines, and calls that reach outside. */
export function checkCoreLayers(root: string): Finding[] {
  return files(root, ['core/src', 'core/include'], cppEnds).flatMap((file) => {
    const layer = file.path.startsWith('core/src/') ? (file.path.split('/')[2] ?? '') : 'base';
    const known = layers.includes(layer) ? [] : [{ file: file.path, message: `${layer} is not a layer` }];
    const breaches = includes(file).flatMap((include) => {
      const message = breach(file.path, layer, include);
      return message === undefined ? [] : [{ file: file.path, line: include.line, message }];
    });
    return [...known, ...breaches];
  });
}

/** The core calls nothing that has a clock, prints, or ends the host. */
export function checkCoreCalls(root: string, code: (source: string) => string): Finding[] {
  return files(root, ['core/src'], cppEnds).flatMap((file) =>
    lines(code(file.text)).flatMap((text, i) => {
      const match = forbiddenCalls.exec(text);
      return match ? [{ file: file.path, line: i + 1, message: `the core may not call ${match[0]}…)` }] : [];
    }),
  );
}

/** The bindings: of the core, they name piste/piste.h and nothing else. */
export function checkBindings(root: string): Finding[] {
  const native = files(root, ['wasm', 'native'], cppEnds).flatMap((file) =>
    includes(file)
      .filter(({ name }) => layers.includes(name.split('/')[0] ?? '') || /(?:^|\/)core\//.test(name))
      .map(({ name, line }) => ({ file: file.path, line, message: `"${name}" is the core's own; use piste/piste.h` })),
  );
  const scripts = files(root, ['js/src'], ['.ts']).flatMap((file) =>
    lines(file.text).flatMap((text, i) =>
      /\b(?:from|import)[\s(]+['"][^'"]*\.\.\/(?:core|native|wasm|examples|tests)\//.test(text)
        ? [{ file: file.path, line: i + 1, message: 'js/src may not import from outside of js/' }]
        : [],
    ),
  );
  return [...native, ...scripts];
}
