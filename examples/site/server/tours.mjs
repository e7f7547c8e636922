// How a tour looks: as a card in a list and as a page of its own, each with the profile of its ascent.

/**
 * @typedef {object} Tour
 * @property {string} id
 * @property {string} name
 * @property {'easy' | 'moderate' | 'hard'} difficulty
 * @property {number} ascentMetres
 * @property {number} hours
 * @property {string} teaser
 * @property {number[]} profile Heights in metres at even distances.
 * @property {string[]} text Paragraphs.
 */

const [WIDTH, HEIGHT] = [320, 96];
/** Metres from the lower to the upper edge of every profile, so that tours can be compared by eye. */
const [LOWEST, HIGHEST] = [1750, 3450];

/** @param {Tour} tour */
function profile({ profile: heights, name }) {
  const points = heights.map((height, i) => {
    const x = (i * WIDTH) / (heights.length - 1);
    const y = HEIGHT - ((height - LOWEST) / (HIGHEST - LOWEST)) * HEIGHT;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const line = `M${points.join('L')}`;
  return `
    <svg class="profile" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"
        role="img" aria-label="Profile of ${name}">
      <path class="area" d="${line}V${HEIGHT}H0Z"/>
      <path class="line" d="${line}" vector-effect="non-scaling-stroke"/>
    </svg>`;
}

/** @param {number} number */
const metres = (number) => `${number.toLocaleString('en')} m`;

/** @param {Tour} tour */
const facts = ({ difficulty, ascentMetres, hours }) => `
  <p class="tags">
    <span class="tag ${difficulty}">${difficulty}</span>
    <span>${metres(ascentMetres)} up</span>
    <span>${hours} h</span>
  </p>`;

/** @param {Tour} tour */
export const card = (tour) => `
  <div class="tour" data-tour-card data-difficulty="${tour.difficulty}" data-hours="${tour.hours}">
    ${profile(tour)}
    <div>
      <h3><a href="/tours/${tour.id}/">${tour.name}</a></h3>
      ${facts(tour)}
      <p>${tour.teaser}</p>
    </div>
  </div>`;

/** Its attributes are what the page view says of the tour: see entitiesOfPage in src/site.js. @param {Tour} tour */
export const article = (tour) => `
  <article class="wrap narrow prose"
      data-tour="${tour.id}" data-difficulty="${tour.difficulty}" data-ascent="${tour.ascentMetres}">
    <p class="over"><a href="/tours/">Ski tours</a></p>
    <h1>${tour.name}</h1>
    ${facts(tour)}
    <figure>
      ${profile(tour)}
      <figcaption>From ${metres(Math.min(...tour.profile))} to ${metres(Math.max(...tour.profile))}</figcaption>
    </figure>
    <p class="lead">${tour.teaser}</p>
    ${tour.text.map((paragraph) => `<p>${paragraph}</p>`).join('\n    ')}
    <p class="buttons"><a class="button" href="/book/">Book a bed</a></p>
  </article>`;
