// Links to other sites of the business.
import { define } from '../scenario.mjs';

const LINKS = `<a id="plain" href="https://b.example/p">Plain</a>
<a id="query" href="https://b.example/p?a=1#x">  To B </a>
<a id="odd" href="https://b.example/p?a=b?c&amp;_sp=old&amp;z=1">Odd</a><a id="not" href="https://c.example/">No</a>
<map name="m"><area id="area" alt="Area" href="https://b.example/area"></map>`;

/**
 * Presses the button of the mouse on each link, and notes where they lead.
 * @param {import('../scenario.mjs').Tools} page
 */
const press = ({ note }) => {
  for (const link of document.querySelectorAll('a, area')) {
    link.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
    note(link.id, link.getAttribute('href'));
  }
};

/** @param {{ hostname: string }} link */
const toB = ({ hostname }) => hostname === 'b.example';

/** @param {string} name @param {import('@snowplow/browser-tracker').TrackerConfiguration} configuration */
const linked = (name, configuration) => ({
  name: `linker: ${name}`,
  steps: [
    {
      visit: '/',
      body: LINKS,
      /** @type {NonNullable<import('../scenario.mjs').Step['run']>} */
      run({ trackPageView, setUserId, crossDomainLinker }, page) {
        page.start('sp', configuration);
        setUserId('jane@example.com');
        trackPageView();
        crossDomainLinker(toB);
        press(page);
        press(page);
      },
    },
  ],
});

export const scenarios = define([
  linked('short', {}),
  linked('extended', { useExtendedCrossDomainLinker: true }),
  linked('extended with everything', {
    useExtendedCrossDomainLinker: { userId: true, sessionId: true, sourceId: true, sourcePlatform: true, reason: true },
  }),
  linked('extended with next to nothing', {
    useExtendedCrossDomainLinker: { sessionId: false, sourceId: false },
  }),
  linked('extended with a reason of the page', {
    useExtendedCrossDomainLinker: { reason: ({ type }) => `by ${type}` },
  }),
  {
    name: 'linker: as an option, for links that are there at the start',
    steps: [
      {
        visit: '/',
        body: LINKS,
        run({ trackPageView }, page) {
          page.start('sp', { crossDomainLinker: toB });
          trackPageView();
          document.body.append(
            Object.assign(document.createElement('a'), { id: 'new', href: 'https://b.example/new' }),
          );
          press(page);
        },
      },
    ],
  },
]);
