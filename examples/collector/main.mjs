#!/usr/bin/env node
// The command line of the collector: reads the arguments, starts, prints the address, stops on a signal.
import { parseArgs } from 'node:util';
import { createCollector } from './src/collector.mjs';

const usage = `Usage: node examples/collector/main.mjs [options]

  --port N               port to listen on (default 9090; 0 takes any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1)
  --schemas DIR          folder with further schemas, <vendor>/<name>/jsonschema/<version>; may be repeated
  --allow-unknown        events whose schema the collector does not have are good
  --post-path PATH       a further path for POST requests; may be repeated
  --keep N               how many good and how many bad events to keep (default 10000)
  --secure-cookie        the cookie is Secure and SameSite=None, for a collector behind https
  --help                 this text`;

/** @returns {import('./src/settings.mjs').CollectorOptions | null} null when only the usage text is wanted */
function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9090' },
      host: { type: 'string' },
      schemas: { type: 'string', multiple: true },
      'allow-unknown': { type: 'boolean' },
      'post-path': { type: 'string', multiple: true },
      keep: { type: 'string' },
      'secure-cookie': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return null;
  return {
    port: Number(values.port),
    host: values.host,
    schemas: values.schemas,
    allowUnknownSchemas: values['allow-unknown'],
    postPaths: values['post-path'],
    keep: values.keep === undefined ? undefined : Number(values.keep),
    secureCookie: values['secure-cookie'],
  };
}

async function main() {
  const options = readArguments();
  if (!options) {
    console.log(usage);
    return;
  }
  const collector = createCollector(options);
  console.log(`Piste collector at ${await collector.start()}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void collector.close());
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
