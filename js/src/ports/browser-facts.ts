// What the entity "browser" says of the browser that the page is in (protocol facts, section 3.8).
import { readFixedFacts } from './page.ts';

/** A text and not members, which the build would give other names: one of them is also the name of a member of ours. */
const NAMES =
  'viewport documentSize resolution colorDepth devicePixelRatio cookiesEnabled online browserLanguage ' +
  'documentLanguage webdriver deviceMemory hardwareConcurrency tabId';

const SCHEMA = 'iglu:com.snowplowanalytics.snowplow/browser_context/jsonschema/2-0-0';

/** Most characters of a text. */
const LENGTH = 20;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}$/i;

/** What not every browser tells, and extensions that hide one among many may change to anything. */
type Told = Partial<Record<'devicePixelRatio' | 'webdriver' | 'deviceMemory' | 'hardwareConcurrency', unknown>>;

const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 1000 ? value : undefined;

/** A part of a language's tag may be the tag of another one: nothing is better. */
const language = (tag: unknown): string | undefined =>
  typeof tag === 'string' && tag.length <= LENGTH ? tag : undefined;

type Sizes = readonly [viewport: string, document: string];

/** The members in the order of {@link NAMES}, valid whatever the browser says. Reads nothing that forces a layout: the
 * sizes are as they were read before. */
const valuesOf = (sizes: Sizes, tabId: string | undefined): unknown[] => {
  const [cookies, , browserLanguage, resolution, depth] = readFixedFacts();
  const { devicePixelRatio } = globalThis as Told;
  const { webdriver, deviceMemory, hardwareConcurrency } = navigator as Told;
  return [
    ...[...sizes, resolution].map((size) => size.slice(0, LENGTH)),
    // What browsers say that do not know (CSSOM View, "colorDepth").
    amount(Math.floor(+depth)) ?? 24,
    amount(devicePixelRatio),
    cookies === '1',
    // Only a no is certain (HTML, "onLine").
    (navigator.onLine as unknown) !== false,
    language(browserLanguage) || undefined,
    // There is none while the site writes its document anew.
    language((document.documentElement as HTMLElement | null)?.lang),
    typeof webdriver === 'boolean' ? webdriver : undefined,
    amount(deviceMemory),
    amount(Math.floor(hardwareConcurrency as number)) || undefined,
    // Anybody can write into the storage that it is from.
    tabId && UUID.test(tabId) ? tabId : null,
  ];
};

/** The entity as JSON, as of now. */
export type BrowserEntity = (sizes: Sizes, tabId: string | undefined) => string;

/** Writes `browser_context/jsonschema/2-0-0` anew only where something in it has changed. */
export const createBrowserEntity = (): BrowserEntity => {
  let known: unknown[] = [];
  let text = '';
  return (sizes, tabId) => {
    const values = valuesOf(sizes, tabId);
    if (values.some((value, i) => value !== known[i])) {
      const data = Object.fromEntries(NAMES.split(' ').map((name, i) => [name, values[i]]));
      text = JSON.stringify({ schema: SCHEMA, data });
    }
    known = values;
    return text;
  };
};
