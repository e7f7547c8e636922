// Where a page says it is, in a frame and out of it, and where something else stands in the place of what it says.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { readAddress } from '../../../js/src/ports/page-address.ts';
import { shareGlobals } from '../fake-globals.ts';

const denied = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

/** Another site's window. */
const foreign = {
  get document(): never {
    return denied();
  },
};

const windowFrom = (referrer: unknown) => ({ document: { referrer } });

/** A page with a link, and what is around it. */
function openFrame(t: TestContext, around: object, referrer: unknown = 'own') {
  const document = { referrer, links: [{ href: 'https://o.example/first' }] as unknown };
  shareGlobals(t, { location: { href: 'https://a.example/x' }, document, ...around });
  return document;
}

test('a page that is not in a frame has its own referrer', (t) => {
  const top = windowFrom('own');
  openFrame(t, { top, parent: top });
  const facts = readAddress();
  assert.deepEqual([facts.href, facts.referrer], ['https://a.example/x', 'own']);
});

for (const [name, around, referrer] of [
  ['the page around it', { top: windowFrom('top'), parent: windowFrom('parent') }, 'top'],
  ['the page around it, though that came from nowhere', { top: windowFrom(''), parent: windowFrom('parent') }, ''],
  ['its parent where there is no top', { top: null, parent: windowFrom('parent') }, 'parent'],
  ['itself in a frame of another site', { top: foreign, parent: windowFrom('parent') }, 'own'],
  ['itself where its parent is of another site', { top: null, parent: foreign }, 'own'],
  ['itself where there is nothing around it', { top: null, parent: null }, 'own'],
  ['itself where another site shows no document', { top: {}, parent: {} }, 'own'],
  ['itself without any idea of frames', {}, 'own'],
  ['itself where an element is called `referrer`', { top: windowFrom({ nodeName: 'IMG' }) }, 'own'],
] as const)
  test(`a page has the referrer of ${name}`, (t) => {
    openFrame(t, around);
    assert.equal(readAddress().referrer, referrer);
  });

test('a referrer that is no text is none', (t) => {
  const document = openFrame(t, { top: null, parent: null });
  for (const other of [undefined, null, 5, {}, Symbol('s'), ['https://r.example/']]) {
    document.referrer = other;
    assert.equal(readAddress().referrer, '');
  }
});

test('the first link is looked for when it is asked for', (t) => {
  const document = openFrame(t, {});
  const facts = readAddress();
  assert.equal(facts.firstLink, 'https://o.example/first');
  for (const links of [[], undefined, [{}], [{ href: { baseVal: 'svg' } }], { nodeName: 'FORM' }]) {
    document.links = links;
    assert.equal(facts.firstLink, undefined);
  }
  Object.defineProperty(document, 'links', { get: denied });
  assert.equal(facts.firstLink, undefined);
});

test('where nothing can be read there is nothing, and nothing is thrown', (t) => {
  const empty = { href: '', referrer: '', firstLink: undefined };
  assert.deepEqual({ ...readAddress() }, empty, 'on a server');
  const hostile = {};
  for (const name of ['location', 'document', 'top', 'parent'])
    Object.defineProperty(hostile, name, { enumerable: true, get: denied });
  shareGlobals(t, hostile);
  assert.deepEqual({ ...readAddress() }, empty);
});
