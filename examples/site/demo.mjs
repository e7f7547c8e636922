#!/usr/bin/env node
// Runs the demo: collector and site in one process, so that nothing is left behind when it ends. `--headless` has
// visitors of its own and tells by its exit code whether exactly the right events arrived.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCollector } from '@piste/example-collector';
import { drive } from './drive/drive.mjs';
import { createSite } from './server/site.mjs';

const SCHEMAS = fileURLToPath(new URL('schemas', import.meta.url));
const DEFAULT_PORTS = { collector: 9090, site: 8080 };
const TRIES = 50;

/**
 * Starts a server at the port asked for, or else at the first free one from the default on.
 * @template {{ start: () => Promise<string> }} Server
 * @param {(port: number) => Server} create
 * @param {string | undefined} asked
 * @param {number} from
 * @returns {Promise<{ server: Server, url: string }>}
 */
async function startAt(create, asked, from) {
  const last = asked === undefined ? from + TRIES : Number(asked);
  for (let port = asked === undefined ? from : last; ; ++port) {
    const server = create(port);
    try {
      return { server, url: await server.start() };
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE') throw error;
      if (port >= last) throw new Error(`port ${port} is taken; choose another one`, { cause: error });
    }
  }
}

/** @param {string} collector @param {string} site */
function sayHello(collector, site) {
  console.log(`
  The site                   ${site}
  What the collector gets    ${collector}

  Open both, side by side. The site asks first: nothing arrives until you say yes. The button “Tracker”, at its lower
  right, shows the tracker's own account and can make the collector fail. Ctrl-C ends the demo.`);
}

/** Resolves with the first signal that asks for the end. @returns {AbortSignal} */
function endOfDemo() {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end.abort());
  return end.signal;
}

/** @param {{ headless: boolean, collectorPort: string | undefined, sitePort: string | undefined }} options */
async function run({ headless, collectorPort, sitePort }) {
  const end = endOfDemo();
  const { server: collector, url: collectorUrl } = await startAt(
    (port) => createCollector({ port, schemas: [SCHEMAS] }),
    collectorPort,
    DEFAULT_PORTS.collector,
  );
  try {
    const create = (/** @type {number} */ port) => createSite({ collector: collectorUrl, port });
    const { server: site, url: siteUrl } = await startAt(create, sitePort, DEFAULT_PORTS.site);
    try {
      if (headless) return await drive(collector, siteUrl, end);
      sayHello(collectorUrl, siteUrl);
      if (!end.aborted) await new Promise((resolve) => end.addEventListener('abort', resolve));
      return true;
    } finally {
      await site.close();
    }
  } finally {
    await collector.close();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean', default: false },
      'collector-port': { type: 'string' },
      'site-port': { type: 'string' },
    },
  });
  const { headless, 'collector-port': collectorPort, 'site-port': sitePort } = values;
  if (!(await run({ headless, collectorPort, sitePort }))) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
