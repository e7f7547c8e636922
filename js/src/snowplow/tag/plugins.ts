// Plugins of a tag: out of an object that the page has, or out of a script of their own, for which calls wait.
import { addScript } from '../../ports/scripts.ts';
import { after } from '../../ports/timer.ts';
import type { Logger } from '../types.ts';

/** So long calls wait for a plugin's script, ms. Reason: that of the peer. */
const LONGEST_WAIT_MS = 5000;

/** What the page calls by its name. */
export type Method = (...values: unknown[]) => unknown;

export interface Plugins {
  /** Adds what the values of a call of `addPlugin` say. */
  addAsSaid: (values: unknown[], ids: string[]) => void;
  /** Performs `task`: now, or as soon as nothing is waited for. */
  whenThere: (task: (isLate: boolean) => void) => void;
}

const isListOfTexts = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string');

/** `join` adds a plugin to trackers; scripts leave what they export in `page`. */
export const createPlugins = (
  methods: Map<string, Method>,
  join: (plugin: unknown, ids: string[]) => void,
  log: Logger,
  page: object,
): Plugins => {
  /** How many scripts are waited for. */
  let awaited = 0;
  const late: ((isLate: boolean) => void)[] = [];

  /** Makes calls wait; returns what ends that. */
  const wait = (): (() => void) => {
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      --awaited;
      // One of them may add a plugin: what is behind it waits for that, too.
      while (!awaited && late.length) late.shift()?.(true);
    };
    ++awaited;
    after(LONGEST_WAIT_MS, end);
    return end;
  };

  /** What the module exports besides the plugin's maker becomes methods. */
  const add = (module: unknown, maker: string, values: unknown, ids: string[]): void => {
    try {
      const { [maker]: make, ...more } = module as Record<string, Method>;
      join((make as Method)(...((values as unknown[] | undefined) ?? [])), ids);
      for (const [name, method] of Object.entries(more)) methods.set(name, method);
    } catch (cause) {
      log.error(`addPlugin failed for ${maker}`, cause);
    }
  };

  return {
    addAsSaid([from, name, given, pause], ids) {
      const isList = given === undefined || Array.isArray(given);
      if (isList && typeof from === 'string' && isListOfTexts(name)) {
        const end = (pause ?? true) ? wait() : () => {};
        addScript(from, (isThere) => {
          if (isThere) add((page as Record<string, unknown>)[name[0]], name[1], given, ids);
          else log.warn(`Failed to load plugin ${name[0]} from ${from}`);
          end();
        });
      } else if (isList && from && typeof from === 'object' && typeof name === 'string') add(from, name, given, ids);
      else log.warn('addPlugin takes a script or an object, and what makes the plugin.');
    },
    whenThere(task) {
      if (awaited) late.push(task);
      else task(false);
    },
  };
};
