// Elements of the page: which ones a plugin takes, and what it hears of them.
import type { BrowserCoreApi, FilterCriterion } from '../snowplow/plugin-api/types.ts';

export const getCssClasses: BrowserCoreApi['getCssClasses'] = (elt) =>
  // Not `className`, which is no text where the element is one of SVG.
  (elt.getAttribute('class') ?? '').match(/\S+/g) ?? ([] as unknown as RegExpMatchArray);

/** `namesOf`: what the lists of the criterion are about. */
const filterBy =
  <T>(namesOf: (elt: T) => readonly string[]) =>
  (criterion?: FilterCriterion<T> | null): ((elt: T) => boolean) => {
    if (!criterion || typeof criterion !== 'object' || Array.isArray(criterion)) return () => true;
    const { filter, allowlist, denylist } = criterion;
    if (filter) return filter;
    const isWanted = Object.hasOwn(criterion, 'allowlist');
    const listed = new Set([allowlist || denylist || []].flat());
    return (elt) => namesOf(elt).some((name) => listed.has(name)) === isWanted;
  };

export const getFilterByClass: BrowserCoreApi['getFilterByClass'] =
  /* @__PURE__ */ filterBy<HTMLElement>(getCssClasses);

export const getFilterByName: BrowserCoreApi['getFilterByName'] = (criterion) =>
  filterBy(({ name }: { name: string }) => [name])(criterion as FilterCriterion<{ name: string }>);

export const addEventListener: BrowserCoreApi['addEventListener'] = (element, eventType, eventHandler, options) => {
  element.addEventListener(eventType, eventHandler, options);
  return true;
};
