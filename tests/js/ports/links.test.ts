// Which links are decorated, when, by whom, and what the site's functions may do meanwhile.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { decorateLinks, type Link } from '../../../js/src/ports/links.ts';
import { shareGlobals } from '../fake-globals.ts';

/** As a browser's link: `href` reads as an absolute address. */
class FakeLink extends EventTarget {
  #href: string;
  /** How often it was written. */
  writes = 0;

  constructor(href: string) {
    super();
    this.#href = href;
  }
  get href(): string {
    return this.#href && new URL(this.#href, 'https://shop.example/skis/').href;
  }
  set href(href: string) {
    this.#href = href;
    ++this.writes;
  }
  /** Returns where it leads after that. */
  happens(type: string): string {
    this.dispatchEvent(new Event(type));
    return this.href;
  }
}

const A = 'https://a.test/?_sp=';

/** A page with links, and trackers that tell how often they were asked. */
function openLinks(t: TestContext, ...hrefs: string[]) {
  const links = hrefs.map((href) => new FakeLink(href));
  const page = { document: { links: links as unknown } };
  shareGlobals(t, page);
  const end = new AbortController();
  let asked = 0;
  const decorate = (
    wants: (link: Link) => boolean = () => true,
    valueFor: (event: Event, link: Link) => string | undefined = () => `v${++asked}`,
    { signal } = end,
  ): void => decorateLinks(wants, valueFor, signal);
  const [first, second] = links as [FakeLink, FakeLink];
  return { page, first, second, links, end, decorate };
}

test('a link is rewritten each time that it is about to be followed, and not before', (t) => {
  const { first, decorate } = openLinks(t, 'https://a.test/');
  decorate();
  assert.equal(first.href, 'https://a.test/');
  assert.equal(first.happens('mousedown'), `${A}v1`);
  assert.equal(first.happens('click'), `${A}v2`);
  assert.equal(first.happens('click'), `${A}v3`);
  first.happens('mouseup');
  first.happens('focus');
  assert.equal(first.href, `${A}v3`);
});

test('it is rewritten before the listeners of the site see the event', (t) => {
  const { first, decorate } = openLinks(t, 'https://a.test/');
  const listen = t.mock.method(first, 'addEventListener');
  decorate();
  const calls = listen.mock.calls.map(({ arguments: [type, , options] }) => [
    type,
    (options as { capture: true }).capture,
  ]);
  assert.deepEqual(calls, [
    ['click', true],
    ['mousedown', true],
  ]);
});

test('only the links that the site wants are decorated, and only those that are there', (t) => {
  const { first, second, links, decorate } = openLinks(t, 'https://a.test/', 'https://b.test/');
  const wants = t.mock.fn(({ href }: Link) => href.includes('a.test'));
  decorate(wants);
  assert.deepEqual(
    wants.mock.calls.map(({ arguments: [link] }) => link as unknown),
    links,
  );
  const late = new FakeLink('https://a.test/late');
  links.push(late);
  assert.equal(first.happens('click'), `${A}v1`);
  assert.equal(second.happens('click'), 'https://b.test/');
  assert.equal(late.happens('click'), 'https://a.test/late');
  decorate(wants);
  assert.equal(late.happens('click'), 'https://a.test/late?_sp=v2');
  assert.equal(first.happens('click'), `${A}v3`, 'once');
});

test('the first tracker that picks a link decorates it until it ends; then it is free', (t) => {
  const { first, end, decorate } = openLinks(t, 'https://a.test/');
  const wants = t.mock.fn(() => true);
  const other = new AbortController();
  decorate();
  decorate(wants, () => 'other', other);
  assert.equal(wants.mock.callCount(), 0);
  assert.equal(first.happens('click'), `${A}v1`);
  end.abort();
  assert.equal(first.happens('click'), `${A}v1`);
  decorate(wants, () => 'other', other);
  assert.equal(first.happens('click'), `${A}other`);
});

test('a tracker that has ended decorates nothing and keeps no link from others', (t) => {
  const { first, end, decorate } = openLinks(t, 'https://a.test/');
  end.abort();
  decorate();
  assert.equal(first.happens('click'), 'https://a.test/');
  decorate(undefined, undefined, new AbortController());
  assert.equal(first.happens('click'), `${A}v1`);
});

