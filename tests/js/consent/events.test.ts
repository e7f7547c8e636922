// Events of consent: what the published schemas take, and what is tracked after each change.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test, type TestContext } from 'node:test';
import { Registry } from '../../../examples/collector/src/registry.mjs';
import {
  cmpVisible,
  consentGranted,
  consentPreferences,
  trackConsentChanges,
  type ConsentChangeOptions,
  type ConsentEventType,
} from '../../../js/src/consent/events.ts';
import type { ConsentStates } from '../../../js/src/consent/types.ts';
import * as events from '../../../js/src/events.ts';
import type { SelfDescribingEvent } from '../../../js/src/types.ts';
import { openPage } from '../fake-page.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';

const CENTRAL = fileURLToPath(new URL('../../../../shared/iglu-central/schemas', import.meta.url));
const skip = existsSync(CENTRAL) ? false : 'the published schemas are not beside this checkout';
const registry = new Registry();
const errors = ({ schema, data }: SelfDescribingEvent): string[] => {
  registry.add(schema, JSON.parse(readFileSync(join(CENTRAL, schema.replace('iglu:', '')), 'utf8')) as never);
  return registry.errors(schema, data, true);
};

const POLICY = { consentUrl: 'https://shop.example/privacy', consentVersion: '4' };
const preferences = {
  ...POLICY,
  eventType: 'allow_selected',
  basisForProcessing: 'consent',
  consentScopes: ['analytics'],
  domainsApplied: ['shop.example'],
} as const;

describe('the published schemas', { skip }, () => {
  test('take what is made of all members, and of those that must be there', () => {
    for (const event of [
      cmpVisible({ elapsedTime: 0 }),
      consentPreferences(preferences),
      consentPreferences({ ...preferences, gdprApplies: true }),
      consentPreferences({ ...preferences, gdprApplies: null }),
    ]) {
      assert.deepEqual(errors(event), []);
    }
  });

  test('take each type and each basis that there is', () => {
    const { properties } = JSON.parse(
      readFileSync(join(CENTRAL, consentPreferences(preferences).schema.replace('iglu:', '')), 'utf8'),
    ) as { properties: Record<string, { enum: string[] }> };
    const types: Record<ConsentEventType, true> = {
      ...{ allow_all: true, allow_selected: true, deny_all: true, pending: true },
      ...{ implicit_consent: true, withdrawn: true, expired: true },
    };
    assert.deepEqual(Object.keys(types).sort(), properties['eventType']?.enum.sort());
  });

  test('miss what is not there', () => {
    assert.notDeepEqual(errors(cmpVisible({} as never)), []);
    for (const name of Object.keys(preferences)) {
      assert.notDeepEqual(errors(consentPreferences({ ...preferences, [name]: undefined })), [], name);
    }
  });
});

test('the members are in the order of the peer; what every event can carry goes along', () => {
  const shuffled = Object.fromEntries(Object.entries({ ...preferences, gdprApplies: false, more: 1 }).reverse());
  const { data, priority } = consentPreferences(shuffled as never, { priority: 'high' });
  assert.deepEqual(Object.keys(data as object), [
    ...['eventType', 'basisForProcessing', 'consentUrl', 'consentVersion', 'consentScopes', 'domainsApplied'],
    'gdprApplies',
  ]);
  assert.equal(priority, 'high');
});

test('the events of piste/events are the same here', () => assert.equal(consentGranted, events.consentGranted));

function open(t: TestContext, options: Partial<ConsentChangeOptions> = {}) {
  openPage(t);
  const fake = createFakeConsent();
  const tracked: (SelfDescribingEvent & { purpose?: string | undefined; data: Record<string, unknown> })[] = [];
  const tracker = { trackSelfDescribing: (event: SelfDescribingEvent) => void tracked.push(event as never) };
  const end = trackConsentChanges(tracker, fake.consent, { ...POLICY, ...options });
  return { ...fake, tracked, end };
}

