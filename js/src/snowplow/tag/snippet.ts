// What a page has in its HTML to load the tag: gives it the global function at once, which keeps calls until then.
// Built by js/build/snippet.mjs; no part of any entry.

/** What the snippet uses of a window: whatever globals there are. */
type Globals = Record<string, unknown>;

/** Makes `page[name]` and loads the tag from `url` to serve it; where there is something of that name, nothing. `names`
 * is the list in which the tag finds whom to serve. */
export const loadTag = (page: Globals, document: Document, url: string, name: string, names: string): void => {
  if (page[name]) return;
  const call = (...values: unknown[]): void => void call.q.push(values);
  call.q = [] as unknown[];
  page[name] = call;
  const waiting = (page[names] || []) as string[];
  waiting.push(name);
  page[names] = waiting;
  const script = document.createElement('script');
  script.dataset.names = names;
  script.async = true;
  script.src = url;
  document.head.append(script);
};
