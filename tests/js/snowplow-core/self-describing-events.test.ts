// Self-describing events: what the peer's builders make, to the byte, whatever the members are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import * as ours from '../../../js/src/snowplow-core/self-describing-events.ts';
import { eventsOf, NO_EVENTS, ODD, outcome } from './both.ts';

type Name = keyof typeof ours;

const ad = ['costModel', 'cost', 'advertiserId', 'campaignId'];
const cart = ['sku', 'quantity', 'name', 'category', 'unitPrice', 'currency'];
const field = ['formId', 'elementId', 'nodeName', 'elementClasses', 'value', 'type'];
const document = ['id', 'version', 'name', 'description'];
const members: Record<Exclude<Name, 'buildSelfDescribingEvent'>, string[]> = {
  buildScreenView: ['name', 'id'],
  buildLinkClick: ['targetUrl', 'elementId', 'elementClasses', 'elementTarget', 'elementContent'],
  buildAdImpression: [...ad, 'impressionId', 'targetUrl', 'bannerId', 'zoneId'],
  buildAdClick: [...ad, 'targetUrl', 'clickId', 'bannerId', 'zoneId', 'impressionId'],
  buildAdConversion: [...ad, 'conversionId', 'category', 'action', 'property', 'initialValue'],
  buildSocialInteraction: ['action', 'network', 'target'],
  buildAddToCart: cart,
  buildRemoveFromCart: cart,
  buildFormFocusOrChange: field,
  buildFormSubmission: ['formId', 'formClasses', 'elements'],
  buildSiteSearch: ['terms', 'filters', 'totalResults', 'pageResults'],
  buildConsentGranted: [...document, 'expiry'],
  buildConsentWithdrawn: [...document, 'all'],
};

for (const [name, all] of Object.entries(members) as [keyof typeof members, string[]][]) {
  test(`${name} gives the event that the peer's gives`, () => {
    for (const event of [...eventsOf(all), ...NO_EVENTS])
      assert.deepEqual(outcome(ours[name], event), outcome(peer[name], event), JSON.stringify(event));
  });

  test(`${name} has each member, and no other`, () => {
    const event = Object.fromEntries([...all, 'other'].map((member) => [member, member]));
    const text = JSON.stringify(outcome(ours[name], { schema: 'focus_form', ...event }));
    for (const member of all) assert.ok(text.includes(`\\":\\"${member}\\"`), member);
    assert.ok(!text.includes('other'));
  });
}

for (const schema of ['change_form', 'focus_form', 'submit_form', '', undefined, 'toString', 5]) {
  test(`a form's field that is ${JSON.stringify(schema)} gives what the peer's gives`, () => {
    for (const event of eventsOf(field, 50)) {
      const whole = { ...event, schema };
      const [mine, theirs] = [ours, peer].map((core) => outcome(core.buildFormFocusOrChange, whole));
      assert.deepEqual(mine, theirs, JSON.stringify(whole));
    }
  });
}

test('buildSelfDescribingEvent takes data as they are', () => {
  const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
  const whole = { schema, data: { none: null, missing: undefined, empty: '', zero: 0, é: '>>>???' } };
  const inputs = [...ODD.flatMap((data) => [{ schema, data }, { schema: data }, data]), whole];
  for (const input of [...inputs.map((event) => ({ event })), ...NO_EVENTS]) {
    const [mine, theirs] = [ours, peer].map((core) => outcome(core.buildSelfDescribingEvent, input));
    assert.deepEqual(mine, theirs, JSON.stringify(input));
  }
});
