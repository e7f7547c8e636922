// What a link tells of the tracker that decorates it, at the moment in which it is followed.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FullHost } from '../../../js/src/full/full-host.ts';
import { decorateLinksFor } from '../../../js/src/full/link-decoration.ts';
import type { HostOptions } from '../../../js/src/full/options.ts';
import { START_MS } from '../fake-globals.ts';
import { COLLECTOR, loadFull, openSite } from '../snowplow/fake-site.ts';

function open(t: TestContext, options: Partial<HostOptions> = {}) {
  const site = openSite(t);
  const link = Object.assign(new EventTarget(), { href: 'https://b.example/', textContent: ' Skis ' });
  Object.assign(site.page.document, { links: [link] });
  const host = new FullHost(loadFull, { collector: COLLECTOR, identity: 'cookie', appId: 'shop', ...options }, {});
  /** What the link tells when it is followed. */
  const follow = (): string | null => {
    link.dispatchEvent(new Event('click'));
    return new URL(link.href).searchParams.get('_sp');
  };
  return { ...site, host, link, follow };
}

test('without details it is visitor and time, also before there was an event', (t) => {
  const { host, follow } = open(t);
  decorateLinksFor(host, () => true, undefined);
  assert.equal(follow(), `${host.identityText().split('.')[0]}.${START_MS}`);
});

test('with details it is what they ask for', (t) => {
  const { host, follow } = open(t);
  decorateLinksFor(host, () => true, { userId: true, sourcePlatform: true, reason: true });
  host.setUserId('ann');
  const [user, , , , , session] = host.identityText().split('.');
  assert.equal(follow(), `${user}.${START_MS}.${session}.YW5u.c2hvcA.web.U2tpcw`);
});

test('of an anonymous visitor, and by a tracker that has ended, it tells nothing', (t) => {
  const { host, link, follow } = open(t, { anonymous: true });
  decorateLinksFor(host, () => true, {});
  assert.equal(follow(), null);
  host.setAnonymous(false);
  assert.notEqual(follow(), null);
  host.close();
  link.href = 'https://c.example/';
  assert.equal(follow(), null);
});
