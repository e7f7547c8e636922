// The types of `piste/snowplow` and `piste/snowplow-core` are those of Snowplow's packages, and what sites write for
// one compiles with the other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { ownNames } from '../../js/build/own-names.mjs';
import { compile, resolutions, type Mistake } from './compile.ts';
import { declarationsOf, exportsOf, membersIn, type Exported } from './peer/exports.ts';
import { packages, type PeerPackage } from './peer/packages.ts';

const source = join(import.meta.dirname, '../../js/src');
const face = join(source, 'snowplow');
const peer = join(import.meta.dirname, 'peer');
const usage = readdirSync(join(peer, 'usage')).map((name) => join(peer, 'usage', name));
const options = {
  ...resolutions.bundler,
  allowImportingTsExtensions: true,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};

const say = ({ file, line, message }: Mistake): string => `${basename(file)}:${line}: ${message}`;

/** A package, with what its declarations and those of our files export. */
interface Compared extends PeerPackage {
  theirs: Map<string, Exported>;
  ours: Map<string, Exported>[];
  /** Our functions. */
  functions: Set<string>;
  /** A file that is not there: it has a line for each name, and compiles if peer and ours are the same. */
  file: string;
}

const exported = exportsOf(
  packages.flatMap(({ name, files }) => [declarationsOf(name), ...files.map((file) => join(source, file))]),
);

const valuesOf = (module: ReadonlyMap<string, Exported> = new Map()): Set<string> =>
  new Set([...module].filter(([, { isValue }]) => isValue).map(([name]) => name));

const compared = packages.map((pack): Compared => {
  const [theirs = new Map<string, Exported>(), ...ours] = exported.splice(0, 1 + pack.files.length);
  const { api } = pack;
  const functions =
    'module' in api ? valuesOf(ours.at(-1)) : membersIn(join(source, api.file), (name) => name === api.interface);
  return { ...pack, theirs, ours, functions, file: join(peer, `${basename(pack.name)}.ts`) };
});

/** Each kind of comparison of one name: left the peer's, right ours. */
function sides(name: string, { isType, isValue, takes, needs }: Exported, holder: number): string[][] {
  const type = (argument: string): string[] => [`Peer.${name}${argument}`, `Ours${holder}.${name}${argument}`];
  return [
    ...(isType && needs === 0 ? [['Type', ...type('')]] : []),
    // An interface is harder to take than the default, which is a record.
    ...(isType && takes > 0 ? [['Generic', ...type('<Step>')]] : []),
    ...(isValue ? [['Value', `{ it: typeof Peer.${name} }`, `{ it: Api['${name}'] }`]] : []),
  ];
}

function comparison({ name, files, api, absent, different, theirs, ours }: Compared): string[] {
  const names = [...theirs].filter(([one]) => absent[one] === undefined);
  return [
    "import type { Expect, Verdict } from './verdict.ts';",
    `import type * as Peer from '${name}';`,
    ...files.map((file, i) => `import type * as Ours${i} from '${join(source, file)}';`),
    'module' in api
      ? `type Api = typeof import('${join(source, api.module)}');`
      : `import type { ${api.interface} as Api } from '${join(source, api.file)}';`,
    'interface Step { step: number; note?: string }',
    ...names.flatMap(([one, what]) => {
      const holder = ours.findIndex((map) => map.has(one));
      return sides(one, what, holder).map(([kind = '', left, right]) => {
        const expected = (kind === 'Type' && different[one]?.[0]) || 'same';
        return `export type ${kind}${one} = Expect<'${expected}', Verdict<${left}, ${right}>>;`;
      });
    }),
  ];
}

// All at once: what takes the time is to read the types of the DOM.
const texts = new Map(compared.map((one) => [one.file, comparison(one)]));
const written = new Map([...texts].map(([file, lines]) => [file, lines.join('\n')]));
const mistakes = compile([...usage, ...texts.keys()], options, written);

