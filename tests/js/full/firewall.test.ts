// Rules as the core reads them, and a tracker of `piste/full` that heeds them, on the real core.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firewallText } from '../../../js/src/full/firewall.ts';
import { plugins } from '../../../js/src/full/features.ts';
import type { FirewallRules } from '../../../js/src/full/types.ts';
import { openFull, schema } from './fake-full.ts';

const HASH = '*f8022df2cccf52a6*'; // of jane@b.co

describe('the text of rules', () => {
  for (const [name, rules, text] of [
    ['of the safe ones', 'safe', 'safe'],
    ['of none', {}, 'safe'],
    ['of what is not said', { urls: undefined, titles: { emails: undefined } }, 'safe'],
    [
      'of everything, the first that counts first',
      {
        urls: { parameters: { b: 'hash', '*': 'drop' }, paths: { '/u/*': 'mask' }, fragment: 'drop', tokens: 'keep' },
        texts: { cards: 'mask' },
        titles: { jwts: 'hash' },
        links: { emails: 'drop' },
        referrer: { fragment: 'mask' },
        page: { parameters: { a: 'keep' } },
      },
      'safe\npqka\nrfm\nled\nuqhb\nuqd*\nusm/u/*\nufd\nutk\ntjh\nxcm',
    ],
  ] as const)
    test(name, () => assert.equal(firewallText(rules), text));

  test('of what are none is one that the core refuses', () => {
    const broken = {
      get urls(): never {
        throw new Error();
      },
    };
    for (const rules of [true, null, 'strict', [], 1, broken, { urls: 1 }, { urls: null }, { urls: { parameters: 3 } }])
      assert.equal(firewallText(rules), '?');
    for (const rules of [
      { url: { emails: 'mask' } },
      { urls: { email: 'mask' } },
      { urls: { emails: 'masked' } },
      { urls: { emails: 'toString' } },
      { urls: { toString: 'mask' } },
      { texts: { parameters: { a: null } } },
    ])
      assert.match(firewallText(rules), /\?/);
  });
});

const track = async (
  t: Parameters<typeof openFull>[0],
  firewall: FirewallRules | 'safe' | 'off' | undefined,
): Promise<[unknown, ReturnType<typeof openFull>]> => {
  const site = openFull(t, [], firewall === undefined ? {} : { firewall });
  site.tracker.trackStructured({ category: 'c', action: 'jane@b.co', label: 'https://a.test/?token=1&x=2' });
  const [event] = await site.sent();
  return [[event?.se_ac, event?.se_la], site];
};

describe('a tracker', () => {
  for (const firewall of [undefined, 'safe'] as const)
    test(`masks by the safe rules, told ${firewall ?? 'nothing'}, and counts`, async (t) => {
      const [texts, { tracker, problems }] = await track(t, firewall);
      assert.deepEqual(texts, ['***', 'https://a.test/?token=***&x=2']);
      assert.deepEqual(tracker.stats().redacted, { dropped: 0, masked: 2, hashed: 0 });
      assert.deepEqual((await tracker.flush()).redacted, { dropped: 0, masked: 2, hashed: 0 });
      assert.deepEqual(problems, []);
    });

  test('does nothing where it is off', async (t) => {
    const [texts, { tracker }] = await track(t, 'off');
    assert.deepEqual(texts, ['jane@b.co', 'https://a.test/?token=1&x=2']);
    assert.deepEqual(tracker.stats().redacted, { dropped: 0, masked: 0, hashed: 0 });
  });

  test('heeds the rules of its site', async (t) => {
    const [texts, { tracker }] = await track(t, {
      urls: { parameters: { x: 'drop' } },
      texts: { emails: 'hash' },
    });
    assert.deepEqual(texts, [HASH, 'https://a.test/?token=***']);
    assert.deepEqual(tracker.stats().redacted, { dropped: 1, masked: 1, hashed: 1 });
  });

  for (const firewall of [{ urls: { emails: 'masc' } }, true, { urls: { paths: { 'no-slash': 'mask' } } }])
    test(`goes by the safe rules and says so where it is given ${JSON.stringify(firewall)}`, async (t) => {
      const [texts, { problems }] = await track(t, firewall as never);
      assert.deepEqual(texts, ['***', 'https://a.test/?token=***&x=2']);
      assert.deepEqual(
        problems.map(({ code }) => code),
        [102],
      );
    });

  test('takes out what plugins put in, and tells them what is not taken out yet', async (t) => {
    const told: unknown[] = [];
    const { tracker, sent } = openFull(t, [
      plugins({
        beforeTrack: ({ setField, addEntity }) => {
          setField('se_la', 'jane@b.co');
          addEntity({ schema, data: { mail: 'jane@b.co', link: '/x?email=1' } });
        },
        afterTrack: ({ se_la }) => void told.push(se_la),
      }),
    ]);
    tracker.trackStructured({ category: 'c', action: 'a' });
    const [event] = await sent();
    assert.equal(event?.se_la, '***');
    assert.match(event?.co ?? '', /"mail":"\*\*\*","link":"\/x\?email=\*\*\*"/);
    assert.deepEqual(told, ['jane@b.co']);
  });

  test('has counted nothing before there is an engine', (t) => {
    assert.deepEqual(openFull(t).tracker.stats().redacted, { dropped: 0, masked: 0, hashed: 0 });
  });
});
