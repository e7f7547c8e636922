// The entry `piste/events`: the self-describing events that every Snowplow pipeline knows, as typed functions. Each
// gives an event for `tracker.trackSelfDescribing()`; a bundler keeps those that are used.
import { maker, pick, schemaOf, type Optional } from './event-makers.ts';
import type { Entity, EventOptions, SelfDescribingEvent } from './types.ts';

/** A view of a screen of an app. At least one member. */
export type ScreenView = Optional<{
  name: string;
  id: string;
}>;
export const screenView = /* @__PURE__ */ maker<ScreenView>('screen_view', 'name id');

export type LinkClick = {
  /** Not empty. */
  readonly targetUrl: string;
} & Optional<{
  elementId: string;
  elementClasses: readonly string[];
  /** The attribute `target`. */
  elementTarget: string;
  elementContent: string;
}>;
export const linkClick = /* @__PURE__ */ maker<LinkClick>(
  'link_click',
  'targetUrl elementId elementClasses elementTarget elementContent',
  '1-0-1',
);

/** What an advertisement costs: for an action, a click, or a thousand impressions. */
export type CostModel = 'cpa' | 'cpc' | 'cpm';

/** What events of advertisements share. */
type Ad = Optional<{
  costModel: CostModel;
  /** Not below 0. */
  cost: number;
  advertiserId: string;
  campaignId: string;
}>;

/** At least one member. */
export type AdImpression = Ad &
  Optional<{
    impressionId: string;
    targetUrl: string;
    bannerId: string;
    zoneId: string;
  }>;
export const adImpression = /* @__PURE__ */ maker<AdImpression>(
  'ad_impression',
  'impressionId costModel cost targetUrl bannerId zoneId advertiserId campaignId',
);

export type AdClick = {
  readonly targetUrl: string;
} & Ad &
  Optional<{
    clickId: string;
    bannerId: string;
    zoneId: string;
    /** The impression that was clicked. */
    impressionId: string;
  }>;
export const adClick = /* @__PURE__ */ maker<AdClick>(
  'ad_click',
  'targetUrl clickId costModel cost bannerId zoneId impressionId advertiserId campaignId',
);

/** At least one member. */
export type AdConversion = Ad &
  Optional<{
    conversionId: string;
    category: string;
    action: string;
    property: string;
    /** Not below 0. */
    initialValue: number;
  }>;
export const adConversion = /* @__PURE__ */ maker<AdConversion>(
  'ad_conversion',
  'conversionId costModel cost category action property initialValue advertiserId campaignId',
);

export type SocialInteraction = {
  /** As `like`. */
  readonly action: string;
  readonly network: string;
} & Optional<{
  /** What was acted on. */
  target: string;
}>;
export const socialInteraction = /* @__PURE__ */ maker<SocialInteraction>(
  'social_interaction',
  'action network target',
);

/** An article that goes into the cart, or out of it. */
export type CartChange = {
  readonly sku: string;
  readonly quantity: number;
} & Optional<{
  name: string;
  category: string;
  unitPrice: number;
  /** ISO 4217. */
  currency: string;
}>;
const CART = 'sku quantity name category unitPrice currency';
export const addToCart = /* @__PURE__ */ maker<CartChange>('add_to_cart', CART);
export const removeFromCart = /* @__PURE__ */ maker<CartChange>('remove_from_cart', CART);

export type FormNode = 'INPUT' | 'TEXTAREA' | 'SELECT';

/** An element of a form whose value has changed. */
export type FormChange = {
  readonly formId: string;
  readonly elementId: string;
  readonly nodeName: FormNode;
  /** Null is a value, and stays. At most 65,535 characters. */
  readonly value: string | null;
} & Optional<{
  elementClasses: readonly string[];
  /** Of an INPUT, as `checkbox`. */
  type: string;
}>;
export const changeForm = /* @__PURE__ */ maker<FormChange>(
  'change_form',
  'formId elementId nodeName elementClasses value type',
  undefined,
  'value',
);

/** An element of a form that has the focus. */
export type FormFocus = Omit<FormChange, 'type'> &
  Optional<{
    /** Of an INPUT, as `checkbox`. */
    elementType: string;
  }>;
export const focusForm = /* @__PURE__ */ maker<FormFocus>(
  'focus_form',
  'formId elementId nodeName elementClasses value elementType',
  undefined,
  'value',
);

export type FormElement = {
  readonly name: string;
  readonly value: string | null;
  readonly nodeName: FormNode;
} & Optional<{
  /** Of an INPUT, as `checkbox`. */
  type: string;
}>;

export type FormSubmission = {
  readonly formId: string;
} & Optional<{
  formClasses: readonly string[];
  elements: readonly FormElement[];
}>;
export const submitForm = /* @__PURE__ */ maker<FormSubmission>('submit_form', 'formId formClasses elements');

export type SiteSearch = {
  /** What was searched for: at least one. */
  readonly terms: readonly string[];
} & Optional<{
  filters: Readonly<Record<string, string | boolean>>;
  /** Found. */
  totalResults: number;
  /** Of these on the first page. */
  pageResults: number;
}>;
export const siteSearch = /* @__PURE__ */ maker<SiteSearch>('site_search', 'terms filters totalResults pageResults');

/** What the visitor was shown: the entity `consent_document`. */
export type ConsentDocument = {
  /** At most 36 characters. */
  readonly id: string;
  /** At most 36 characters. */
  readonly version: string;
} & Optional<{
  /** At most 60 characters. */
  name: string;
  /** At most 10,000 characters. */
  description: string;
}>;
export const consentDocument = (document: ConsentDocument): Entity => ({
  schema: schemaOf('consent_document'),
  data: pick(document, 'id version name description'),
});

/** `event` with its document before the other entities. */
const withDocument = (event: SelfDescribingEvent, document: ConsentDocument): SelfDescribingEvent => ({
  ...event,
  entities: [consentDocument(document)].concat(event.entities ?? []), // what is no list is refused as an entity
});

export type ConsentGrant = ConsentDocument &
  Optional<{
    /** When it ends: ISO 8601. */
    expiry: string;
  }>;
const granted = /* @__PURE__ */ maker<ConsentGrant>('consent_granted', 'expiry');
export const consentGranted = (grant: ConsentGrant, options?: EventOptions): SelfDescribingEvent =>
  withDocument(granted(grant, options), grant);

export type ConsentWithdrawal = ConsentDocument & {
  /** All consent, and not that to this document alone. */
  readonly all: boolean;
};
const withdrawn = /* @__PURE__ */ maker<ConsentWithdrawal>('consent_withdrawn', 'all');
export const consentWithdrawn = (withdrawal: ConsentWithdrawal, options?: EventOptions): SelfDescribingEvent =>
  withDocument(withdrawn(withdrawal, options), withdrawal);
