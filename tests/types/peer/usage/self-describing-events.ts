// Self-describing events: plain ones, and those with a type of their own, as generated code has them.
import {
  trackSelfDescribingEvent,
  type CommonEventProperties,
  type SelfDescribingEvent,
  type SelfDescribingJson,
} from '@snowplow/browser-tracker';

export const plain = (): void =>
  trackSelfDescribingEvent({
    event: { schema: 'iglu:com.acme/search/jsonschema/1-0-0', data: { terms: ['shoes'], found: 3, exact: null } },
  });

export const withEntities = (): void =>
  trackSelfDescribingEvent(
    {
      event: { schema: 'iglu:com.acme/save/jsonschema/1-0-0', data: {} },
      context: [{ schema: 'iglu:com.acme/article/jsonschema/2-0-0', data: { id: 7, tags: ['a', 'b'] } }],
      timestamp: { type: 'ttm', value: 1700000000000 },
    },
    ['site', 'group'],
  );

/** An interface has no index signature, and must do all the same. */
export interface Checkout {
  step: number;
  method?: 'card' | 'invoice';
}

export const typed = (data: Checkout): void =>
  trackSelfDescribingEvent<Checkout>({ event: { schema: 'iglu:com.acme/checkout/jsonschema/1-0-0', data } });

/** The type is found by itself. */
export const inferred = (data: Checkout): void =>
  trackSelfDescribingEvent({ event: { schema: 'iglu:com.acme/checkout/jsonschema/1-0-0', data } });

/** What a generator of code writes for each event and entity. */
export function createCheckout(data: Checkout): SelfDescribingJson<Checkout> {
  return { schema: 'iglu:com.acme/checkout/jsonschema/1-0-0', data };
}

export interface User {
  plan: string;
}

export const createUser = (data: User): SelfDescribingJson<User> => ({
  schema: 'iglu:com.acme/user/jsonschema/1-0-0',
  data,
});

export function trackCheckout<T extends object = User>(
  checkout: Checkout & { context?: Array<SelfDescribingJson<T>> },
  trackers?: string[],
): void {
  const { context, ...data } = checkout;
  const properties: CommonEventProperties<T> = context ? { context } : {};
  trackSelfDescribingEvent({ event: createCheckout(data), ...(properties as CommonEventProperties) }, trackers);
}

/** An event in an event: an alias passes for a record. */
export const wrapped = (inner: SelfDescribingJson): void =>
  trackSelfDescribingEvent({ event: { schema: 'iglu:com.acme/wrapper/jsonschema/1-0-0', data: inner } });

/** What a site may have kept of another tracker. */
export const forward = (events: Array<SelfDescribingEvent & CommonEventProperties>): void =>
  events.forEach((event) => trackSelfDescribingEvent(event));
