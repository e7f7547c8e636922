// Structured events, from the shortest to the fullest.
import { trackStructEvent, type CommonEventProperties, type StructuredEvent } from '@snowplow/browser-tracker';

export const shortest = (): void => trackStructEvent({ category: 'menu', action: 'open' });

export const fullest = (): void =>
  trackStructEvent(
    {
      category: 'basket',
      action: 'add',
      label: 'A1',
      property: 'pcs',
      value: 2,
      context: [{ schema: 'iglu:com.acme/product/jsonschema/1-0-0', data: { sku: 'A1', price: 9.5 } }],
      timestamp: Date.now(),
    },
    ['site'],
  );

/** As a component's property. */
export const onClick =
  (event: StructuredEvent): (() => void) =>
  () =>
    trackStructEvent(event);

/** Names of the site's own, checked when it is compiled. */
type Category = 'menu' | 'basket';

export function say(category: Category, action: string, more: Omit<StructuredEvent, 'category' | 'action'>): void {
  trackStructEvent({ category, action, ...more });
}

export function sayWith(event: StructuredEvent & CommonEventProperties): void {
  trackStructEvent({ ...event, label: event.label ?? 'none' });
}