test('the value is asked for with the event and the link', (t) => {
  const { first, decorate } = openLinks(t, 'https://a.test/');
  const valueFor = t.mock.fn(
    (event: Event, _link: Link) => `${event.type}${event.currentTarget === (first as unknown)}`,
  );
  decorate(undefined, valueFor);
  assert.equal(first.happens('mousedown'), `${A}mousedowntrue`);
  assert.equal(valueFor.mock.calls[0]?.arguments[1], first);
});

test('without a value a link is not touched, or has its own address back', (t) => {
  const { first, second, decorate } = openLinks(t, '../boots?_sp=mine', '#top');
  let value: string | undefined;
  decorate(undefined, () => value);
  assert.equal(first.happens('click'), 'https://shop.example/boots?_sp=mine');
  assert.equal(first.writes, 0);
  value = 'v ü'; // which is not read as it was written
  assert.equal(first.happens('mousedown'), 'https://shop.example/boots?_sp=v%20%C3%BC');
  assert.equal(second.happens('click'), 'https://shop.example/skis/?_sp=v%20%C3%BC#top');
  value = undefined;
  assert.equal(first.happens('click'), 'https://shop.example/boots?_sp=mine');
  assert.equal(second.happens('click'), 'https://shop.example/skis/#top');
});

test('a value that cannot be made is none', (t) => {
  const { first, decorate } = openLinks(t, 'https://a.test/');
  let fails = false;
  decorate(undefined, () => (fails ? assert.fail() : 'v'));
  assert.equal(first.happens('mousedown'), `${A}v`);
  fails = true;
  assert.equal(first.happens('click'), 'https://a.test/');
});

test('an address that the site changes meanwhile is the one that counts', (t) => {
  const { first, second, decorate } = openLinks(t, 'https://a.test/', 'https://a.test/');
  let value: string | undefined = 'v';
  decorate(undefined, (_event, link) => {
    if (link === (second as unknown)) link.href = 'https://b.test/';
    return value;
  });
  first.happens('click');
  first.href = 'https://b.test/?c';
  assert.equal(first.happens('click'), 'https://b.test/?_sp=v&c');
  assert.equal(second.happens('click'), 'https://b.test/?_sp=v');
  value = undefined;
  assert.equal(first.happens('click'), 'https://b.test/?c');
});

test('a link without address, or with none that takes a pair, stays as it is', (t) => {
  const { links, decorate } = openLinks(t, '', 'javascript:void(0)', 'mailto:jo@a.test', 'https://a.test/');
  decorate();
  const before = links.map(({ href }) => href);
  for (const link of links.slice(0, 3)) link.happens('click');
  links[3]?.happens('click');
  assert.deepEqual(
    links.slice(0, 3).map(({ href }) => href),
    before.slice(0, 3),
  );
  assert.deepEqual(
    links.map(({ writes }) => writes),
    [0, 0, 0, 1],
  );
});

test("no mistake of the site's reaches its page", (t) => {
  const errors: unknown[] = [];
  t.mock.method(process, 'nextTick', (task: () => void) => {
    // Where a listener of an EventTarget throws to.
    try {
      task();
    } catch (error) {
      errors.push(error);
    }
  });
  const { page, first, second, decorate } = openLinks(t, 'https://a.test/', 'https://a.test/');
  decorate(
    (link) => link === (second as unknown) || assert.fail(),
    () => assert.fail(),
  );
  assert.equal(first.happens('click'), 'https://a.test/');
  assert.equal(second.happens('click'), 'https://a.test/');
  decorate(42 as never, 42 as never);
  decorate();
  assert.equal(first.happens('click'), `${A}v1`, 'a predicate that throws leaves the link to others');
  Object.defineProperty(first, 'href', { get: () => assert.fail() });
  first.dispatchEvent(new Event('click'));
  for (const links of [undefined, null, 42, {}, [null, Object.freeze(new FakeLink('/')), new Proxy({}, {}), 'x']]) {
    page.document = { links };
    decorate();
  }
  Object.defineProperty(page, 'document', { get: () => assert.fail() });
  decorate();
  assert.deepEqual(errors, []);
});

test('a page that changes while the site looks at its links is looked at once', (t) => {
  const { links, decorate } = openLinks(t, 'https://a.test/', 'https://a.test/');
  const wants = t.mock.fn(() => links.length < 9 && !!links.push(new FakeLink('https://a.test/')));
  decorate(wants);
  assert.equal(wants.mock.callCount(), 2);
});
