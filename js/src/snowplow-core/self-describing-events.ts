// Builders of self-describing events: any, and those that every Snowplow pipeline knows.
import type { ConsentGrantedEvent, ConsentWithdrawnEvent, EventPayloadAndContext } from '../snowplow/events/types.ts';
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';
import type { PayloadBuilder } from '../snowplow/tracker-core/types.ts';
import { payloadBuilder, removeEmptyProperties } from './json.ts';

const schemaOf = (name: string, version = '1-0-0'): string =>
  `iglu:com.snowplowanalytics.snowplow/${name}/jsonschema/${version}`;

export const buildSelfDescribingEvent: TrackerCoreApi['buildSelfDescribingEvent'] = ({ event }) => {
  const builder = payloadBuilder();
  const { schema, data } = event;
  builder.add('e', 'ue');
  builder.addJson('ue_px', 'ue_pr', { schema: schemaOf('unstruct_event'), data: { schema, data } });
  return builder;
};

/** The named members that are there, in the order of their names; that of `kept` even if it is not. */
const pick = (event: object, names: string, kept = ''): Record<string, unknown> => {
  const all = names.split(' ').map((name) => [name, (event as Record<string, unknown>)[name]]);
  return removeEmptyProperties(Object.fromEntries(all) as Record<string, unknown>, { [kept]: true });
};

const build = (schema: string, data: Record<string, unknown>): PayloadBuilder =>
  buildSelfDescribingEvent({ event: { schema, data } });

/** A builder of events of one schema. */
const builderOf =
  (name: string, names: string, version?: string) =>
  (event: object): PayloadBuilder =>
    build(schemaOf(name, version), pick(event, names));

export const buildScreenView: TrackerCoreApi['buildScreenView'] = /* @__PURE__ */ builderOf('screen_view', 'name id');

export const buildLinkClick: TrackerCoreApi['buildLinkClick'] = /* @__PURE__ */ builderOf(
  'link_click',
  'targetUrl elementId elementClasses elementTarget elementContent',
  '1-0-1',
);

export const buildAdImpression: TrackerCoreApi['buildAdImpression'] = /* @__PURE__ */ builderOf(
  'ad_impression',
  'impressionId costModel cost targetUrl bannerId zoneId advertiserId campaignId',
);

export const buildAdClick: TrackerCoreApi['buildAdClick'] = /* @__PURE__ */ builderOf(
  'ad_click',
  'targetUrl clickId costModel cost bannerId zoneId impressionId advertiserId campaignId',
);

export const buildAdConversion: TrackerCoreApi['buildAdConversion'] = /* @__PURE__ */ builderOf(
  'ad_conversion',
  'conversionId costModel cost category action property initialValue advertiserId campaignId',
);

export const buildSocialInteraction: TrackerCoreApi['buildSocialInteraction'] = /* @__PURE__ */ builderOf(
  'social_interaction',
  'action network target',
);

const CART = 'sku quantity name category unitPrice currency';

export const buildAddToCart: TrackerCoreApi['buildAddToCart'] = /* @__PURE__ */ builderOf('add_to_cart', CART);

export const buildRemoveFromCart: TrackerCoreApi['buildRemoveFromCart'] = /* @__PURE__ */ builderOf(
  'remove_from_cart',
  CART,
);

/** Where each of the two schemas has the type of the field. */
const TYPES: ReadonlyMap<unknown, string> = /* @__PURE__ */ new Map([
  ['change_form', 'type'],
  ['focus_form', 'elementType'],
]);

export const buildFormFocusOrChange: TrackerCoreApi['buildFormFocusOrChange'] = (event) => {
  const name = TYPES.get(event.schema);
  const data = pick(event, 'formId elementId nodeName elementClasses value', 'value');
  if (name === undefined) return build('', data);
  return build(schemaOf(event.schema), { ...data, ...removeEmptyProperties({ [name]: event.type }) });
};

export const buildFormSubmission: TrackerCoreApi['buildFormSubmission'] = /* @__PURE__ */ builderOf(
  'submit_form',
  'formId formClasses elements',
);

export const buildSiteSearch: TrackerCoreApi['buildSiteSearch'] = /* @__PURE__ */ builderOf(
  'site_search',
  'terms filters totalResults pageResults',
);

/** A builder of events about a document, which goes along as an entity. */
const consentBuilderOf =
  (name: string, names: string) =>
  (event: ConsentGrantedEvent | ConsentWithdrawnEvent): EventPayloadAndContext => ({
    event: build(schemaOf(name), pick(event, names)),
    context: [{ schema: schemaOf('consent_document'), data: pick(event, 'id version name description') }],
  });

export const buildConsentGranted: TrackerCoreApi['buildConsentGranted'] = /* @__PURE__ */ consentBuilderOf(
  'consent_granted',
  'expiry',
);

export const buildConsentWithdrawn: TrackerCoreApi['buildConsentWithdrawn'] = /* @__PURE__ */ consentBuilderOf(
  'consent_withdrawn',
  'all',
);
