// Script elements of a fake page: nothing is fetched, a test says what becomes of each one.
import type { FakePage } from './fake-page.ts';

class FakeScript extends EventTarget {
  src = '';
  async = false;
  readonly dataset: Record<string, string> = {};
}

/** Lets the page's document make script elements; those in the head can be told that they have run, or failed. */
export function holdScripts(page: Pick<FakePage, 'document'>) {
  const inHead: FakeScript[] = [];
  const head = { append: (script: FakeScript) => void inHead.push(script) };
  const createElement = (name: string): FakeScript => {
    if (name !== 'script') throw new Error(`a ${name}`);
    return new FakeScript();
  };
  Object.assign(page.document, { head, createElement, currentScript: null });
  const tell = (url: string, what: 'load' | 'error'): void => {
    const asked = inHead.filter(({ src }) => src === url);
    if (!asked.length) throw new Error(`nobody asked for ${url}`);
    for (const script of asked) script.dispatchEvent(new Event(what));
  };
  return { inHead, runs: (url: string) => tell(url, 'load'), fails: (url: string) => tell(url, 'error') };
}
