// The checkout stands by itself: nothing in it names a folder beside it, or one of the machine where it was written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './findings.ts';
import { lines, paths } from './tree.ts';

// Put together here, so that this file does not name them itself.
const shared = ['..', 'shared'].join('/');
const absolute = ['/work', '/tmp/w'].map((folder) => `${folder}/`);
const library = ['.', 'library'].join('');

/** Tests compare with the published schemas where these are at hand, and say so where not. */
const allowedInTests = `${shared}/iglu-central`;

const binary = /\.(?:png|ico|wasm|woff2?|gz|br)$/;

const forbidden = [
  ...[shared, library].map((name) => new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}\\b`)),
  ...absolute.map((name) => new RegExp(`(?<![\\w.}])${name}`)),
];

function mentioned(path: string, text: string): string | undefined {
  const rest = path.startsWith('tests/') ? text.replaceAll(allowedInTests, '') : text;
  return forbidden.map((name) => name.exec(rest)?.[0]).find((name) => name !== undefined);
}

export function checkMentions(root: string): Finding[] {
  return paths(root)
    .filter((path) => !binary.test(path))
    .flatMap((path) =>
      lines(readFileSync(join(root, path), 'utf8')).flatMap((text, i) => {
        const name = mentioned(path, text);
        return name === undefined ? [] : [{ file: path, line: i + 1, message: `names ${name}` }];
      }),
    );
}
