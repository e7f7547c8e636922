// The entry piste/events: the same data as the peer's builders make, and data that the published schemas take.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import { Registry } from '../../examples/collector/src/registry.mjs';
import * as events from '../../js/src/events.ts';
import type { SelfDescribingEvent } from '../../js/src/types.ts';

const CENTRAL = fileURLToPath(new URL('../../../shared/iglu-central/schemas', import.meta.url));
const skip = existsSync(CENTRAL) ? false : 'the published schemas are not beside this checkout';

const ad = { costModel: 'cpc', cost: 0, advertiserId: 'a', campaignId: 'c' } as const;
const cart = { sku: '1', quantity: 0, name: '', category: 'skis', unitPrice: 9.5, currency: 'EUR' };
const field = { formId: 'f', elementId: 'e', nodeName: 'INPUT', elementClasses: ['a', 'b'] } as const;
const document = { id: '1', version: '2', name: 'n', description: 'é' };
const screen = { name: 'n', id: 'i' };
const link = {
  targetUrl: 'https://a.test/',
  elementId: 'e',
  elementClasses: [],
  elementTarget: '',
  elementContent: 'c',
};
const impression = { impressionId: 'i', targetUrl: 't', bannerId: 'b', zoneId: 'z', ...ad };
const click = { targetUrl: 't', clickId: 'k', bannerId: 'b', zoneId: 'z', impressionId: 'i', ...ad };
const conversion = { conversionId: 'v', category: 'c', action: 'a', property: 'p', initialValue: 0, ...ad };
const social = { action: 'like', network: 'n', target: 't' };
const submission = {
  formId: 'f',
  formClasses: ['a'],
  elements: [{ name: 'n', value: null, nodeName: 'INPUT' }],
} as const;
const search = { terms: ['skis'], filters: { new: true, colour: 'red' }, totalResults: 3, pageResults: 0 };
const grant = { ...document, expiry: '2030-01-01T00:00:00.000Z' };
const withdrawal = { ...document, all: false };

type Builder = (data: never) => unknown;
type Maker = (data: never) => SelfDescribingEvent;
interface Case {
  make: Maker;
  build: Builder;
  data: object;
  /** What must be there. */
  required: readonly string[];
}

const one = <T>(
  make: (data: T) => SelfDescribingEvent,
  build: (data: never) => unknown,
  data: T & object,
  required: readonly (keyof T & string)[],
): Case => ({ make, build, data, required });

const form =
  (schema: 'change_form' | 'focus_form'): Builder =>
  ({ elementType, type = elementType, ...data }: { elementType?: string; type?: string }) =>
    peer.buildFormFocusOrChange({ schema, ...data, type } as never);

const cases: Record<string, Case> = {
  screenView: one(events.screenView, peer.buildScreenView, screen, []),
  linkClick: one(events.linkClick, peer.buildLinkClick, link, ['targetUrl']),
  adImpression: one(events.adImpression, peer.buildAdImpression, impression, []),
  adClick: one(events.adClick, peer.buildAdClick, click, ['targetUrl']),
  adConversion: one(events.adConversion, peer.buildAdConversion, conversion, []),
  socialInteraction: one(events.socialInteraction, peer.buildSocialInteraction, social, ['action', 'network']),
  addToCart: one(events.addToCart, peer.buildAddToCart, cart, ['sku', 'quantity']),
  removeFromCart: one(events.removeFromCart, peer.buildRemoveFromCart, cart, ['sku', 'quantity']),
  changeForm: one(events.changeForm, form('change_form'), { ...field, value: 'v', type: 'text' }, [
    'formId',
    'elementId',
    'nodeName',
    'value',
  ]),
  focusForm: one(events.focusForm, form('focus_form'), { ...field, value: 'v', elementType: 'text' }, [
    'formId',
    'elementId',
    'nodeName',
    'value',
  ]),
  submitForm: one(events.submitForm, peer.buildFormSubmission, submission, ['formId']),
  siteSearch: one(events.siteSearch, peer.buildSiteSearch, search, ['terms']),
  consentGranted: one(events.consentGranted, peer.buildConsentGranted, grant, ['id', 'version']),
  consentWithdrawn: one(events.consentWithdrawn, peer.buildConsentWithdrawn, withdrawal, ['id', 'version', 'all']),
};

interface Built {
  getJson(): { json: { data: { schema: string; data: object } } }[];
}

