// The filters of the list of tours.
import { toursFiltered } from './tracking.js';

/** @param {HTMLFormElement} form @returns {number} How many tours are left. */
function filter(form) {
  const chosen = new FormData(form);
  const cards = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-tour-card]'));
  let shown = 0;
  for (const card of cards) {
    const { difficulty, hours } = card.dataset;
    const fits = chosen.get('difficulty') === 'all' || chosen.get('difficulty') === difficulty;
    card.hidden = !fits || (chosen.has('short') && Number(hours) > 5);
    shown += Number(!card.hidden);
  }
  return shown;
}

export function startTours() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#filters'));
  const count = document.querySelector('#tour-count');
  if (!form || !count) return;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    const shown = filter(form);
    count.textContent = shown === 0 ? 'No tour fits' : shown === 1 ? '1 tour' : `${shown} tours`;
    toursFiltered(field.name, field.type === 'checkbox' ? String(field.checked) : field.value, shown);
  });
}
