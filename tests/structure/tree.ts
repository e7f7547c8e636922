// Which files of a checkout are written by hand, and what they hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file of the tree: its path from the root, with `/`, and its text. */
export interface TreeFile {
  path: string;
  text: string;
}

/** Made by tools, ignored by git, wherever they are. */
export const madeFolders = ['.git', '.tools', 'build', 'dist', 'generated', 'node_modules', 'test-results'];

/** Paths of all files under `folder`, sorted, without what tools made. A folder that is not there has none. */
export function paths(root: string, folder = ''): string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (!entry.isDirectory()) return entry.isFile() ? [path] : [];
      return madeFolders.includes(entry.name) ? [] : paths(root, path);
    });
}

/** The files under any of `folders` whose names end in any of `ends`. */
export function files(root: string, folders: readonly string[], ends: readonly string[]): TreeFile[] {
  return folders
    .flatMap((folder) => paths(root, folder))
    .filter((path) => ends.some((end) => path.endsWith(end)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export const cppEnds = ['.h', '.hpp', '.c', '.cpp'];
export const scriptEnds = ['.ts', '.mjs', '.js'];

/** The lines of a text; the end of the last line does not begin another. */
export function lines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** The number, from 1, of the line that `index` is in. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
