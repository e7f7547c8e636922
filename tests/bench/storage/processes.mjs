// The processes of a browser: which they are, how long their main threads have run, and their sudden end.
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number, command: string }} Process */

/** Every process of this machine. @returns {Process[]} */
function allProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** The browser that runs on `profile`: its first process, then those that descend from it. @param {string} profile */
export function processesOf(profile) {
  const all = allProcesses();
  const naming = all.filter(({ command }) => command.includes(profile));
  const first = naming.find(({ parent }) => !naming.some(({ pid }) => pid === parent));
  if (!first) return [];
  const family = [first];
  // The list grows while it is walked, so that children of children are found.
  for (const { pid } of family) family.push(...all.filter(({ parent }) => parent === pid));
  return family;
}

/** Processes of a browser that run pages, but for Chromium's own. @param {Process[]} family */
export const pageProcesses = (family) =>
  family.filter(({ command }) => /--type=renderer(?! --top-chrome-webui)|-contentproc .*-isForBrowser/.test(command));

/** CPU time of the main thread so far, in µs; NaN if the process has ended. @param {number} pid */
export function mainThreadUs(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return NaN;
  }
}

/** Ends these at once. @param {Process[]} processes */
export function killAll(processes) {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended with its parent
    }
  }
}

/** @param {Process[]} processes */
export const areGone = (processes) => processes.every(({ pid }) => Number.isNaN(mainThreadUs(pid)));
