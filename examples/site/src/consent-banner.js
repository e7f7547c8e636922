// Asks the visitor, and lets him change his mind. Yes and no are equally easy, and only a button decides: no key, no
// going on, no waiting.
import { answer, answered, consent, onAnswer } from './consent.js';

const banner = /** @type {HTMLElement} */ (document.querySelector('#consent'));
const form = /** @type {HTMLFormElement} */ (banner.querySelector('form'));
const choices = /** @type {HTMLElement} */ (banner.querySelector('#consent-choices'));
const title = /** @type {HTMLElement} */ (banner.querySelector('h2'));
const close = /** @type {HTMLButtonElement} */ (banner.querySelector('#consent-close'));

const QUESTION = title.textContent;

/** Which the visitor decides on; `necessary` is none of them. */
const PURPOSES = ['analytics', 'marketing'];

/** The visitor's browser says no to marketing. */
const hasSignal = /** @type {{ globalPrivacyControl?: boolean }} */ (navigator).globalPrivacyControl === true;

/** What had the focus when it was opened. @type {HTMLElement | null} */
let opener = null;

/** @param {string} name @returns {HTMLButtonElement | HTMLInputElement} */
const control = (name) => /** @type {HTMLButtonElement} */ (form.elements.namedItem(name));

/** @param {boolean} open */
function showChoices(open) {
  choices.hidden = !open;
  control('choose').hidden = open;
  control('save').hidden = !open;
  for (const name of PURPOSES) {
    /** @type {HTMLInputElement} */ (control(name)).checked = consent.get()[name]?.state === 'granted';
  }
}

/** @param {boolean} withChoices */
function show(withChoices) {
  banner.hidden = false;
  // Who has not answered yet cannot close it: there would be no answer.
  const isAnswered = answered() !== null;
  close.hidden = !isAnswered;
  title.textContent = isAnswered ? 'Privacy settings' : QUESTION;
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (banner.querySelectorAll('[data-when]'))) {
    text.hidden = (text.dataset.when === 'answered') !== isAnswered;
  }
  showChoices(withChoices);
}

function hide() {
  const hadFocus = banner.contains(document.activeElement);
  banner.hidden = true;
  const next = opener ?? /** @type {HTMLElement | null} */ (document.querySelector('#content'));
  opener = null;
  if (hadFocus) next?.focus({ preventScroll: true });
}

/** @param {Parameters<typeof answer>[0]} states */
function decide(states) {
  answer(states);
  const said = document.querySelector('#consent-said');
  if (said) said.textContent = 'Your answer is kept. The foot of each page has the privacy settings.';
}

/** @type {Record<string, () => void>} */
const ACTS = {
  // To accept everything at once is no word against the browser's signal: that takes the switch.
  accept: () => decide({ analytics: 'granted', marketing: hasSignal ? 'unknown' : 'granted' }),
  reject: () => decide({ analytics: 'denied', marketing: 'denied' }),
  choose() {
    showChoices(true);
    control('analytics').focus();
  },
};

/** What the switches say. */
function save() {
  const on = new FormData(form);
  decide(Object.fromEntries(PURPOSES.map((name) => [name, on.has(name) ? 'granted' : 'denied'])));
}

/** The page can be scrolled until nothing of it is covered. */
function makeRoom() {
  const { style } = document.documentElement;
  new ResizeObserver(() => style.setProperty('--banner', `${banner.offsetHeight}px`)).observe(banner);
}

export function startBanner() {
  if (hasSignal) {
    control('accept').textContent = 'Accept all but marketing';
    /** @type {HTMLElement} */ (banner.querySelector('#consent-signal')).hidden = false;
    control('marketing').setAttribute('aria-describedby', 'consent-signal');
  }
  form.addEventListener('click', ({ target }) => ACTS[/** @type {HTMLButtonElement} */ (target).name]?.());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save();
  });
  close.addEventListener('click', hide);
  banner.addEventListener('keydown', ({ key }) => key === 'Escape' && answered() && hide());
  for (const button of document.querySelectorAll('[data-consent-open]')) {
    button.addEventListener('click', () => {
      opener = /** @type {HTMLElement} */ (button);
      show(true);
      title.focus();
    });
  }
  onAnswer(() => answered() && hide());
  makeRoom();
  if (!answered()) show(false);
}
