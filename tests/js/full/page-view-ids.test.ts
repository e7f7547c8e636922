// The id of the page view: kept and changed as protocol facts, section 3.9, say, for one tracker and for several.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PageViewState, PageViewUrl } from '../../../js/src/full/page-view-ids.ts';
import { createPageViewIds } from '../../../js/src/full/page-view-ids.ts';

const HERE = 'https://shop.example/skis?size=180#red';

/** A page whose ids are counted: the trackers that are opened in it share them. */
function page(shared: PageViewState = {}) {
  let count = 0;
  return { shared, open: (part?: PageViewUrl) => createPageViewIds(shared, () => `id${++count}`, part) };
}

test('an id is made when it is first needed, and the first page view has it', () => {
  const { shared, open } = page();
  const ids = open();
  assert.deepEqual(shared, {});
  assert.deepEqual([ids.at(HERE), ids.at(HERE), ids.begin(HERE), ids.at(HERE)], ['id1', 'id1', 'id1', 'id1']);
  assert.deepEqual(shared, { pageViewId: 'id1', pageViewUrl: HERE });
});

test('each further page view of a tracker has a new id, on the same URL, too', () => {
  const ids = page().open();
  assert.deepEqual([ids.begin(HERE), ids.begin(HERE), ids.at(HERE), ids.begin(HERE)], ['id1', 'id2', 'id2', 'id3']);
});

test('the trackers of a page share one id in each round', () => {
  const { open } = page();
  const [a, b] = [open(), open()];
  assert.deepEqual([a.begin(HERE), b.begin(HERE)], ['id1', 'id1']);
  assert.deepEqual([b.begin(HERE), a.begin(HERE), a.at(HERE), b.at(HERE)], ['id2', 'id2', 'id2', 'id2']);
});

test('a tracker that comes later has the id of the other one’s last page view', () => {
  const { open } = page();
  const [a, b] = [open(), open()];
  assert.deepEqual([a.begin(HERE), a.begin(HERE), b.begin(HERE), a.begin(HERE)], ['id1', 'id2', 'id2', 'id3']);
});

test('what is there already is taken, and pages do not know each other', () => {
  const known = page({ pageViewId: 'known', pageViewUrl: HERE });
  assert.equal(known.open().begin(HERE), 'known');
  assert.equal(page().open().begin(HERE), 'id1');
});

describe('a change of the URL makes a new id where it is in the part that counts', () => {
  const rows: [part: PageViewUrl, url: string, isNew: boolean][] = [
    [undefined, 'https://other.example/', false],
    [false, 'https://other.example/', false],
    [true, HERE, false],
    [true, 'https://shop.example/skis?size=180#blue', true],
    ['full', HERE, false],
    ['full', 'https://shop.example/skis?size=180', true],
    ['pathname', 'https://shop.example/skis?size=170#blue', false],
    ['pathname', 'https://other.example/skis', false],
    ['pathname', 'https://shop.example/boots?size=180#red', true],
    ['pathnameAndSearch', 'https://shop.example/skis?size=180#blue', false],
    ['pathnameAndSearch', 'https://shop.example/skis?size=170#red', true],
    ['pathnameAndSearch', 'https://shop.example/boots?size=180#red', true],
    ['pathname', 'no URL', true],
  ];
  for (const [part, url, isNew] of rows)
    test(`${part}: ${url}`, () => {
      const ids = page().open(part);
      ids.begin(HERE);
      assert.equal(ids.at(url), isNew ? 'id2' : 'id1');
      assert.equal(ids.at(url), isNew ? 'id2' : 'id1', 'no further one');
    });
});

test('what is no URL is compared as a whole', () => {
  const ids = page().open('pathname');
  assert.deepEqual([ids.at('one place'), ids.at('one place'), ids.at('other place')], ['id1', 'id1', 'id2']);
});

test('where no URL is remembered, an id counts as one of another URL, if the URL counts', () => {
  assert.equal(page({ pageViewId: 'known' }).open('full').at(HERE), 'id1');
  assert.equal(page({ pageViewId: 'known' }).open().at(HERE), 'known');
});

test('a page view on a URL that has changed makes one new id, not two', () => {
  for (const part of [undefined, 'full'] as const) {
    const ids = page().open(part);
    ids.begin(HERE);
    assert.equal(ids.begin('https://shop.example/boots'), 'id2');
    assert.equal(ids.at('https://shop.example/boots'), 'id2');
  }
});

test('a second page view on the same URL has a new id, whatever part counts', () => {
  const ids = page().open('full');
  assert.deepEqual([ids.begin(HERE), ids.begin(HERE)], ['id1', 'id2']);
});

test('the part that counts can be changed, and holds for what is remembered', () => {
  const ids = page().open();
  ids.begin(HERE);
  assert.equal(ids.at('https://shop.example/boots'), 'id1');
  ids.setUrlPart('pathname');
  assert.equal(ids.at(HERE), 'id1');
  assert.equal(ids.at('https://shop.example/boots'), 'id2');
  ids.setUrlPart(false);
  assert.equal(ids.at(HERE), 'id2');
});

test('one that is frozen stays: by page views, URLs and wishes', () => {
  const ids = page().open('full');
  ids.begin(HERE);
  ids.freeze();
  ids.renew(HERE);
  assert.deepEqual(
    [ids.begin(HERE), ids.begin('https://a.example/'), ids.at('https://b.example/')],
    ['id1', 'id1', 'id1'],
  );
});

test('a tracker that is frozen before there is an id makes one', () => {
  const ids = page().open();
  ids.freeze();
  assert.deepEqual([ids.begin(HERE), ids.begin(HERE)], ['id1', 'id1']);
});

test('a tracker that is frozen does not keep the others from a new id', () => {
  const { open } = page();
  const [a, b] = [open(), open()];
  a.freeze();
  assert.deepEqual([a.begin(HERE), b.begin(HERE), b.begin(HERE), a.begin(HERE)], ['id1', 'id1', 'id2', 'id2']);
});

test('a new one that was asked for is the next page view’s, too', () => {
  const ids = page().open();
  ids.begin(HERE);
  ids.renew(HERE);
  assert.deepEqual([ids.at(HERE), ids.begin(HERE), ids.begin(HERE)], ['id2', 'id2', 'id3']);
});
