// Entities of all events: as they are, made for each, under conditions, and with names.
import {
  addGlobalContexts,
  clearGlobalContexts,
  removeGlobalContexts,
  type ConditionalContextProvider,
  type ContextEvent,
  type ContextFilter,
  type ContextGenerator,
  type ContextPrimitive,
  type FilterProvider,
  type RuleSet,
  type RuleSetProvider,
  type SelfDescribingJson,
} from '@snowplow/browser-tracker';

const user: SelfDescribingJson = {
  schema: 'iglu:com.acme/user/jsonschema/1-0-0',
  data: { id: 1234, name: 'Ada' },
};

export const always = (): void => addGlobalContexts([user]);

/** Made for each event, and for some of them not. */
const onlyOnPages: ContextGenerator = (args) =>
  args?.eventType === 'pv' ? { schema: 'iglu:com.acme/page/jsonschema/1-0-0', data: { layout: 'wide' } } : undefined;

export const generated = (): void => addGlobalContexts([onlyOnPages, () => [user, user]], ['site']);

/** By what the event holds. */
const isOfShop: ContextFilter = (args?: ContextEvent) => args?.event['aid'] === 'shop';

export function filtered(): void {
  const provider: FilterProvider = [isOfShop, [user, onlyOnPages]];
  addGlobalContexts([provider]);
}

/** By the event's schema. */
export function ruled(): void {
  const rules: RuleSet = {
    accept: ['iglu:com.acme/*/jsonschema/*-*-*'],
    reject: 'iglu:com.acme/secret/jsonschema/1-0-0',
  };
  const provider: RuleSetProvider = [rules, user];
  addGlobalContexts([provider, [{ accept: 'iglu:com.acme/cart/jsonschema/1-*-*' }, [user]]]);
}

/** A name lets an entity be replaced. */
export function named(plan: string): void {
  addGlobalContexts({
    user,
    plan: { schema: 'iglu:com.acme/plan/jsonschema/1-0-0', data: { plan } },
    page: onlyOnPages,
    shop: [isOfShop, user],
  });
}

export function removed(): void {
  removeGlobalContexts(['plan', 'page']);
  removeGlobalContexts([user, onlyOnPages], ['site']);
  clearGlobalContexts();
  clearGlobalContexts(['site']);
}

/** Lists of all kinds, put together before there is a tracker. */
export function collected(conditional: ConditionalContextProvider[], primitives: ContextPrimitive[]): void {
  addGlobalContexts([...conditional, ...primitives]);
}

export function collectedByName(entities: Map<string, ContextPrimitive>): void {
  addGlobalContexts(Object.fromEntries(entities));
}
