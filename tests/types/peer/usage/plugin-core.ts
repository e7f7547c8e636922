// A plugin with all that official ones take from the core: builders, filters, storage, trackers.
import {
  buildFormFocusOrChange,
  buildFormSubmission,
  buildLinkClick,
  buildSelfDescribingEvent,
  getSchemaParts,
  LOG,
  LOG_LEVEL,
  payloadJsonProcessor,
  removeEmptyProperties,
  resolveDynamicContext,
  version,
  type CommonEventProperties,
  type DynamicContext,
  type LinkClickEvent,
  type Logger,
} from '@snowplow/tracker-core';
import {
  addEventListener,
  attemptGetLocalStorage,
  attemptWriteLocalStorage,
  cookie,
  dispatchToTrackers,
  dispatchToTrackersInCollection,
  flushPendingCookies,
  getCssClasses,
  getFilterByClass,
  getFilterByName,
  getHostName,
  isFunction,
  isString,
  parseAndValidateFloat,
  type BrowserPlugin,
  type BrowserTracker,
  type FilterCriterion,
} from '@snowplow/browser-tracker-core';

const trackers: Record<string, BrowserTracker> = {};

export interface Configuration {
  links?: FilterCriterion<HTMLElement> | null;
  fields?: FilterCriterion<HTMLInputElement>;
  context?: DynamicContext | null;
}

export function linksPlugin(logLevel: LOG_LEVEL = LOG_LEVEL.debug): BrowserPlugin {
  let log: Logger = LOG;
  return {
    logger: (given) => {
      log = given;
      log.setLogLevel(logLevel);
      LOG.setLogLevel(LOG_LEVEL.warn);
    },
    activateBrowserPlugin: (tracker) => {
      trackers[tracker.id] = tracker;
      log.debug(`links of ${tracker.namespace}, ${version}`);
    },
    beforeTrack: (builder) => {
      builder.withJsonProcessor(payloadJsonProcessor(false));
      for (const { json } of builder.getJson()) {
        const [vendor, name] = getSchemaParts(String(json['schema'])) ?? [];
        log.info(`${vendor} ${name}`);
      }
    },
  };
}

export function trackLink(event: LinkClickEvent & CommonEventProperties, ids?: string[]): void {
  dispatchToTrackersInCollection(ids, trackers, (tracker) => {
    tracker.core.track(buildLinkClick(event), event.context, event.timestamp);
  });
}

export function listen({ links, fields, context }: Configuration): void {
  const isWanted = getFilterByClass(links);
  const isField = getFilterByName(fields);
  const inputs = (form: HTMLFormElement): HTMLInputElement[] => Array.from(form.querySelectorAll('input'));
  addEventListener(document, 'click', ({ target }) => {
    if (!(target instanceof HTMLAnchorElement) || !isWanted(target) || !isString(target.href)) return;
    trackLink({
      targetUrl: target.href,
      elementClasses: getCssClasses(target),
      context: resolveDynamicContext(context, target, getHostName(target.href)),
    });
    flushPendingCookies();
  });
  addEventListener(
    window,
    'submit',
    ({ target }) => {
      if (!(target instanceof HTMLFormElement)) return;
      const elements = inputs(target)
        .filter(isField)
        .map(({ name, value }) => ({ name, value, nodeName: 'INPUT' }));
      dispatchToTrackers(undefined, ({ core }) => {
        core.track(buildFormSubmission({ formId: target.id, elements }));
        core.track(
          buildFormFocusOrChange({ schema: 'focus_form', formId: target.id, elementId: '', nodeName: '', value: null }),
        );
      });
    },
    { capture: true },
  );
}

export function remember(price: unknown, callback: unknown): boolean {
  const seen = attemptGetLocalStorage('price') ?? cookie('price');
  const data = removeEmptyProperties({ price: parseAndValidateFloat(price), seen }, { seen: true });
  const event = buildSelfDescribingEvent({ event: { schema: 'iglu:com.acme/price/jsonschema/1-0-0', data } });
  dispatchToTrackersInCollection(undefined, trackers, (tracker) => tracker.core.track(event));
  if (isFunction(callback)) cookie('price', 'seen', 60, '/', undefined, 'Lax', true);
  return attemptWriteLocalStorage('price', 'seen', 60);
}
