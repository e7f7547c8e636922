// A site whose calls go to a tag on the real full core, with script elements that a test loads.
import type { TestContext } from 'node:test';
import { createLog } from '../../../../js/src/snowplow/log.ts';
import { createTag } from '../../../../js/src/snowplow/tag/tag.ts';
import { holdScripts } from '../../fake-scripts.ts';
import { COLLECTOR, openSite } from '../fake-site.ts';

/** A plugin as a module of its own, which keeps what it is told: `api` is what else the module exports. */
export function makePlugin(api: Record<string, unknown> = {}) {
  const joined: string[] = [];
  const made: unknown[][] = [];
  const plugin = (...values: unknown[]) => {
    made.push(values);
    return { activateBrowserPlugin: ({ id }: { id: string }) => void joined.push(id) };
  };
  return { joined, made, module: { plugin, ...api } };
}

/** A page with one global function, `snowplow`. */
export function openTag(t: TestContext) {
  const site = openSite(t);
  const scripts = holdScripts(site.page);
  const globals: Record<string, unknown> = {};
  const perform = createTag('snowplow', site.snowplow, createLog(), globals);
  const snowplow = (...values: unknown[]): void => perform(values);
  /** Makes trackers of these names. */
  const make = (...names: string[]): void => {
    for (const name of names) snowplow('newTracker', name, COLLECTOR, { appId: 'shop' });
  };
  /** What was said of which kind, since it was asked last. */
  const kinds = (): string[] => site.said.splice(0).map(([kind]) => kind);
  return { ...site, scripts, globals, perform, snowplow, make, kinds };
}
