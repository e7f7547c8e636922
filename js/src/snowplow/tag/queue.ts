// Takes over what a page has called before the tag came, and what it calls from then on.
import { attempt } from '../../ports/local-rows.ts';

/** What the loader leaves in the page: a function that puts its arguments into its member `q`. */
type Waiting = { q?: unknown };

/** Performs one call: its arguments. Never throws. */
export type Perform = (call: unknown) => void;

/** Of the names that wait in `page[names]` takes the first, and gives its calls to what `serve` makes for it. Each load
 * of the tag serves one name; one that is loaded too often serves nobody. */
export const serveNext = (page: object, names: string, serve: (name: string) => Perform): void =>
  attempt(() => {
    const globals = page as Record<string, unknown>;
    const name = (globals[names] as unknown[]).shift() as string;
    const waiting = globals[name] as Waiting;
    const calls = (waiting.q as unknown[] | undefined) ?? [];
    const perform = serve(name);
    // A callback among them may call: that comes last, and is performed, too.
    for (const call of calls) perform(call);
    waiting.q = { push: (...more: unknown[]) => more.forEach(perform) };
  }, undefined);
