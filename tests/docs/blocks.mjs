// Finds the code blocks of the README and of docs/.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** @typedef {{ file: string, line: number, language: string, code: string }} Block */

/** Every Markdown file that people read, except those that have tests of their own. */
export function pages() {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(ROOT, 'docs', name));
  const readmes = ['README.md', 'js/README.md', 'native/README.md', 'wasm/README.md'].map((name) => join(ROOT, name));
  return [...readmes, ...docs];
}

/** The fenced blocks of a page. @param {string} path @returns {Block[]} */
export function blocksOf(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block | undefined} */
  let open;
  lines.forEach((text, index) => {
    const fence = /^```(\w*)$/.exec(text);
    if (open && fence) {
      blocks.push(open);
      open = undefined;
    } else if (open) {
      open.code += `${text}\n`;
    } else if (fence) {
      open = { file: relative(ROOT, path), line: index + 1, language: fence[1] ?? '', code: '' };
    }
  });
  return blocks;
}

/** All blocks in one language. @param {string} language */
export const blocksIn = (language) =>
  pages()
    .flatMap(blocksOf)
    .filter((block) => block.language === language);

/** A block's name in a test. @param {Block} block */
export const nameOf = ({ file, line }) => `${file}:${line}`;
