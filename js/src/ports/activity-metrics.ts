// How much the visitor did with mouse, keys and fingers (protocol facts, section 4.3).

/** The data of `activity_metrics/jsonschema/1-0-0`; distances are in CSS pixels. */
export type ActivityMetrics = {
  mouseDistance: number;
  scrollDistance: number;
  keyPresses: number;
  clicks: number;
  touches: number;
};

/** Counts what the visitor does. */
export interface ActivityMetricsWatch {
  /** What it was since the last restart, in whole numbers. The caller's to keep. */
  take(): ActivityMetrics;
  /** Counts anew. What is moved from here on has its first place where it is seen first. */
  restart(): void;
}

/** The greatest that the schema takes. */
const MOST = 2 ** 31 - 1;

type Place = readonly [x: number, y: number];

/** Watches until `signal` ends it. */
export const watchMetrics = (signal: AbortSignal): ActivityMetricsWatch => {
  let metrics: ActivityMetrics;
  let mouse: Place | undefined;
  let offset: Place | undefined;
  const restart = (): void => {
    metrics = { mouseDistance: 0, scrollDistance: 0, keyPresses: 0, clicks: 0, touches: 0 };
    mouse = offset = undefined;
  };
  const on = <T extends keyof DocumentEventMap>(type: T, see: (event: DocumentEventMap[T]) => void): void =>
    document.addEventListener(type, see, { signal, passive: true, capture: true });
  restart();
  on('mousemove', ({ clientX, clientY }) => {
    // Not a number: an event that the site made, which is nowhere.
    if (mouse) metrics.mouseDistance += Math.hypot(clientX - mouse[0], clientY - mouse[1]) || 0;
    mouse = [clientX, clientY];
  });
  on('scroll', ({ target }) => {
    // What scrolls within the page leaves the page where it is.
    if (target !== document) return;
    if (offset) metrics.scrollDistance += Math.abs(scrollX - offset[0]) + Math.abs(scrollY - offset[1]);
    offset = [scrollX, scrollY];
  });
  on('keydown', () => ++metrics.keyPresses);
  on('click', () => ++metrics.clicks);
  on('touchstart', () => ++metrics.touches);
  return {
    take: () =>
      Object.fromEntries(
        Object.entries(metrics).map(([name, value]) => [name, Math.min(MOST, Math.round(value))]),
      ) as ActivityMetrics,
    restart,
  };
};