describe('what a change is called', () => {
  const table: [steps: [ConsentStates, source?: string][], type: ConsentEventType, scopes: string[]][] = [
    [[[{ analytics: 'granted', marketing: 'granted' }]], 'allow_all', ['necessary', 'analytics', 'marketing']],
    [[[{ analytics: 'granted', marketing: 'denied' }]], 'allow_selected', ['necessary', 'analytics']],
    [[[{ analytics: 'granted' }]], 'allow_selected', ['necessary', 'analytics']],
    [[[{ analytics: 'denied', marketing: 'denied' }]], 'deny_all', ['necessary']],
    [[[{ marketing: 'denied' }, 'gpc']], 'pending', ['necessary']],
    [[[{ analytics: 'granted' }], [{ analytics: 'unknown' }]], 'pending', ['necessary']],
    [[[{ analytics: 'granted', marketing: 'denied' }], [{ analytics: 'denied' }]], 'withdrawn', ['necessary']],
    [[[{ analytics: 'granted' }], [{ analytics: 'denied' }]], 'withdrawn', ['necessary']],
    [
      [[{ analytics: 'granted', marketing: 'granted' }], [{ marketing: 'denied' }]],
      'allow_selected',
      ['necessary', 'analytics'],
    ],
    [
      [[{ analytics: 'granted', marketing: 'granted' }, 'tcf: not applicable']],
      'implicit_consent',
      ['necessary', 'analytics', 'marketing'],
    ],
  ];
  for (const [steps, type, scopes] of table) {
    test(`${type}: ${JSON.stringify(steps)}`, (t) => {
      const { consent, tracked } = open(t);
      for (const step of steps) consent.set(...step);
      assert.equal(tracked.length, steps.length);
      const { data, purpose } = tracked.at(-1) ?? {};
      assert.deepEqual([data?.['eventType'], data?.['consentScopes'], purpose], [type, scopes, 'necessary']);
      if (!skip) assert.deepEqual(tracked.flatMap(errors), []);
    });
  }

  test('where nothing at all is granted the event is for what is necessary all the same', (t) => {
    const { consent, tracked } = open(t);
    consent.set({ necessary: 'denied', analytics: 'denied', marketing: 'denied' });
    assert.deepEqual(tracked[0]?.data['consentScopes'], ['necessary']);
  });
});

test('it says what the site says, and else the host of the page', (t) => {
  const first = open(t);
  first.consent.set({ analytics: 'granted' });
  assert.deepEqual(first.tracked[0]?.data, {
    eventType: 'allow_selected',
    basisForProcessing: 'consent',
    ...POLICY,
    consentScopes: ['necessary', 'analytics'],
    domainsApplied: ['shop.example'],
  });
  const entities = [consentGranted({ id: '1', version: '4' })];
  const more = { domainsApplied: ['a.test'], basisForProcessing: 'contract', gdprApplies: true } as const;
  const second = open(t, { ...more, priority: 'high', entities });
  second.consent.set({ analytics: 'granted' });
  const [event] = second.tracked;
  for (const [name, value] of Object.entries(more)) assert.deepEqual(event?.data[name], value);
  assert.deepEqual([event?.priority, event?.entities], ['high', entities]);
});

test('a change of nothing but the source is none', (t) => {
  const { consent, tracked } = open(t);
  consent.set({ analytics: 'denied' }, 'gpc');
  consent.set({ analytics: 'denied' }, 'banner');
  assert.equal(tracked.length, 1);
});

test('listeners that are called for nothing track nothing', (t) => {
  const { listeners, consent, tracked } = open(t);
  for (const listener of listeners) listener(consent.get());
  assert.equal(tracked.length, 0);
});

test('what was decided on another page is tracked there, and is what was before the next decision', (t) => {
  const { listeners, consent, tracked } = open(t);
  const elsewhere = [...listeners];
  listeners.clear();
  consent.set({ analytics: 'granted' });
  for (const listener of elsewhere) listener(consent.get(), false);
  assert.equal(tracked.length, 0);
  for (const listener of elsewhere) listeners.add(listener);
  consent.set({ analytics: 'denied' });
  assert.deepEqual(
    tracked.map(({ data }) => data['eventType']),
    ['withdrawn'],
  );
});

test('it ends when the site says so, once or twice', (t) => {
  const { consent, tracked, end, listeners } = open(t);
  end();
  end();
  consent.set({ analytics: 'granted' });
  assert.deepEqual([tracked.length, listeners.size], [0, 0]);
});

test('whatever it is given it does not throw', (t) => {
  openPage(t);
  const tracker = {
    trackSelfDescribing: () => {
      throw new Error('the tracker’s');
    },
  };
  const { consent } = createFakeConsent();
  for (const one of garbage(13, 500, ['consentUrl', 'domainsApplied', 'entities', 'priority'])) {
    const end = trackConsentChanges(tracker, consent, one as never);
    consent.set({ analytics: 'granted' });
    consent.set({ analytics: 'denied' });
    end();
    const odd = { ...hostileConsent, onChange: () => one, get: () => one };
    trackConsentChanges(one as never, odd as never, POLICY)();
  }
  trackConsentChanges(tracker, hostileConsent, POLICY)();
});
