// The newest problems that the tracker has told of, on this page.

const MOST = 5;

/** By the band of the code, as piste.h divides them. @type {Record<string, string>} */
const WHOSE = { 1: 'a mistake of the site', 2: 'refused', 3: 'the environment', 9: 'a fault of Piste' };

/** @param {unknown} detail */
const spell = (detail) =>
  detail instanceof Error ? (detail.message.split('\n')[0] ?? '') : JSON.stringify(detail ?? '');

/** @param {import('piste').Problem} problem */
function row({ code, during, detail }) {
  const item = document.createElement('li');
  const head = document.createElement('b');
  head.textContent = `${code} during ${during}`;
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString('en-GB');
  const rest = document.createElement('span');
  const whose = WHOSE[String(code).charAt(0)];
  rest.textContent = [whose, code === 202 ? `HTTP status ${spell(detail)}` : spell(detail)].filter(Boolean).join(': ');
  item.append(head, time, rest);
  return item;
}

export function startProblems() {
  const list = document.querySelector('#panel-problems');
  const none = /** @type {HTMLElement | null} */ (document.querySelector('#panel-none'));
  if (!list || !none) return;
  addEventListener('tracking-problem', (event) => {
    list.prepend(row(/** @type {CustomEvent} */ (event).detail));
    while (list.children.length > MOST) list.lastElementChild?.remove();
    none.hidden = true;
  });
}
