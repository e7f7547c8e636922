// The table of runners: one for each way to reach the core. See README.md, "A runner".
import { fileURLToPath } from 'node:url';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const build = process.env.PISTE_BUILD ?? at('../../build');

/** @typedef {{ name: string, command: string[], needs: string[], build: string, can: string[] }} Runner */

/**
 * `needs`: files that must be there; `build`: the command that makes them; `can`: what case files may need.
 * @type {readonly Runner[]}
 */
export const runners = [
  {
    name: 'native',
    command: [`${build}/dev/tests/conformance/conformance_runner`],
    needs: [`${build}/dev/tests/conformance/conformance_runner`],
    build: 'cmake --preset dev && cmake --build --preset dev',
    can: ['utf8_checks', 'full', 'consent', 'transactions', 'firewall'],
  },
  {
    name: 'wasm',
    command: [process.execPath, at('wasm-runner.mjs')],
    needs: [`${build}/wasm/piste.wasm`],
    build: 'emcmake cmake --preset wasm && cmake --build --preset wasm',
    can: ['full', 'consent', 'transactions', 'firewall'],
  },
  {
    name: 'face wasm',
    command: [process.execPath, at('wasm-runner.mjs'), '--face'],
    needs: [`${build}/wasm/piste-face.wasm`],
    build: 'emcmake cmake --preset wasm && cmake --build --preset wasm',
    can: ['full', 'face'],
  },
  {
    name: 'lean wasm',
    command: [process.execPath, at('wasm-runner.mjs'), '--lean'],
    needs: [`${build}/wasm/piste-lean.wasm`],
    build: 'emcmake cmake --preset wasm && cmake --build --preset wasm',
    can: ['lean', 'consent'],
  },
];

/** Those that can run the cases of a file: all that it needs. @param {{ needs?: string | string[] }} file */
export const runnersFor = ({ needs = [] }) =>
  runners.filter(({ can }) => [needs].flat().every((need) => can.includes(need)));