for (const { name, absent, different, theirs, ours, functions, file } of compared) {
  const isOurType = (one: string): boolean => ours.some((names) => names.has(one));

  describe(name, () => {
    test('we have its names, but for those that are excused', () => {
      assert.ok(theirs.size > 50);
      const isMissing = ([one, { isType, isValue }]: [string, Exported]): boolean =>
        absent[one] === undefined && ((isType && !isOurType(one)) || (isValue && !functions.has(one)));
      const missing = [...theirs].filter(isMissing).map(([one]) => one);
      assert.deepEqual(missing, []);
    });

    test('nothing is excused that it does not have, or that we have', () => {
      const needless = [
        ...Object.keys(absent).filter((one) => !theirs.has(one) || functions.has(one) || isOurType(one)),
        ...Object.keys(different).filter((one) => !theirs.has(one)),
      ];
      assert.deepEqual(needless, []);
    });

    test('each of its types and functions passes for ours, and ours for it', () => {
      const lines = texts.get(file) ?? [];
      assert.ok(lines.length > theirs.size - Object.keys(absent).length);
      const wrong = mistakes.filter((one) => one.file === file);
      assert.deepEqual(
        wrong.map((one) => `${say(one)} ${lines[one.line - 1] ?? ''}`),
        [],
      );
    });
  });
}

test('we have no name that the peer does not have', () => {
  const [first] = compared;
  const names = first?.ours.flatMap((map) => [...map.keys()]) ?? [];
  assert.deepEqual(
    names.filter((name) => !first?.theirs.has(name)),
    ['SnowplowApi'],
  );
});

test('the core of plugins has no name that neither package has', () => {
  const [, core, browserCore] = compared;
  const names = core?.ours.flatMap((map) => [...map.keys()]) ?? [];
  assert.ok(names.length > 130);
  assert.deepEqual(
    names.filter((name) => !core?.theirs.has(name) && !browserCore?.theirs.has(name)),
    [],
  );
});

test('the build shortens no member that a site sees', () => {
  const files = readdirSync(face, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('types.ts'));
  const seen = new Set(files.flatMap((path) => [...membersIn(join(face, path))]));
  assert.ok(seen.has('mouseDistance') && seen.size > 200);
  assert.deepEqual(
    ownNames(source).filter((name) => seen.has(name)),
    [],
  );
});

describe('what sites write', () => {
  test('compiles with the peer', () => {
    const inComparisons = mistakes.filter(({ file }) => texts.has(file));
    assert.deepEqual(mistakes.filter((one) => !inComparisons.includes(one)).map(say), []);
  });

  const tracker = { '@snowplow/browser-tracker': [join(face, 'index.ts')] };
  const cores = ['@snowplow/tracker-core', '@snowplow/browser-tracker-core'];
  const core = Object.fromEntries(cores.map((name) => [name, [join(source, 'snowplow-core/index.ts')]]));
  // Not the cores alone: each has a `PageViewEvent`, and the peer's tracker wants that of the other.
  for (const [what, paths] of Object.entries({ tracker, 'tracker and the cores': { ...tracker, ...core } })) {
    test(`compiles with ours in the place of the ${what}`, () => {
      assert.deepEqual(compile(usage, { ...options, paths }).map(say), []);
    });
  }

  test('has more than forty examples, with every function, type and option', () => {
    const text = usage.map((file) => readFileSync(file, 'utf8')).join('\n');
    assert.ok((text.match(/^export /gm) ?? []).length > 40);
    const settings = ['EmitterConfigurationBase', 'LocalStorageEventStoreConfigurationBase', 'TrackerConfiguration'];
    const configured = ['emitter', 'tracker'].flatMap((folder) => [
      ...membersIn(join(face, folder, 'types.ts'), (name) => settings.includes(name)),
    ]);
    assert.ok(configured.length > 40);
    const names = [...(compared[0]?.theirs.keys() ?? []), ...configured];
    assert.deepEqual(
      names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text)),
      [],
    );
  });
});
