// Plugins of a site's own, by what they take part in.
import {
  addPlugin,
  newTracker,
  type BrowserPlugin,
  type BrowserPluginConfiguration,
  type BrowserTracker,
  type CorePlugin,
  type CorePluginConfiguration,
  type Logger,
  type Payload,
  type PayloadBuilder,
  type SelfDescribingJson,
  type TrackerCore,
} from '@snowplow/browser-tracker';

/** Adds entities to each event. */
export const experimentPlugin = (name: string): BrowserPlugin => ({
  contexts: () => [{ schema: 'iglu:com.acme/experiment/jsonschema/1-0-0', data: { name } }],
});

/** Drops events of robots. */
export function humanPlugin(isRobot: () => boolean): BrowserPlugin {
  return { filter: (payload: Payload) => !isRobot() || payload['e'] === 'pv' };
}

/** Changes each event before it is built. */
export const pricePlugin = (price: () => SelfDescribingJson): BrowserPlugin => ({
  beforeTrack: (builder: PayloadBuilder) => {
    builder.add('se_pr', 'eur');
    builder.addDict({ p: 'app' });
    builder.addContextEntity(price());
    builder.addJson('ue_px', 'ue_pr', { schema: 'iglu:com.acme/x/jsonschema/1-0-0', data: {} });
    if (builder.getPayload()['e'] === 'ue') builder.add('n', builder.getJson().length);
  },
});

/** Sees each event as it is sent, and writes it to the tracker's log. */
export function echoPlugin(): BrowserPlugin {
  let log: Logger | undefined;
  return {
    logger: (logger) => {
      log = logger;
      log.setLogLevel(3);
    },
    afterTrack: (payload) => log?.info('sent', payload),
    deactivatePlugin: () => log?.warn('ends', new Error('end'), 'of', 1),
  };
}

/** Knows the trackers that it is in, as plugins with functions of their own do. */
export function trackersPlugin(trackers: Record<string, BrowserTracker>): BrowserPlugin {
  return {
    activateBrowserPlugin: (tracker) => {
      trackers[tracker.id] = tracker;
    },
  };
}

/** Needs the core alone, and so runs elsewhere too. */
export const namePlugin = (name: string): CorePlugin => ({
  activateCorePlugin: (core: TrackerCore) => core.setTrackerNamespace(name),
});

export function startWithPlugins(trackers: Record<string, BrowserTracker>): void {
  newTracker('site', 'collector.example.com', {
    plugins: [experimentPlugin('blue'), humanPlugin(() => navigator.webdriver), trackersPlugin(trackers)],
  });
}

export function addLater(): void {
  const echo: BrowserPluginConfiguration = { plugin: echoPlugin() };
  addPlugin(echo);
  addPlugin({ plugin: namePlugin('late') }, ['site']);
}

export function addToCore(core: TrackerCore, configuration: CorePluginConfiguration): void {
  core.addPlugin(configuration);
}

/** A class will do as well, methods and all. */
export class CountPlugin implements BrowserPlugin {
  count = 0;
  readonly afterTrack = (): void => {
    this.count += 1;
  };
  activateBrowserPlugin(tracker: BrowserTracker): void {
    tracker.setBufferSize(1);
  }
}
