// Makes the pages: the frame of layout.html around the content of each file in pages/.
import { readFileSync } from 'node:fs';
import { card, article } from './tours.mjs';

/** @typedef {import('./tours.mjs').Tour} Tour */
/** @typedef {{ title: string, description: string, content: string }} Page */

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Of the home page. */
const FEATURED = ['glacier-window', 'marmot-meadow', 'piz-silvaun'];

/** A page from its file, whose first line is `<!-- title | description -->`. @param {string} name @returns {Page} */
function page(name) {
  const [, title = '', description = '', content = ''] =
    /^<!-- (.+?) \| (.+?) -->\n([^]*)$/.exec(read(`pages/${name}.html`)) ?? [];
  return { title, description, content };
}

/** @param {Tour} tour @returns {Page} */
const tourPage = (tour) => ({
  title: `${tour.name} · Silvaun Hut`,
  description: tour.teaser,
  content: article(tour),
});

/** Fills `{{name}}` in. @param {string} text @param {Record<string, string>} values */
const fill = (text, values) => text.replace(/\{\{(\w+)\}\}/g, (_all, name) => values[name] ?? '');

/**
 * All pages as HTML, by their path; the one for wrong paths has the key `404`.
 * @param {string} collector Where the pages send their events.
 * @returns {Map<string, string>}
 */
export function makePages(collector) {
  const layout = read('layout.html');
  /** @type {Tour[]} */
  const tours = JSON.parse(read('pages/tours.json'));
  const cards = tours.map(card).join('');
  const featured = tours
    .filter(({ id }) => FEATURED.includes(id))
    .map(card)
    .join('');
  /** @type {[string, Page][]} */
  const pages = [
    ['/', page('home')],
    ['/tours/', page('tours')],
    ['/book/', page('book')],
    ['/contact/', page('contact')],
    ['/about/', page('about')],
    ['/privacy/', page('privacy')],
    ['404', page('not-found')],
    ...tours.map((tour) => /** @type {[string, Page]} */ ([`/tours/${tour.id}/`, tourPage(tour)])),
  ];
  return new Map(
    pages.map(([path, { content, ...rest }]) => [
      path,
      fill(layout, { ...rest, collector, content: fill(content, { cards, featured }) }).replace(
        `<a href="${path}">`,
        `<a href="${path}" aria-current="page">`,
      ),
    ]),
  );
}
