// A page that is not there: the globals that js/src/ports reads, under the control of a test until it ends.
import type { TestContext } from 'node:test';
import { FakeCookies } from './fake-cookies.ts';
import { openDatabase } from './fake-database.ts';
import { shareGlobals } from './fake-globals.ts';
import { FakeLocks } from './fake-locks.ts';
import { FakeStorage } from './fake-storage.ts';

/** Stands for ResizeObserver; keeps who observes what. */
function makeObservers() {
  const living = new Set<FakeResizeObserver>();
  class FakeResizeObserver {
    readonly observed: unknown[] = [];
    readonly changed: () => void;

    constructor(changed: () => void) {
      this.changed = changed;
    }
    observe(element: unknown): void {
      this.observed.push(element);
      living.add(this);
    }
    disconnect(): void {
      living.delete(this);
    }
  }
  return { living, FakeResizeObserver };
}

const element = (width: number, height: number) => ({
  clientWidth: width,
  clientHeight: height,
  offsetWidth: width,
  offsetHeight: height,
  scrollWidth: width,
  scrollHeight: height,
});

/** A page may be without one while it loads. */
const makeBody = (): ReturnType<typeof element> | null => element(1200, 2900);

class FakeLocation {
  href = 'https://shop.example/skis';

  get hostname(): string {
    return new URL(this.href).hostname;
  }
  get protocol(): string {
    return new URL(this.href).protocol;
  }
}

class FakeDocument extends EventTarget {
  readonly #cookies: FakeCookies;
  readonly #location: FakeLocation;
  title = 'Shop';
  referrer = 'https://search.example/?q=skis';
  characterSet = 'UTF-8';
  visibilityState: 'visible' | 'hidden' = 'visible';
  prerendering: boolean | undefined = false;
  documentElement = element(1200, 3000);
  body = makeBody();

  constructor(cookies: FakeCookies, location: FakeLocation) {
    super();
    this.#cookies = cookies;
    this.#location = location;
  }

  get cookie(): string {
    return this.#cookies.read(this.#location.href);
  }
  set cookie(text: string) {
    this.#cookies.write(this.#location.href, text);
  }
  get hidden(): boolean {
    return this.visibilityState === 'hidden';
  }
}

/** A page, seen and loaded. Its members are globals; `window` is the target of the page's own events. */
export function openPage(t: TestContext) {
  const window = new EventTarget();
  const observers = makeObservers();
  const idle: (() => void)[] = [];
  const cookies = new FakeCookies();
  const location = new FakeLocation();
  const page = {
    document: new FakeDocument(cookies, location),
    location,
    navigator: { cookieEnabled: true, language: 'en-GB', locks: new FakeLocks() },
    screen: { width: 1920, height: 1080, colorDepth: 24 },
    innerWidth: 1215.5,
    innerHeight: 800,
    scrollX: 0,
    scrollY: 0,
    localStorage: new FakeStorage(),
    addEventListener: window.addEventListener.bind(window) as unknown,
    ResizeObserver: observers.FakeResizeObserver as unknown,
    requestIdleCallback: ((task: () => void) => void idle.push(task)) as unknown,
  };
  const database = openDatabase(t);
  shareGlobals(t, page);
  const dispatch = (target: EventTarget, type: string, members: object = {}): void =>
    void target.dispatchEvent(Object.assign(new Event(type), members));
  return Object.assign(page, {
    observers: observers.living,
    database,
    cookies,
    /** Runs what waits for the page to be idle. */
    becomeIdle: () => idle.splice(0).forEach((task) => task()),
    happens: (type: string, members?: object) => dispatch(window, type, members),
    happensInDocument: (type: string) => dispatch(page.document, type),
    /** A prerendered page is seen for the first time. */
    activate() {
      Object.assign(page.document, { prerendering: false, visibilityState: 'visible' });
      dispatch(page.document, 'prerenderingchange');
      dispatch(page.document, 'visibilitychange');
    },
    /** The page is put away: for good, unless it comes back. */
    putAway() {
      dispatch(window, 'pagehide');
      page.document.visibilityState = 'hidden';
      dispatch(page.document, 'visibilitychange');
    },
    comeBack() {
      page.document.visibilityState = 'visible';
      dispatch(page.document, 'visibilitychange');
      dispatch(window, 'pageshow', { persisted: true });
    },
    show(state: 'visible' | 'hidden') {
      page.document.visibilityState = state;
      dispatch(page.document, 'visibilitychange');
    },
  });
}

export type FakePage = ReturnType<typeof openPage>;