/** What the peer makes: the event as JSON text, and its entities. */
function peers(build: Builder, data: object): [string, unknown] {
  const built = build(data as never) as Built | { event: Built; context: unknown };
  const { event, context } = 'event' in built ? built : { event: built, context: undefined };
  return [JSON.stringify(event.getJson()[0]?.json.data), context];
}

function ours(make: Maker, data: object): [string, unknown] {
  const { schema, data: made, entities } = make(data as never);
  return [JSON.stringify({ schema, data: made }), entities];
}

/** The data with each member that may be missing as it is, missing, null, undefined, empty. */
function* variations({ data, required }: Case): Generator<object> {
  yield data;
  yield Object.fromEntries(Object.entries(data).filter(([name]) => required.includes(name)));
  for (const name of Object.keys(data)) {
    for (const value of required.includes(name) ? [''] : [null, undefined, '', 0, false])
      yield { ...data, [name]: value };
  }
  yield { ...Object.fromEntries(Object.entries(data).reverse()), unknown: 1 };
}

describe('the same as the peer makes, member for member and in its order', () => {
  for (const [name, one] of Object.entries(cases)) {
    test(name, () => {
      for (const data of variations(one)) {
        assert.deepEqual(ours(one.make, data), peers(one.build, data), JSON.stringify(data));
      }
    });
  }

  test('each function of the entry is among them', () => {
    const makers = Object.keys(events).filter((name) => name !== 'consentDocument');
    assert.deepEqual(Object.keys(cases).sort(), makers.sort());
  });
});

describe('the published schemas', { skip }, () => {
  const registry = new Registry();
  const errors = ({ schema, data }: { schema: string; data: unknown }): string[] => {
    const path = join(CENTRAL, schema.replace('iglu:', ''));
    registry.add(schema, JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
    return registry.errors(schema, data, true);
  };

  for (const [name, { make, data, required }] of Object.entries(cases)) {
    test(`take what ${name} makes of all members, and of those that must be there`, () => {
      const least = Object.fromEntries(Object.entries(data).filter(([member]) => required.includes(member)));
      for (const given of required.length > 0 ? [data, least] : [data]) {
        const { entities = [], ...event } = make(given as never);
        assert.deepEqual([event, ...entities].flatMap(errors), []);
      }
    });

    test(`miss what ${name} was not given`, () => {
      for (const member of required) {
        const { entities = [], ...event } = make({ ...data, [member]: undefined } as never);
        assert.notDeepEqual([event, ...entities].flatMap(errors), [], member);
      }
    });
  }
});

test('what every event can carry goes along; the document of a consent is its first entity', () => {
  const entities = [{ schema: 'iglu:a/b/jsonschema/1-0-0', data: {} }];
  const options = { priority: 'high', trueTimestamp: 5, entities } as const;
  assert.deepEqual(events.linkClick({ targetUrl: 't' }, options), {
    ...options,
    schema: 'iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1',
    data: { targetUrl: 't' },
  });
  const granted = events.consentGranted({ id: '1', version: '2' }, options);
  assert.deepEqual(granted.entities, [events.consentDocument({ id: '1', version: '2' }), ...entities]);
  assert.deepEqual([granted.priority, granted.data, entities.length], ['high', {}, 1]);
});

test('what is given is not changed, and what is made is not shared', () => {
  const elementClasses = Object.freeze(['a']);
  const data = Object.freeze({ targetUrl: 't', elementClasses });
  const made = [events.linkClick(data), events.linkClick(data)];
  assert.notEqual(made[0]?.data, made[1]?.data);
});

test('whatever it is given it does not throw, and what could not be read is no data', () => {
  const getter = {
    get targetUrl(): string {
      throw new Error('the site’s');
    },
  };
  for (const data of [null, undefined, 5, 'text', getter]) {
    for (const { make } of Object.values(cases)) assert.doesNotThrow(() => make(data as never));
    assert.equal(events.linkClick(data as never).data, undefined);
  }
  const options = {
    get priority(): never {
      throw new Error('the site’s');
    },
  };
  assert.deepEqual(events.linkClick({ targetUrl: 't' }, options).data, { targetUrl: 't' });
  const wrong = events.consentGranted({ id: '1', version: '2' }, { entities: {} as never });
  assert.deepEqual(wrong.entities?.slice(1), [{}], 'the tracker will refuse it');
});
