// The rules of the firewall as the core reads them: see PISTE_KEY_FIREWALL.
import { attempt } from '../ports/local-rows.ts';
import type { FirewallAction, FirewallRules } from './types.ts';

const PLACES: Readonly<Record<keyof FirewallRules, string>> = {
  page: 'p',
  referrer: 'r',
  links: 'l',
  urls: 'u',
  titles: 't',
  texts: 'x',
};
const FINDS: Readonly<Record<string, string>> = { emails: 'e', jwts: 'j', cards: 'c', tokens: 't', fragment: 'f' };
const LISTS: Readonly<Record<string, string>> = { parameters: 'q', paths: 's' };
const ACTIONS: Readonly<Record<FirewallAction, string>> = { keep: 'k', mask: 'm', hash: 'h', drop: 'd' };

/** Rules that are always good. */
export const SAFE = 'safe';

/** What is not in the table becomes what the core refuses. */
const letterOf = (table: Readonly<Record<string, string>>, name: unknown): string =>
  Object.hasOwn(table, name as string) ? (table[name as string] as string) : '?';

/** The members of an object that are given. Throws where there is none. */
const membersOf = (value: unknown): [name: string, value: unknown][] => {
  if (typeof value !== 'object' || Array.isArray(value)) throw new TypeError();
  return Object.entries(value as object).filter(([, member]) => member !== undefined);
};

/** The lines for one place: of a member that is a list, one for each of its own. */
const linesOf = (place: string, rules: unknown): string[] =>
  membersOf(rules).flatMap(([name, value]) =>
    Object.hasOwn(LISTS, name)
      ? membersOf(value).map(([operand, action]) => place + letterOf(LISTS, name) + letterOf(ACTIONS, action) + operand)
      : [place + letterOf(FINDS, name) + letterOf(ACTIONS, value)],
  );

/** The text of rules. Of what are none, one that the core refuses. */
export const firewallText = (rules: unknown): string =>
  attempt(() => {
    if (rules === SAFE) return SAFE;
    // Of those for one thing the first counts: what is for all URLs comes behind what is for some.
    const order = Object.keys(PLACES);
    const places = membersOf(rules).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    return [SAFE, ...places.flatMap(([name, own]) => linesOf(letterOf(PLACES, name), own))].join('\n');
  }, '?');
