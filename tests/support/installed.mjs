// Decides whether node_modules holds what package-lock.json names: exit 0 if so, 1 if `npm ci` has to run.
// npm keeps its own record of what it installed, written last, so a broken-off installation is seen as well.
import { readFileSync } from 'node:fs';

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
function packages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return {};
  }
}

const wanted = Object.entries(packages('package-lock.json'));
const found = packages('node_modules/.package-lock.json');
// Optional packages are those of other machines, mostly.
const missing = wanted.filter(
  ([path, entry]) => path.includes('node_modules/') && !entry.optional && found[path]?.version !== entry.version,
);
process.exitCode = wanted.length > 0 && missing.length === 0 ? 0 : 1;
