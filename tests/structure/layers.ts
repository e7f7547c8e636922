// Who may use whom: in the core base <- model <- policy <- engine <- abi; everybody else knows piste.h alone. In the
// native library each folder has its own list.
import { posix } from 'node:path';
import type { Finding } from './findings.ts';
import { cppEnds, files, lines, type TreeFile } from './tree.ts';

const layers = ['base', 'model', 'policy', 'engine', 'abi'];

/** What the core may use of the standard library: what needs no operating system and costs the wasm nothing. */
const coreHeaders = ['stddef.h', 'stdint.h', 'stdlib.h', 'string.h', 'new'];

/** Functions that reach outside, end the host or print; most stand in <stdlib.h>. */
const forbiddenCalls =
  /(?<![\w.>])(?:abort|_?[eE]xit|atexit|getenv|system|s?rand|time|clock|s?n?printf|fprintf|puts|fopen)\s*\(/;

/** What a folder of native/src may include: folders, and headers of the system. */
interface NativeLayer {
  folders: readonly string[];
  headers: readonly string[];
}

/** The journal keeps bytes: it knows nothing of events, time zones, threads or the network. */
const nativeLayers: Readonly<Record<string, NativeLayer>> = {
  journal: {
    folders: ['journal'],
    headers: [
      ...[
        'algorithm',
        'cmath',
        'map',
        'memory',
        'mutex',
        'new',
        'optional',
        'string',
        'string_view',
        'utility',
        'vector',
      ],
      ...['dirent.h', 'errno.h', 'fcntl.h', 'limits.h', 'stddef.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h'],
      ...['sys/file.h', 'sys/mman.h', 'sys/stat.h', 'sys/types.h', 'sys/uio.h', 'time.h', 'unistd.h'],
    ],
  },
};

/** Functions that would end the host, print, or change its signals or its environment. */
const forbiddenNames = [
  ...['abort', '_?[eE]xit', 'quick_exit', 'atexit', 'fork', 'kill', 'raise', 'signal', 'sigaction'],
  ...['[gs]etenv', 'system', 's?rand', 'v?f?printf', 'f?puts', 'f?putc', 'putchar', 'perror'],
];
const forbiddenInNative = new RegExp(`(?<![\\w.>])(?:(?:${forbiddenNames.join('|')})\\s*\\(|throw\\b)`);

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

const folderOf = (name: string): string => name.split('/')[0] ?? '';

const stem = (path: string): string => posix.basename(path).replace(/\.[^.]+$/, '');

/** Why a file of `layer` may not include `name`; undefined if it may. */
function breach(path: string, layer: string, include: Include): string | undefined {
  if (path.startsWith('core/include/') && include.name === 'piste/values.h') return undefined;
  if (include.name.startsWith('piste/')) {
    return layer === 'abi' ? undefined : `only abi/ implements, and so includes, ${include.name}`;
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

function forbidden(
  root: string,
  folder: string,
  who: string,
  pattern: RegExp,
  code: (source: string) => string,
): Finding[] {
  return files(root, [folder], cppEnds).flatMap((file) =>
    lines(code(file.text)).flatMap((text, i) => {
      const match = pattern.exec(text);
      if (!match) return [];
      const what = match[0].endsWith('(') ? `call ${match[0]}…)` : match[0];
      return [{ file: file.path, line: i + 1, message: `${who} may not ${what}` }];
    }),
  );
}

/** The core calls nothing that has a clock, prints, or ends the host. */
export function checkCoreCalls(root: string, code: (source: string) => string): Finding[] {
  return forbidden(root, 'core/src', 'the core', forbiddenCalls, code);
}

/** The native library: include lines. */
export function checkNativeLayers(root: string): Finding[] {
  return files(root, ['native/src'], cppEnds).flatMap((file) => {
    const layer = nativeLayers[file.path.split('/')[2] ?? ''];
    if (layer === undefined) return [{ file: file.path, message: 'is in no folder that layers.ts knows' }];
    return includes(file)
      .filter(({ name, system }) => !(system ? layer.headers : layer.folders).includes(system ? name : folderOf(name)))
      .map(({ name, line, system }) => ({
        file: file.path,
        line,
        message: `${system ? `<${name}>` : `"${name}"`} is not among what this folder may use`,
      }));
  });
}

/** The native library calls nothing that prints, or ends or changes the host. */
export function checkNativeCalls(root: string, code: (source: string) => string): Finding[] {
  return forbidden(root, 'native/src', 'the native library', forbiddenInNative, code);
}
/** No binding, but a part of the core that the lean flavour has in place of its own: it is a global. */
const flavourPart = 'wasm/lean.cpp';

/** The bindings: of the core, they name piste/piste.h and nothing else. */
export function checkBindings(root: string): Finding[] {
  const bindings = files(root, ['wasm', 'native'], cppEnds).filter(({ path }) => path !== flavourPart);
  const native = bindings.flatMap((file) =>
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
