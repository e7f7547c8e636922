// The booking: a small single-page application. Each step has a path of its own below /book/.
import { bookingStepReached, formSubmitted, pageSeen, stayEntity } from './tracking.js';

const STEPS = ['dates', 'beds', 'guest', 'done'];
const SITE = 'Silvaun Hut';

/** Euros for a bed and a night. @type {Record<string, number>} */
const PRICES = { dormitory: 38, bunk_room: 47, double_room: 62 };

/** The stay as far as it is chosen. A reload begins anew. @type {Parameters<typeof stayEntity>[0] | null} */
let stay = null;

const book = /** @type {HTMLElement | null} */ (document.querySelector('#booking'));

/** @param {string} step */
const pathOf = (step) => (step === 'dates' ? '/book/' : `/book/${step}`);

/** The step that the address asks for, or the first one where something before it is missing. */
function stepOfAddress() {
  const step = STEPS.find((one) => pathOf(one) === location.pathname) ?? 'dates';
  if (!stay) return 'dates';
  return stay.room || step === 'dates' ? step : 'beds';
}

/** @param {string} step */
function show(step) {
  for (const view of book?.querySelectorAll('section') ?? []) view.hidden = view.id !== step;
  const heading = document.querySelector(`#${step} h2`);
  document.title = `${heading?.textContent} · Book a bed · ${SITE}`;
  for (const mark of book?.querySelectorAll('.steps li') ?? []) {
    if (/** @type {HTMLElement} */ (mark).dataset.step === step) mark.setAttribute('aria-current', 'step');
    else mark.removeAttribute('aria-current');
  }
  writeSummary();
}

function writeSummary() {
  if (!stay) return;
  const { arrival, nights, guests, room } = stay;
  const day = new Date(`${arrival}T12:00:00`).toLocaleDateString('en-GB', { dateStyle: 'long' });
  const price = room ? `, ${nights * guests * (PRICES[room] ?? 0)} €` : '';
  const beds = `${guests} × ${room?.replace('_', ' ') ?? 'bed'}`;
  const text = `${beds}, ${nights === 1 ? '1 night' : `${nights} nights`} from ${day}${price}`;
  for (const summary of document.querySelectorAll('.summary')) summary.textContent = text;
}

/** Shows the step of the address and tells of it, as of a page. */
function arrive() {
  const step = stepOfAddress();
  if (pathOf(step) !== location.pathname) history.replaceState(null, '', pathOf(step));
  show(step);
  const entities = stay ? [stayEntity(stay)] : [];
  pageSeen(entities);
  bookingStepReached(step, entities);
}

/** @param {string} step */
function go(step) {
  history.pushState(null, '', pathOf(step));
  arrive();
  scrollTo(0, 0);
  // Who listens to the page instead of looking at it hears where they are.
  /** @type {HTMLElement | null} */ (document.querySelector(`#${step} h2`))?.focus();
}

/** @param {FormData} fields @param {string} name */
function text(fields, name) {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

/** @param {HTMLFormElement} form */
function submitted(form) {
  const fields = new FormData(form);
  if (form.id === 'form-dates') {
    const [nights, guests] = [Number(fields.get('nights')), Number(fields.get('guests'))];
    stay = { arrival: text(fields, 'arrival'), nights, guests, room: null };
    go('beds');
  } else if (form.id === 'form-beds' && stay) {
    stay = { ...stay, room: text(fields, 'room') };
    go('guest');
  } else {
    formSubmitted(form);
    go('done');
  }
}

/** The next Friday: huts are full at weekends. */
function nextFriday() {
  const day = new Date();
  day.setDate(day.getDate() + ((12 - day.getDay()) % 7 || 7));
  return day.toLocaleDateString('sv-SE');
}

/** @returns {boolean} Whether the page at hand is the booking. */
export function startBooking() {
  if (!book) return false;
  const arrival = /** @type {HTMLInputElement} */ (document.querySelector('#arrival'));
  arrival.value = nextFriday();
  arrival.min = new Date().toLocaleDateString('sv-SE');
  book.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted(/** @type {HTMLFormElement} */ (event.target));
  });
  addEventListener('popstate', arrive);
  arrive();
  return true;
}
