// A site that has the default entry on the real lean core, and asks its visitor: in a fake page, with a collector that
// takes all.
import type { TestContext } from 'node:test';
import { createConsent } from '../../js/src/consent/create.ts';
import type { Consent, ConsentOptions } from '../../js/src/consent/types.ts';
import { createWasmEngine } from '../../js/src/engine-wasm.ts';
import type { EngineLoader } from '../../js/src/engine.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Problem, Tracker, TrackerOptions } from '../../js/src/types.ts';
import { openChannels } from './fake-channels.ts';
import { settled, shareGlobals } from './fake-globals.ts';
import { leanExports } from './piste-wasm.ts';
import { COLLECTOR, openSite } from './snowplow/fake-site.ts';

const load: EngineLoader = (ready) => ready(createWasmEngine(leanExports()));

export const grant = (consent: Consent): void => consent.set({ analytics: 'granted' }, 'banner');
export const deny = (consent: Consent): void => consent.set({ analytics: 'denied' }, 'banner');

/** What left() gives where nothing is left. */
export const NOTHING = ['', [], {}, 0];

/** A site with one tracker, and the means to make more. */
export function openDefault(t: TestContext, options: Partial<TrackerOptions> = {}, consentOptions?: ConsentOptions) {
  const site = openSite(t);
  const { network, page } = site;
  // The default entry gives fetch an address, and no Request.
  shareGlobals(t, { fetch: (url: string, how: RequestInit) => network.fetch(new Request(url, how)) });
  const channels = openChannels(t);
  const consent = createConsent(consentOptions);
  const problems: Problem[] = [];
  const make = (further: Partial<TrackerOptions> = {}): Tracker =>
    createTrackerWith(load, {
      collector: COLLECTOR,
      identity: 'cookie',
      onProblem: (problem) => void problems.push(problem),
      consent,
      ...further,
    });
  const left = async (): Promise<unknown[]> => {
    await settled();
    return [
      page.document.cookie,
      [...page.localStorage.rows.keys()],
      await page.database.rows(),
      (await indexedDB.databases()).length,
    ];
  };
  const goTo = (path: string): void => {
    page.location.href = `https://shop.example${path}`;
    page.document.title = path;
  };
  return { ...site, channels, consent, problems, make, left, goTo, tracker: make(options) };
}
