#!/usr/bin/env node
// The command line of the site alone, for a collector that runs already. The demo of both is demo.mjs.
import { parseArgs } from 'node:util';
import { createSite } from './server/site.mjs';

const { values } = parseArgs({
  options: {
    collector: { type: 'string', default: 'http://127.0.0.1:9090' },
    port: { type: 'string', default: '8080' },
  },
});
const site = createSite({ collector: values.collector, port: Number(values.port) });
console.log(`Silvaun Hut at ${await site.start()}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void site.close());
