// The browser is killed with all its processes while the collector is down, and started again on the same profile.
import type { Page } from '@playwright/test';
import type { Visitor } from './chromium.ts';
import { makeProfile, startChromium } from './chromium.ts';
import type { Field } from './fixtures.ts';
import { actionsOf, expect, lastingRows, ledgerOf, storedRows, test, trackMany, whenTracking } from './fixtures.ts';

/** Kills the browser, starts it again, and expects the events of `labels`, 20 of each, once. */
const expectAllAfterDeath = async (
  field: Field,
  visitor: Visitor,
  profile: string,
  labels: readonly string[],
): Promise<void> => {
  await visitor.kill();
  field.collector.faults.set({});
  const again = await startChromium(profile);
  try {
    const page = await whenTracking(await again.open(field.address()));
    const count = labels.length * 20;
    const actions = (await field.arrived(count)).map(({ payload }) => payload['se_ac']);
    expect(actions.sort()).toEqual(labels.flatMap((label) => actionsOf(label, 20)).sort());
    await expect.poll(() => storedRows(page)).toEqual([]);
    expect(await ledgerOf(page)).toMatchObject({ restored: count, delivered: count, pending: 0 });
  } finally {
    await again.kill();
  }
};

const killTest = (title: string, labels: readonly string[], live: (visitor: Visitor, field: Field) => Promise<Page>) =>
  test(title, async ({ field }) => {
    field.collector.faults.set({ status: 503 });
    const profile = makeProfile();
    const visitor = await startChromium(profile.path);
    try {
      const page = await live(visitor, field);
      await expect.poll(() => lastingRows(page)).toHaveLength(labels.length * 20);
      await expectAllAfterDeath(field, visitor, profile.path, labels);
    } finally {
      await visitor.kill();
      profile.remove();
    }
  });

killTest('two tabs of a killed browser lose nothing', ['a', 'b'], async (visitor, field) => {
  const pages = [await visitor.open(field.address()), await visitor.open(field.address())] as const;
  await Promise.all(pages.map(whenTracking));
  await Promise.all([trackMany(pages[0], 'a', 20), trackMany(pages[1], 'b', 20)]);
  return pages[0];
});

killTest(
  'events of a page that was left before the browser was killed are not lost',
  ['left'],
  async (visitor, field) => {
    const page = await whenTracking(await visitor.open(field.address()));
    // At its last moment a page has time for localStorage only, which the browser keeps to itself for a while.
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        for (let i = 0; i < 20; ++i) window.tracker.trackStructured({ category: 'c', action: `left${i}` });
      });
    });
    await page.goto(field.address());
    return whenTracking(page);
  },
);

killTest(
  'events of a renderer that was killed before the browser are not lost: another tab makes them last',
  ['dying'],
  async (visitor, field) => {
    const pages = [await visitor.open(field.address()), await visitor.open(field.address())] as const;
    await Promise.all(pages.map(whenTracking));
    await trackMany(pages[0], 'dying', 20);
    await visitor.crash(pages[0]);
    return pages[1];
  },
);
