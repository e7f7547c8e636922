// The contact form. Nobody reads what is sent: this hut is invented.
import { formSubmitted } from './tracking.js';

export function startContact() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#contact'));
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    formSubmitted(form);
    const thanks = /** @type {HTMLElement} */ (document.querySelector('#contact-thanks'));
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
  });
}
