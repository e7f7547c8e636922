// The types of the face `piste/snowplow` for the builders of events: what each takes, as in `@snowplow/tracker-core`.
import type { PayloadBuilder, SelfDescribingJson } from '../tracker-core/types.ts';

/** A self-describing event (`e=ue`). */
export interface SelfDescribingEvent<T = Record<string, unknown>> {
  event: SelfDescribingJson<T>;
}

/** A structured event (`e=se`). */
export interface StructuredEvent {
  category: string;
  action: string;
  label?: string;
  property?: string;
  value?: number;
}

/** A page view (`e=pv`) as its builder takes it. A tracker's `trackPageView` finds these out by itself. */
export interface PageViewEvent {
  pageUrl?: string | null;
  pageTitle?: string | null;
  referrer?: string | null;
}

/** A page ping (`e=pp`). Offsets in CSS pixels. */
export interface PagePingEvent extends PageViewEvent {
  minXOffset?: number;
  maxXOffset?: number;
  minYOffset?: number;
  maxYOffset?: number;
}

/** A purchase (`e=tr`). */
export interface EcommerceTransactionEvent {
  orderId: string;
  total: number;
  /** The shop, or its branch. */
  affiliation?: string;
  tax?: number;
  shipping?: number;
  city?: string;
  state?: string;
  country?: string;
  /** ISO 4217. */
  currency?: string;
}

/** One item of a purchase (`e=ti`). */
export interface EcommerceTransactionItemEvent {
  orderId: string;
  sku: string;
  price: number;
  name?: string;
  category?: string;
  quantity?: number;
  currency?: string;
}

/** Schema screen_view 1-0-0. At least one of the two. */
export interface ScreenViewEvent {
  name?: string;
  id?: string;
}

/** Schema link_click 1-0-1. */
export interface LinkClickEvent {
  targetUrl: string;
  elementId?: string;
  elementClasses?: Array<string>;
  elementTarget?: string;
  /** The link's inner HTML. */
  elementContent?: string;
}

/** Schema ad_impression 1-0-0. */
export interface AdImpressionEvent {
  impressionId?: string;
  /** Needed with `cost`: per action, click or thousand. */
  costModel?: 'cpa' | 'cpc' | 'cpm';
  cost?: number;
  targetUrl?: string;
  bannerId?: string;
  zoneId?: string;
  advertiserId?: string;
  campaignId?: string;
}

/** Schema ad_click 1-0-0. */
export interface AdClickEvent {
  targetUrl: string;
  clickId?: string;
  costModel?: 'cpa' | 'cpc' | 'cpm';
  cost?: number;
  bannerId?: string;
  zoneId?: string;
  impressionId?: string;
  advertiserId?: string;
  campaignId?: string;
}

/** Schema ad_conversion 1-0-0. */
export interface AdConversionEvent {
  conversionId?: string;
  costModel?: 'cpa' | 'cpc' | 'cpm';
  cost?: number;
  category?: string;
  /** As `purchase`. */
  action?: string;
  property?: string;
  /** What it is worth at first. */
  initialValue?: number;
  advertiserId?: string;
  campaignId?: string;
}

/** Schema social_interaction 1-0-0. */
export interface SocialInteractionEvent {
  action: string;
  network: string;
  /** On what, as the id of a post. */
  target?: string;
}

/** Schema add_to_cart 1-0-0. */
export interface AddToCartEvent {
  sku: string;
  /** How many were added. */
  quantity: number;
  name?: string;
  category?: string;
  unitPrice?: number;
  currency?: string;
}

/** Schema remove_from_cart 1-0-0. */
export interface RemoveFromCartEvent {
  sku: string;
  /** How many were removed. */
  quantity: number;
  name?: string;
  category?: string;
  unitPrice?: number;
  currency?: string;
}

/** Schemas change_form and focus_form 1-0-0. */
export interface FormFocusOrChangeEvent {
  /** Which of the two. */
  schema: 'change_form' | 'focus_form';
  formId: string;
  elementId: string;
  /** `INPUT`, `TEXTAREA` or `SELECT`. */
  nodeName: string;
  value: string | null;
  /** As `text` or `checkbox`. */
  type?: string | null;
  elementClasses?: Array<string> | null;
}

/** One element of a form that was sent. */
export type FormElement = {
  name: string;
  value: string | null;
  /** `INPUT`, `TEXTAREA` or `SELECT`. */
  nodeName: string;
  type?: string | null;
};

/** Schema submit_form 1-0-0. */
export interface FormSubmissionEvent {
  formId: string;
  formClasses?: Array<string>;
  elements?: Array<FormElement>;
}

/** Schema site_search 1-0-0. */
export interface SiteSearchEvent {
  /** At least one. */
  terms: Array<string>;
  filters?: Record<string, string | boolean>;
  /** How many were found. */
  totalResults?: number;
  /** How many are on this page. */
  pageResults?: number;
}

/** Schema consent_withdrawn 1-0-0, and the document that it is about. */
export interface ConsentWithdrawnEvent {
  /** Whether all consent is withdrawn. */
  all: boolean;
  id?: string;
  version?: string;
  name?: string;
  description?: string;
}

/** Schema consent_granted 1-0-0, and the document that it is about. */
export interface ConsentGrantedEvent {
  id: string;
  version: string;
  name?: string;
  description?: string;
  /** Date and time of its end, as ISO 8601. */
  expiry?: string;
}

/** An event, and the entities that the caller must send along with it. */
export interface EventPayloadAndContext {
  event: PayloadBuilder;
  context: Array<SelfDescribingJson>;
}
