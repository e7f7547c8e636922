// What a site has at hand goes in as it is: undefined, readonly lists, interfaces, events made elsewhere.
import { createTracker, type Entity, type Problem, type Session, type TrackerEvent, type TrackerOptions } from 'piste';

/** An interface has no index signature: `data` must take it all the same. */
interface Step {
  readonly step: number;
  note?: string;
}

declare const maybe: string | undefined;
declare const amount: number | undefined;
declare const step: Step;

// With exactOptionalPropertyTypes, an optional property does not take undefined unless its type says so.
const options: TrackerOptions = {
  collector: 'https://collector.example',
  appId: maybe,
  batchWaitMs: amount,
  pagePings: undefined,
  identity: undefined,
  anonymous: undefined,
  sessionTimeoutSeconds: amount,
  cookies: { domain: maybe, secure: undefined },
  onSession: undefined,
  onProblem: undefined,
};
const tracker = createTracker(options);
const entities: readonly Entity[] = [{ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: step }];
const fixed = [{ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { step: 1 } }] as const;

tracker.forgetVisitor({ session: amount === 0, user: undefined });
tracker.trackPageView({ title: maybe, entities: undefined, trueTimestamp: amount });
tracker.trackStructured({ category: 'a', action: 'b', label: maybe, value: amount, entities });
tracker.trackSelfDescribing({ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: step, entities: fixed });

export const forward = (event: TrackerEvent): void => tracker.track(event);
export const visit = ({ sessionId, userId = 'nobody' }: Session): string => `${userId} ${sessionId}`;
export const say = ({ code, during }: Problem): string => `${code} ${during}`;

// A method may be handed around: none of them needs `this`.
// eslint-disable-next-line @typescript-eslint/unbound-method -- that is the point
export const { trackPageView, flush } = tracker;
