// The same call to the peer's core and to ours, and what each makes of it.
import * as peerCore from '@snowplow/tracker-core';
import type { PayloadBuilder } from '../../../js/src/snowplow/tracker-core/types.ts';

type Builder = (event: never) => unknown;

/** All that can be seen of a builder, as text: the order of keys counts. */
const seen = (builder: PayloadBuilder): string[] => [
  JSON.stringify(builder.getPayload()),
  JSON.stringify(builder.getJson()),
  ...[true, false].map((base64) => {
    builder.withJsonProcessor(peerCore.payloadJsonProcessor(base64));
    return JSON.stringify(builder.build());
  }),
];

/** What a builder of events makes of one; `throws` if it throws. */
export function outcome(build: Builder, event: unknown): unknown {
  try {
    const made = build(event as never) as PayloadBuilder | { event: PayloadBuilder; context: unknown };
    return 'context' in made ? { event: seen(made.event), context: JSON.stringify(made.context) } : seen(made);
  } catch {
    return 'throws';
  }
}

/** What members of an event may be, whatever the types say. */
export const ODD: readonly unknown[] = [
  ...[undefined, null, '', 'text', 'größe ✓ 😀', '0', 0, -0, 1.5, -7, NaN, Infinity, 1e21, true, false],
  ...[[], [1, null, undefined], ['a', ''], {}, { a: undefined }, { a: null, b: [{}] }, new Date(0), 12n ** 2n > 9],
];

/** Pseudo-random numbers of one seed, so that a failure can be repeated. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Events with some of the members, of every kind: none, each with each odd value, and `count` mixed ones. */
export function* eventsOf(members: readonly string[], count = 200): Generator<Record<string, unknown>> {
  yield {};
  for (const member of members) for (const value of ODD) yield { [member]: value };
  const random = randomOf(members.length);
  for (let i = 0; i < count; ++i) {
    const entries = members
      .filter(() => random(4) > 0)
      .map((member): [string, unknown] => [member, ODD[random(ODD.length)]]);
    // In another order than the builder has them.
    yield Object.fromEntries([...entries, ['unknown', 'member'] as [string, unknown]].sort(() => random(3) - 1));
  }
}

/** Inputs that are no events. */
export const NO_EVENTS: readonly unknown[] = [undefined, null, 5, 'text', [], true];
