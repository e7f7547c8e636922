// The processes of a browser, and their sudden death. Only what this process has started is ever found.
import { readdirSync, readFileSync } from 'node:fs';

/** A process, or nothing if it is gone. @param {number} id */
function read(id) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name may hold anything, and stands in brackets.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { id, parent: Number(parent), dead: state === 'Z', line: readFileSync(`/proc/${id}/cmdline`, 'utf8') };
  } catch {
    return undefined;
  }
}

/** All processes below `root`, parents first. @param {number} root */
function descendants(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => read(Number(name)) ?? []);
  const found = all.filter(({ parent }) => parent === root);
  // Grows while it is walked.
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.id));
  return found.filter(({ dead }) => !dead);
}

/** The processes of the browser that this process has started on `profile`, the browser itself first.
 * @param {string} profile */
export function browserProcesses(profile) {
  const started = descendants(process.pid);
  const browser = started.find(({ line }) => line.includes(profile) && !/--type=|-contentproc/.test(line));
  if (!browser) throw new Error(`no browser runs on ${profile}`);
  return [browser, ...descendants(browser.id)];
}

/** Of Chromium's processes those that run pages. @param {string} profile */
export const rendererProcesses = (profile) =>
  browserProcesses(profile).filter(({ line }) => line.includes('--type=renderer'));

/** SIGKILL. @param {readonly { id: number }[]} processes */
export function kill(processes) {
  for (const { id } of processes) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // it went with its parent
    }
  }
}

/** Whether one of them still runs. @param {readonly { id: number }[]} processes */
export const anyRuns = (processes) => processes.some(({ id }) => read(id)?.dead === false);
