// Tables for people: the first column to the left, numbers to the right.

/** @typedef {string | number} Cell */

/** @param {Cell} cell */
const written = (cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);

/** Prints a title, a head and rows. @param {string} title @param {string[]} head @param {Cell[][]} rows */
export function printTable(title, head, rows) {
  const lines = [head, ...rows].map((row) => row.map(written));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const line of lines) {
    const cells = line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}
