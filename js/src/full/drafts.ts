// An event that others have a say in: of the core's draft they make what goes out.
import { Field } from '../constants.ts';
import { attempt } from '../ports/local-rows.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import type { FullHost, TimedEvent } from './full-host.ts';
import { hasAny } from './global-entities.ts';
import type { Parts } from './parts.ts';
import type { Payload } from './payload-builder.ts';
import type { OwnKeys } from './plugins.ts';
import { finished, payloadText } from './plugins.ts';

/** Whether somebody has a say in the next event: whoever made it as a draft in vain would make it slow. */
const isDrafted = ({ plugins, parts, pairs, given }: FullHost): boolean =>
  plugins.length > 0 ||
  parts.globalEntities?.isEmpty === false ||
  hasAny(pairs) ||
  (given.method === 'get' && given.maxGetBytes !== undefined);

/** Tracks an event; gives what became of it, undefined if it did not. */
export type Drafts = (
  engine: DraftingEngine,
  host: FullHost,
  event: TimedEvent,
  own: OwnKeys | undefined,
) => Payload | undefined;

/** Makes of the draft what goes out. */
const finishDraft = (engine: DraftingEngine, host: FullHost, own: OwnKeys | undefined): Payload | undefined => {
  const draft = engine.text(Field.Draft);
  if (!draft) return undefined; // it is held
  const { plugins, pairs, parts, given } = host;
  const { method, maxGetBytes = Infinity } = given;
  const isQuery = method === 'get';
  const made = finished(draft, {
    own,
    pairs,
    plugins,
    application: host.application(),
    early: given.plugins?.length ?? 0,
    globalEntities: (described) => parts.globalEntities?.entitiesFor(described) ?? [],
    base64: given.base64 ?? isQuery,
    guarding: (process, isOwn) => host.rules?.guarding(process, isOwn, (purposes) => engine.guard(purposes)) ?? process,
  });
  if (!made) return undefined;
  let text = payloadText(made, isQuery);
  // One more for the question mark. What is JSON goes by POST.
  if (isQuery && text.length + 1 > maxGetBytes) text = payloadText(made, false);
  host.site.refused(engine.commit(text));
  for (const plugin of plugins) attempt(() => plugin.afterTrack?.(made), undefined);
  return made;
};

const trackDraft: Drafts = (engine, host, event, own) => {
  const code = engine.draft(...event);
  host.site.refused(code);
  return code ? undefined : finishDraft(engine, host, own);
};

/** Goes on with a draft that was held and is granted now. */
export type HeldDrafts = (engine: DraftingEngine, host: FullHost) => void;

/** What a host needs for it; its engine is to be a {@link DraftingEngine}. */
export const DRAFTING = {
  isDrafted,
  drafts: trackDraft,
  heldDrafts: (engine, host) => void finishDraft(engine, host, undefined),
} satisfies Parts;
