// A pretended sign-in: no password, nobody behind it. It shows when to call setUserId.
import { memberChanged, memberKnown } from './tracking.js';

const KEY = 'silvaun-member';

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('#sign-in'));
const field = /** @type {HTMLInputElement} */ (dialog.querySelector('input'));
const button = /** @type {HTMLButtonElement} */ (document.querySelector('#member'));

/** @returns {string | null} */
const known = () => localStorage.getItem(KEY);

function show() {
  const member = known();
  button.textContent = member ? `Sign out ${member}` : 'Sign in';
}

function signOut() {
  localStorage.removeItem(KEY);
  memberChanged(null);
  show();
}

function signIn() {
  const member = field.value.trim();
  localStorage.setItem(KEY, member);
  memberChanged(member);
  show();
}

export function startMember() {
  const member = known();
  if (member) memberKnown(member);
  show();
  button.addEventListener('click', () => (known() ? signOut() : dialog.showModal()));
  dialog.querySelector('form')?.addEventListener('submit', (event) => {
    const submitter = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (submitter?.value === 'ok') signIn();
  });
}
