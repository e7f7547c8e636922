// A site that has the API of `piste/full` on the real full core: in a fake page, with a collector that takes all.
import type { TestContext } from 'node:test';
import type { EngineLoader } from '../../../js/src/engine.ts';
import { requests } from '../../../js/src/full/features.ts';
import { createFullTracker } from '../../../js/src/full/tracker.ts';
import type { Feature, FullOptions } from '../../../js/src/full/types.ts';
import type { Problem } from '../../../js/src/types.ts';
import { wasmExports } from '../piste-wasm.ts';
import { COLLECTOR, openSite } from '../snowplow/fake-site.ts';

export const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
export const step = (a: number) => ({ schema, data: { a } });

export const loadWith: Parameters<typeof createFullTracker>[0] =
  (create): EngineLoader =>
  (ready) =>
    ready(create(wasmExports() as never));

/** A site, and the means to make trackers. */
export function openMaker(t: TestContext) {
  const site = openSite(t);
  const problems: Problem[] = [];
  const make = (own: readonly Feature[], further: Partial<FullOptions> = {}) =>
    createFullTracker(loadWith, {
      collector: COLLECTOR,
      onProblem: (problem) => void problems.push(problem),
      ...further,
      // The collector of these tests wants requests.
      features: [requests({}), ...own],
    });
  return { ...site, problems, make };
}

/** A tracker with these features, and the means to make more. */
export function openFull(t: TestContext, features: readonly Feature[] = [], options: Partial<FullOptions> = {}) {
  const site = openMaker(t);
  return { ...site, tracker: site.make(features, options) };
}
